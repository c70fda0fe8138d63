// SPDX-License-Identifier: Apache-2.0
package io.fairlead.benchmarks;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fairlead.environment.Environment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The original control plane as processes of their own, tuned as far as it can be. */
final class Original implements AutoCloseable {
    private static final int PORT = 17_443;
    private static final Duration START_MAX = Duration.ofSeconds(60);

    private final Process process;
    private final List<Long> processes;
    private final KubernetesClient client;
    private final Duration firstWrite;

    private Original(Process process, Path folder, Duration firstWrite) {
        this.process = process;
        this.firstWrite = firstWrite;
        this.client = client(folder);
        try {
            this.processes = Stream.of(
                            Files.readString(folder.resolve("pids")).strip().split(" ", -1))
                    .map(Long::parseLong)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("reading the process ids of the original", e);
        }
    }

    /** Starts it if {@code KUBEBUILDER_ASSETS} says where it is. */
    static Optional<Original> start(Environment environment, Path script, int nodes) throws InterruptedException {
        if (System.getenv("KUBEBUILDER_ASSETS") == null) {
            return Optional.empty();
        }
        try {
            Path folder = Files.createTempDirectory("original");
            long begin = environment.nanoTime();
            Process process = new ProcessBuilder(script.toString(), folder.toString(), Integer.toString(PORT))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            await(environment, process, folder.resolve("serving"));
            try (KubernetesClient client = client(folder)) {
                client.namespaces()
                        .resource(new io.fabric8.kubernetes.api.model.NamespaceBuilder()
                                .withNewMetadata()
                                .withName("first")
                                .endMetadata()
                                .build())
                        .create();
            }
            Duration firstWrite = Duration.ofNanos(environment.nanoTime() - begin);
            await(environment, process, folder.resolve("ready"));
            Original original = new Original(process, folder, firstWrite);
            original.addNodes(nodes);
            return Optional.of(original);
        } catch (IOException e) {
            throw new UncheckedIOException("starting the original", e);
        }
    }

    private static void await(Environment environment, Process process, Path file) throws InterruptedException {
        long end = environment.nanoTime() + START_MAX.toNanos();
        while (!Files.exists(file)) {
            if (!process.isAlive() || environment.nanoTime() > end) {
                throw new IllegalStateException("the original did not start");
            }
            environment.sleep(Duration.ofMillis(20));
        }
    }

    private static KubernetesClient client(Path folder) {
        Config config = Config.fromKubeconfig(folder.resolve("admin.kubeconfig").toFile());
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private void addNodes(int count) {
        Map<String, Quantity> resources =
                Map.of("cpu", new Quantity("32"), "memory", new Quantity("256Gi"), "pods", new Quantity("1100"));
        for (int i = 0; i < count; i++) {
            client.nodes()
                    .resource(new NodeBuilder()
                            .withNewMetadata()
                            .withName("node-" + i)
                            .addToAnnotations("kwok.x-k8s.io/node", "fake")
                            .endMetadata()
                            .withNewStatus()
                            .withAllocatable(resources)
                            .withCapacity(resources)
                            .endStatus()
                            .build())
                    .create();
        }
    }

    KubernetesClient client() {
        return client;
    }

    Duration firstWrite() {
        return firstWrite;
    }

    /** CPU time of all its processes and of this one, whose client works for it. */
    Duration cpu() {
        return Usage.cpu(processes).plus(Usage.cpu());
    }

    long residentMegabytes() {
        return Usage.residentMegabytes(processes);
    }

    @Override
    public void close() {
        client.close();
        try {
            process.getOutputStream().close();
            process.waitFor();
        } catch (IOException | InterruptedException e) {
            process.destroy();
        }
    }
}
