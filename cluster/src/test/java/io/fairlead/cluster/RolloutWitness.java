// SPDX-License-Identifier: Apache-2.0
package io.fairlead.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fairlead.environment.Environment;
import io.fairlead.environment.Signal;
import io.fairlead.framework.Change;
import io.fairlead.framework.ControllerHost;
import io.fairlead.framework.Informer;
import io.fairlead.framework.Lister;
import io.fairlead.framework.Source;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Watches Deployments roll out over a connection of its own, on which nothing goes wrong, and remembers every moment that should
 * not have been.
 */
final class RolloutWitness {
    /** Longer than the longest pause of an informer. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Informer<Deployment> deployments;
    private final Informer<ReplicaSet> replicaSets;
    private final Informer<Pod> pods;
    private final Environment environment;
    private final Signal changed;
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    // Below: guarded by the lock; by the app's name.
    private final Map<String, Bounds> bounds = new HashMap<>();
    // By the uid of a ReplicaSet.
    private final Map<String, Integer> askedFor = new HashMap<>();
    private final Map<String, Integer> made = new HashMap<>();

    private record Bounds(int wantedMax, int availableMin) {}

    RolloutWitness(ControllerHost host) {
        this.environment = host.environment();
        this.changed = environment.newSignal();
        this.deployments = host.informer(Source.of(Deployment.class));
        this.replicaSets = host.informer(Source.of(ReplicaSet.class));
        this.pods = host.informer(Source.of(Pod.class));
        deployments.onChange(change -> changed.raise());
        replicaSets.onChange(this::saw);
        pods.onChange(this::sawPod);
    }

    /** From now on, {@code app} stays within these bounds. */
    void hold(String app, int wantedMax, int availableMin) {
        locked(() -> bounds.put(app, new Bounds(wantedMax, availableMin)));
    }

    /** Nothing is to be held any more: people take Deployments away. */
    void release() {
        locked(() -> {
            bounds.clear();
            return true;
        });
    }

    List<String> violations() {
        return violations;
    }

    private void saw(Change<ReplicaSet> change) {
        ReplicaSet set = change.object();
        String app = app(set);
        locked(() -> {
            int before = change instanceof Change.Updated<ReplicaSet>(ReplicaSet old, ReplicaSet ignored)
                    ? replicas(old)
                    : 0;
            int more = change instanceof Change.Deleted<ReplicaSet> ? 0 : Math.max(0, replicas(set) - before);
            askedFor.merge(set.getMetadata().getUid(), more, Integer::sum);
            Bounds held = bounds.get(app);
            int wanted = of(replicaSets.lister(), app).stream()
                    .mapToInt(RolloutWitness::replicas)
                    .sum();
            if (held != null && wanted > held.wantedMax()) {
                violations.add(app + ": the ReplicaSets ask for " + wanted + " pods, and may for " + held.wantedMax());
            }
            return true;
        });
        changed.raise();
    }

    private void sawPod(Change<Pod> change) {
        Pod pod = change.object();
        String app = app(pod);
        locked(() -> {
            if (change instanceof Change.Added<Pod>) {
                String owner = pod.getMetadata().getOwnerReferences().getFirst().getUid();
                made.merge(owner, 1, Integer::sum);
            }
            Bounds held = bounds.get(app);
            long available = availablePods(app);
            if (held != null && available < held.availableMin()) {
                violations.add(app + ": " + available + " pods are available, and at least " + held.availableMin()
                        + " should be; seen at " + pod.getMetadata().getName());
            }
            return true;
        });
        changed.raise();
    }

    /** ReplicaSets that made more pods than they were ever asked for. */
    List<String> madeTwice() {
        return locked(() -> made.entrySet().stream()
                .filter(each -> each.getValue() > askedFor.getOrDefault(each.getKey(), 0))
                .map(each -> each.getKey() + " made " + each.getValue() + " of " + askedFor.get(each.getKey()))
                .toList());
    }

    /** Waits until the Deployment says that its pods are all of {@code image}, and available, and the pods are seen to be. */
    void awaitComplete(String app, String image) throws InterruptedException {
        await(app + " with " + image, () -> of(deployments.lister(), app).stream()
                .anyMatch(each -> complete(each, image)
                        && availablePods(app) >= each.getSpec().getReplicas()));
    }

    private long availablePods(String app) {
        return of(pods.lister(), app).stream().filter(RolloutWitness::available).count();
    }

    /** Waits until the rollout to {@code image} has begun. */
    void awaitBegun(String app, String image) throws InterruptedException {
        await("the first pod of " + image, () -> of(pods.lister(), app).stream()
                .anyMatch(pod ->
                        pod.getSpec().getContainers().getFirst().getImage().equals(image)));
    }

    /** Waits until nothing is left. */
    void awaitNothing() throws InterruptedException {
        await(
                "nothing left",
                () -> deployments.lister().size() == 0
                        && replicaSets.lister().size() == 0
                        && pods.lister().size() == 0);
    }

    private void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = environment.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            long left = deadline - environment.nanoTime();
            if (left <= 0) {
                throw new AssertionError("waited in vain for " + what + "; " + this);
            }
            changed.await(Duration.ofNanos(left));
        }
    }

    private static boolean complete(Deployment deployment, String image) {
        var spec = deployment.getSpec();
        var status = deployment.getStatus();
        String wanted = spec.getTemplate().getSpec().getContainers().getFirst().getImage();
        return wanted.equals(image)
                && status != null
                && Objects.equals(
                        status.getObservedGeneration(), deployment.getMetadata().getGeneration())
                && Objects.equals(status.getUpdatedReplicas(), spec.getReplicas())
                && Objects.equals(status.getReplicas(), spec.getReplicas())
                && Objects.equals(status.getAvailableReplicas(), spec.getReplicas());
    }

    private static boolean available(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && pod.getStatus() != null
                && pod.getStatus().getConditions() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(each -> each.getType().equals("Ready")
                                && each.getStatus().equals("True"));
    }

    private static int replicas(ReplicaSet set) {
        Integer replicas = set.getSpec().getReplicas();
        return replicas == null ? 1 : replicas;
    }

    private static String app(HasMetadata object) {
        return object.getMetadata().getLabels() == null
                ? ""
                : object.getMetadata().getLabels().getOrDefault("app", "");
    }

    private static <T extends HasMetadata> List<T> of(Lister<T> lister, String app) {
        return lister.list().stream().filter(each -> app(each).equals(app)).toList();
    }

    private <R> R locked(java.util.function.Supplier<R> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder().append(deployments.lister().size()).append(" Deployments; ");
        for (ReplicaSet set : replicaSets.lister().list()) {
            text.append(set.getMetadata().getName())
                    .append(" wants ")
                    .append(replicas(set))
                    .append(", says ")
                    .append(set.getStatus())
                    .append("; ");
        }
        for (Pod pod : pods.lister().list()) {
            if (!available(pod)) {
                text.append(pod.getMetadata().getName())
                        .append(" on ")
                        .append(pod.getSpec().getNodeName())
                        .append(" is ")
                        .append(pod.getStatus().getPhase())
                        .append("; ");
            }
        }
        return text.append(pods.lister().size()).append(" pods").toString();
    }
}
