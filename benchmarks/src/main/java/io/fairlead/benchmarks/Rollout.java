// SPDX-License-Identifier: Apache-2.0
package io.fairlead.benchmarks;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fairlead.environment.Environment;
import io.fairlead.environment.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** One Deployment with many replicas, from its POST until the Deployment says that all are available. */
final class Rollout {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /**
     * What one rollout took.
     *
     * @param cpu used by the measured processes, the client included when it lives in the same one
     * @param writes how far the server's revision went
     */
    record Result(Duration time, Duration cpu, long writes, int replicas) {
        double cpuSecondsPerThousand() {
            return cpu.toMillis() / 1_000.0 * 1_000 / replicas;
        }

        double writesPerPod() {
            return (double) writes / replicas;
        }
    }

    private final Environment environment;
    private final KubernetesClient client;
    private final Supplier<Duration> cpu;

    Rollout(Environment environment, KubernetesClient client, Supplier<Duration> cpu) {
        this.environment = environment;
        this.client = client;
        this.cpu = cpu;
    }

    Result run(String name, int replicas) throws InterruptedException {
        Signal changed = environment.newSignal();
        var deployments = client.apps().deployments().inNamespace("default");
        long before = revision();
        Duration cpuBefore = cpu.get();
        long start = environment.nanoTime();
        Available available = new Available(changed, replicas);
        deployments.resource(deployment(name, replicas)).create();
        Watch watch = deployments.withName(name).watch(available);
        try {
            while (!available.reached) {
                if (!changed.await(PATIENCE)) {
                    throw new IllegalStateException(name + " did not become available within " + PATIENCE);
                }
            }
        } finally {
            watch.close();
        }
        Duration time = Duration.ofNanos(environment.nanoTime() - start);
        Result result = new Result(time, cpu.get().minus(cpuBefore), revision() - before, replicas);
        requireAllRunning(name, replicas);
        return result;
    }

    /** Deletes the Deployment and waits until its pods are gone, so that the next run starts from the same state. */
    void cleanUp(String name) throws InterruptedException {
        client.apps().deployments().inNamespace("default").withName(name).delete();
        long end = environment.nanoTime() + PATIENCE.toNanos();
        while (podCount(name) > 0) {
            if (environment.nanoTime() > end) {
                throw new IllegalStateException("pods of " + name + " are left");
            }
            environment.sleep(Duration.ofMillis(50));
        }
    }

    private int podCount(String name) {
        return client.pods()
                .inNamespace("default")
                .withLabel("app", name)
                .list()
                .getItems()
                .size();
    }

    /** A number counts only if what it measures was done. */
    private void requireAllRunning(String name, int replicas) {
        long running = client.pods().inNamespace("default").withLabel("app", name).list().getItems().stream()
                .filter(pod -> Objects.equals(pod.getStatus().getPhase(), "Running"))
                .count();
        if (running != replicas) {
            throw new IllegalStateException(name + " has " + running + " running pods, not " + replicas);
        }
    }

    private long revision() {
        String version = client.configMaps()
                .inNamespace("kube-system")
                .list()
                .getMetadata()
                .getResourceVersion();
        return Long.parseLong(version);
    }

    private static Deployment deployment(String name, int replicas) {
        return new DeploymentBuilder()
                .withMetadata(new ObjectMetaBuilder().withName(name).build())
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .addToMatchLabels("app", name)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", name)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("app")
                .withImage("registry.example/app:1")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    private static final class Available implements Watcher<Deployment> {
        private final Signal changed;
        private final int replicas;
        private volatile boolean reached;

        Available(Signal changed, int replicas) {
            this.changed = changed;
            this.replicas = replicas;
        }

        @Override
        public void eventReceived(Action action, Deployment deployment) {
            Integer available = deployment.getStatus() == null
                    ? null
                    : deployment.getStatus().getAvailableReplicas();
            if (available != null && available >= replicas) {
                reached = true;
                changed.raise();
            }
        }

        @Override
        public void onClose(WatcherException cause) {
            changed.raise();
        }
    }

    private static String line(String what, Result result) {
        return "%-44s %7.2f s  %6.2f CPU s/1000 pods  %5.2f writes/pod"
                .formatted(
                        what,
                        result.time().toMillis() / 1_000.0,
                        result.cpuSecondsPerThousand(),
                        result.writesPerPod());
    }

    static String line(String what, List<Result> results) {
        List<Result> sorted =
                results.stream().sorted((a, b) -> a.time().compareTo(b.time())).toList();
        Result median = sorted.get(sorted.size() / 2);
        if (sorted.size() == 1) {
            return line(what, median);
        }
        return line(what, median)
                + "  (median of %d, %.2f to %.2f s)"
                        .formatted(
                                sorted.size(),
                                sorted.getFirst().time().toMillis() / 1_000.0,
                                sorted.getLast().time().toMillis() / 1_000.0);
    }
}
