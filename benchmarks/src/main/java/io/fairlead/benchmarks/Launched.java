// SPDX-License-Identifier: Apache-2.0
package io.fairlead.benchmarks;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fairlead.environment.Environment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** {@code fairlead up} as users start it: by the launcher, in a process of its own. */
final class Launched implements AutoCloseable {
    /** What the program prints last before it waits. */
    private static final String READY = "Ctrl-C";

    private final Process process;
    private final KubernetesClient client;
    private final Duration firstWrite;

    private Launched(Process process, KubernetesClient client, Duration firstWrite) {
        this.process = requireNonNull(process, "process");
        this.client = requireNonNull(client, "client");
        this.firstWrite = requireNonNull(firstWrite, "firstWrite");
    }

    /** Starts {@code launcher}, which must have been built, and writes one object. */
    static Launched start(Environment environment, Path launcher, int nodes) {
        try {
            Path folder = Files.createTempDirectory("fairlead");
            Path kubeconfig = folder.resolve("kubeconfig");
            ProcessBuilder builder = new ProcessBuilder(
                            launcher.toString(), "up", "--nodes", Integer.toString(nodes), "--port", "0")
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.command().addAll(List.of("--kubeconfig", kubeconfig.toString()));
            builder.environment().put("FAIRLEAD_HOME", folder.toString());
            long begin = environment.nanoTime();
            Process process = builder.start();
            awaitReady(process.inputReader());
            Config config = Config.fromKubeconfig(kubeconfig.toFile());
            KubernetesClient client =
                    new KubernetesClientBuilder().withConfig(config).build();
            client.configMaps()
                    .inNamespace("default")
                    .resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withName("first")
                            .endMetadata()
                            .build())
                    .create();
            return new Launched(process, client, Duration.ofNanos(environment.nanoTime() - begin));
        } catch (IOException e) {
            throw new UncheckedIOException("starting " + launcher, e);
        }
    }

    private static void awaitReady(BufferedReader printed) throws IOException {
        String line = printed.readLine();
        while (line != null && !line.contains(READY)) {
            line = printed.readLine();
        }
        if (line == null) {
            throw new IOException("it ended instead of waiting");
        }
    }

    KubernetesClient client() {
        return client;
    }

    Duration firstWrite() {
        return firstWrite;
    }

    /** CPU time of the process; that of its clients is not counted. */
    Duration cpu() {
        return Usage.cpu(List.of(process.pid()));
    }

    long residentMegabytes() {
        return Usage.residentMegabytes(List.of(process.pid()));
    }

    @Override
    public void close() {
        client.close();
        process.destroy();
        process.onExit().join();
    }
}
