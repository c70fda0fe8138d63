// SPDX-License-Identifier: Apache-2.0
package io.fairlead.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.environment.Environment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** The real kubectl, in a folder and against a cluster of the test's. */
final class Kubectl {
    /** Far more than any command here takes; a command that hangs must not hang the build. */
    private static final int SECONDS_MAX = 60;

    private final Path folder;
    private final Path kubeconfig;
    private final AtomicInteger runs = new AtomicInteger();

    Kubectl(Path folder, Path kubeconfig) {
        this.folder = folder;
        this.kubeconfig = kubeconfig;
    }

    /** How a command ended. */
    record Result(String command, int code, String out, String err) {
        /** What it printed; fails if the command did. */
        String orFail() {
            assertThat(code).as("%s%n%s%s", command, out, err).isZero();
            return out;
        }
    }

    /** Runs {@code kubectl} with {@code arguments}, which must succeed, and returns what it printed. */
    String run(String... arguments) {
        return attempt(arguments).orFail();
    }

    /** Runs {@code kubectl} with {@code arguments}. */
    Result attempt(String... arguments) {
        List<String> command = new ArrayList<>(List.of(program()));
        command.addAll(List.of(arguments));
        return execute(command);
    }

    /** Starts {@code kubectl} with {@code arguments}, which runs until it is closed. */
    Running start(String... arguments) {
        List<String> command = new ArrayList<>(List.of(program()));
        command.addAll(List.of(arguments));
        int run = runs.incrementAndGet();
        Path out = folder.resolve(".out-" + run);
        Path err = folder.resolve(".err-" + run);
        try {
            Process process = process(command, out, err);
            return new Running(process, out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A command that goes on printing. */
    record Running(Process process, Path out, Path err) implements AutoCloseable {
        private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

        /** Waits until a line matches {@code regex} from its beginning; fails if the command ends before. */
        void await(String regex) throws InterruptedException {
            Pattern line = Pattern.compile("^" + regex, Pattern.MULTILINE);
            Environment environment = Environment.real();
            long deadline = environment.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
            while (!line.matcher(printed()).find()) {
                assertThat(process.isAlive() && environment.nanoTime() < deadline)
                        .as("waiting for %s in: %s%s", regex, printed(), Kubectl.text(err))
                        .isTrue();
                environment.sleep(LOOK_AGAIN);
            }
        }

        String printed() {
            return Kubectl.text(out);
        }

        @Override
        public void close() {
            process.destroy();
            process.onExit().join();
        }
    }

    /** Runs a shell's command line, in which {@code kubectl} is the one under test. */
    Result shell(String line, String namespace) {
        return execute(List.of(
                "bash",
                "-c",
                "kubectl() { '" + program() + "' \"$@\"; }; KUBECTL='" + program() + "'; NS=" + namespace + "; "
                        + line));
    }

    /** Writes a file for commands to read. */
    String file(String name, String content) {
        try {
            return Files.writeString(folder.resolve(name), content).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The minor version of the program, such as 36. */
    int minorVersion() {
        String text = run("version", "--client");
        return Integer.parseInt(text.replaceFirst("(?s).*Client Version: v1\\.([0-9]+).*", "$1"));
    }

    Path folder() {
        return folder;
    }

    private static String program() {
        return Optional.ofNullable(System.getenv("FAIRLEAD_KUBECTL")).orElse("kubectl");
    }

    private Result execute(List<String> command) {
        int run = runs.incrementAndGet();
        Path out = folder.resolve(".out-" + run);
        Path err = folder.resolve(".err-" + run);
        try {
            Process process = process(command, out, err);
            if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            String line = String.join(" ", command);
            return new Result(line, process.exitValue(), text(out), text(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Process process(List<String> command, Path out, Path err) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        builder.environment().put("HOME", folder.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
