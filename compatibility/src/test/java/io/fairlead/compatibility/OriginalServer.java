// SPDX-License-Identifier: Apache-2.0
package io.fairlead.compatibility;

import static java.util.Objects.requireNonNull;

import io.fairlead.environment.Environment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The original API server and its store, as processes of their own on this machine. */
final class OriginalServer implements AutoCloseable {
    private static final Path SCRIPT =
            Path.of("../benchmarks/original/start.sh").toAbsolutePath();
    private static final int PORT = 17_543;
    private static final Duration START_MAX = Duration.ofSeconds(60);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final Process process;
    private final Path kubeconfig;

    private OriginalServer(Process process, Path kubeconfig) {
        this.process = requireNonNull(process, "process");
        this.kubeconfig = requireNonNull(kubeconfig, "kubeconfig");
    }

    /** Starts the programs in the folder that {@code KUBEBUILDER_ASSETS} names. */
    static OriginalServer start(Environment environment) throws InterruptedException {
        requireNonNull(System.getenv("KUBEBUILDER_ASSETS"), "KUBEBUILDER_ASSETS names no folder with the original");
        try {
            Path folder = Files.createTempDirectory("original");
            Process process = new ProcessBuilder(SCRIPT.toString(), folder.toString(), Integer.toString(PORT), "api")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            long end = environment.nanoTime() + START_MAX.toNanos();
            while (!Files.exists(folder.resolve("serving"))) {
                if (!process.isAlive() || environment.nanoTime() > end) {
                    process.destroy();
                    throw new IllegalStateException("the original did not start");
                }
                environment.sleep(LOOK_AGAIN);
            }
            return new OriginalServer(process, folder.resolve("admin.kubeconfig"));
        } catch (IOException e) {
            throw new UncheckedIOException("starting the original", e);
        }
    }

    Path kubeconfig() {
        return kubeconfig;
    }

    /** It ends when nobody holds its input any more. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            process.destroy();
        }
        process.onExit().join();
    }
}
