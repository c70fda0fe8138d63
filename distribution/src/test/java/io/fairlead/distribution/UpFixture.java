// SPDX-License-Identifier: Apache-2.0
package io.fairlead.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.environment.Environment;
import io.fairlead.environment.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code fairlead up}, run as the program runs it, in this JVM, on a free port, with a kubeconfig of its own. */
final class UpFixture {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final Shell shell;
    private final AtomicInteger code = new AtomicInteger(-1);
    private final Task program;
    private final Kubectl kubectl;

    private UpFixture(Path folder, String... options) {
        Path kubeconfig = folder.resolve("kubeconfig");
        shell = new Shell(folder);
        String[] arguments = new String[options.length + 4];
        System.arraycopy(options, 0, arguments, 0, options.length);
        String[] more = {"--port", "0", "--kubeconfig", kubeconfig.toString()};
        System.arraycopy(more, 0, arguments, options.length, more.length);
        program = Environment.real().start("fairlead", () -> code.set(shell.run(arguments)));
        kubectl = new Kubectl(folder, kubeconfig);
    }

    /** Starts and waits until the program says that it is ready. */
    static UpFixture start(Path folder, String... options) throws InterruptedException, IOException {
        Files.createDirectories(folder);
        UpFixture fixture = new UpFixture(folder, options);
        long deadline = Environment.real().nanoTime() + PATIENCE.toNanos();
        while (!fixture.shell.out().contains("Ctrl-C")) {
            boolean ended = fixture.program.join(LOOK_AGAIN);
            assertThat(ended || Environment.real().nanoTime() > deadline)
                    .as("%s%s", fixture.shell.out(), fixture.shell.err())
                    .isFalse();
        }
        return fixture;
    }

    Kubectl kubectl() {
        return kubectl;
    }

    Shell shell() {
        return shell;
    }

    /** Ctrl-C; returns the exit code. */
    int stop() throws InterruptedException {
        shell.interrupt();
        assertThat(program.join(PATIENCE)).isTrue();
        return code.get();
    }
}
