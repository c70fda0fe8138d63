// SPDX-License-Identifier: Apache-2.0
package io.fairlead.benchmarks;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fairlead.benchmarks.Rollout.Result;
import io.fairlead.cluster.Cluster;
import io.fairlead.cluster.ClusterBuilder;
import io.fairlead.environment.Environment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The program that prints the project's figures.
 *
 * <p>usage: Benchmarks [replicas [nodes [rounds]]]; 1,000 replicas on 20 nodes, 5 rounds, unless said. {@code ./fairlead benchmark}
 * builds and runs it. The property {@code fairlead.launcher} says where that launcher is, unless it is in this folder.
 */
public final class Benchmarks {
    private final Environment environment = Environment.real();
    private final Path launcher;
    private final int replicas;
    private final int nodes;
    private final int rounds;

    private Benchmarks(Path launcher, int replicas, int nodes, int rounds) {
        this.launcher = launcher;
        this.replicas = replicas;
        this.nodes = nodes;
        this.rounds = rounds;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int replicas = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000;
        int nodes = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5;
        String launcher = System.getProperty("fairlead.launcher", "fairlead");
        new Benchmarks(Path.of(launcher).toAbsolutePath(), replicas, nodes, rounds).run();
    }

    private void run() throws IOException, InterruptedException {
        print("%d replicas on %d simulated nodes; JDK %s, %d processors"
                .formatted(
                        replicas,
                        nodes,
                        System.getProperty("java.version"),
                        Runtime.getRuntime().availableProcessors()));
        start("start, cold (first in this process)");
        print(Rollout.line("rollout, cold, in process", inProcess(1)));
        print(Rollout.line("rollout, warm, in process", inProcess(rounds)));
        print("  peak heap %d MB, resident %d MB"
                .formatted(Usage.peakHeapMegabytes(), Usage.residentMegabytes(Usage.thisProcess())));
        for (int i = 0; i < rounds; i++) {
            start("start, warm");
        }
        overTls();
        WatchCost.print(environment);
        launched();
        original();
    }

    /** The program as users start it. */
    private void launched() throws InterruptedException {
        try (Launched up = Launched.start(environment, launcher, nodes)) {
            print("%-44s %5s          %5d ms first write, resident %d MB"
                    .formatted("fairlead up: start", "", up.firstWrite().toMillis(), up.residentMegabytes()));
            Rollout rollout = new Rollout(environment, up.client(), up::cpu);
            print(Rollout.line("fairlead up: rollout, first", rollouts(rollout, 1)));
            print("  resident %d MB".formatted(up.residentMegabytes()));
            print(Rollout.line("fairlead up: rollout, later", rollouts(rollout, rounds)));
            print("  resident %d MB".formatted(up.residentMegabytes()));
        }
    }

    /** How long it takes until a control plane with its nodes is there, and has accepted a write. */
    private void start(String what) throws IOException, InterruptedException {
        long begin = environment.nanoTime();
        try (Cluster cluster = Cluster.builder(environment).nodes(nodes).start()) {
            Duration ready = Duration.ofNanos(environment.nanoTime() - begin);
            cluster.client()
                    .configMaps()
                    .inNamespace("default")
                    .resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withName("first")
                            .endMetadata()
                            .build())
                    .create();
            Duration written = Duration.ofNanos(environment.nanoTime() - begin);
            print("%-44s %5d ms ready, %5d ms first write".formatted(what, ready.toMillis(), written.toMillis()));
        }
    }

    private List<Result> inProcess(int times) throws IOException, InterruptedException {
        try (Cluster cluster = Cluster.builder(environment).nodes(nodes).start()) {
            Usage.resetPeakHeap();
            return rollouts(new Rollout(environment, cluster.client(), Usage::cpu), times);
        }
    }

    private void overTls() throws IOException, InterruptedException {
        ClusterBuilder builder =
                Cluster.builder(environment).nodes(nodes).port(0).componentsOverTls();
        try (Cluster cluster = builder.start();
                KubernetesClient client = new KubernetesClientBuilder()
                        .withConfig(Config.fromKubeconfig(cluster.kubeconfig()))
                        .build()) {
            Rollout rollout = new Rollout(environment, client, Usage::cpu);
            print(Rollout.line("rollout, first, every component over TLS", rollouts(rollout, 1)));
            print(Rollout.line("rollout, warm, every component over TLS", rollouts(rollout, rounds)));
        }
    }

    private void original() throws InterruptedException {
        Path script = launcher.resolveSibling("benchmarks/original/start.sh");
        Optional<Original> started = Original.start(environment, script, nodes);
        if (started.isEmpty()) {
            print("the original is not measured: KUBEBUILDER_ASSETS is not set");
            return;
        }
        try (Original original = started.get()) {
            print("%-44s %5s          %5d ms first write"
                    .formatted("original: start", "", original.firstWrite().toMillis()));
            Rollout rollout = new Rollout(environment, original.client(), original::cpu);
            print(Rollout.line("original: rollout, first", rollouts(rollout, 1)));
            print(Rollout.line("original: rollout, later", rollouts(rollout, rounds)));
            print("  resident %d MB".formatted(original.residentMegabytes()));
        }
    }

    private List<Result> rollouts(Rollout rollout, int times) throws InterruptedException {
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            String name = "web-" + Integer.toString(environment.random().nextInt(1 << 20), 36);
            results.add(rollout.run(name, replicas));
            rollout.cleanUp(name);
        }
        return results;
    }

    private static void print(String line) {
        System.out.println(line);
    }
}
