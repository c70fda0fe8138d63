// SPDX-License-Identifier: Apache-2.0
package io.fairlead.compatibility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The real kubectl. */
final class Kubectl {
    /** Far more than any command here takes; a command that hangs must not hang the build. */
    private static final int SECONDS_MAX = 60;

    private Kubectl() {}

    /** Runs a command with a kubeconfig of this text, in a folder of its own. */
    static CommandLine.Result run(String kubeconfig, List<String> arguments) throws InterruptedException {
        try {
            Path folder = Files.createTempDirectory("fairlead-kubectl");
            try {
                return run(Files.writeString(folder.resolve("config"), kubeconfig), folder, arguments);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("running kubectl", e);
        }
    }

    /** Runs a command with that kubeconfig. */
    static CommandLine.Result run(Path kubeconfig, List<String> arguments) throws InterruptedException {
        try {
            return run(Files.readString(kubeconfig), arguments);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + kubeconfig, e);
        }
    }

    private static CommandLine.Result run(Path kubeconfig, Path folder, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Optional.ofNullable(System.getenv("FAIRLEAD_KUBECTL")).orElse("kubectl")));
        command.addAll(arguments);
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        builder.environment().put("HOME", folder.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        return new CommandLine.Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private static void delete(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> walked = Files.walk(folder)) {
            files = walked.sorted((a, b) -> b.compareTo(a)).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }
}
