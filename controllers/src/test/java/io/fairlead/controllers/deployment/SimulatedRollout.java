// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.deployment;

import io.fairlead.controllers.deployment.DeploymentPlan.Change;
import io.fairlead.controllers.internal.IntOrPercent;
import io.fairlead.controllers.internal.ReplicaSetFacts;
import io.fairlead.framework.ObjectMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/**
 * A Deployment, its ReplicaSets and their pods, as a model in which everything that can happen happens in an order drawn from a
 * seed: looks of the controllers, statuses that are written late, pods that become ready, people who change their minds.
 *
 * <p>The Deployment's controller sees its own writes at once, which the framework promises, and everything else late.
 */
final class SimulatedRollout {
    private static final int IMAGES = 4;

    private final Random random;
    private final Map<String, SimulatedSet> sets = new LinkedHashMap<>();
    private final IntOrPercent maxSurge;
    private final IntOrPercent maxUnavailable;
    private int replicas;
    private int image = 1;
    private boolean paused;
    private DeploymentFacts.Status status = DeploymentFacts.Status.NONE;
    private Map<String, String> annotations = Map.of();
    private long clock;

    SimulatedRollout(Random random) {
        this.random = random;
        this.replicas = 1 + random.nextInt(12);
        this.maxSurge = new IntOrPercent(random.nextInt(60), true);
        this.maxUnavailable = new IntOrPercent(random.nextInt(60), true);
    }

    private static final class SimulatedSet {
        private final String name;
        private final int image;
        private final Instant created;
        private final Map<String, String> annotations;
        private int replicas;
        private long generation = 1;
        private ReplicaSetFacts.Status status = ReplicaSetFacts.Status.NONE;
        private final List<Boolean> podsReady = new ArrayList<>();

        private SimulatedSet(String name, int image, Instant created, Change.Create create) {
            this.name = name;
            this.image = image;
            this.created = created;
            this.annotations = new HashMap<>(create.annotations());
            this.replicas = create.replicas();
        }

        private ReplicaSetFacts facts() {
            ObjectMetadata metadata = new ObjectMetadata(
                    "default",
                    name,
                    "",
                    "uid-" + name,
                    "1",
                    generation,
                    created,
                    Optional.empty(),
                    Map.of(),
                    Map.copyOf(annotations),
                    List.of(),
                    List.of());
            return new ReplicaSetFacts(
                    metadata,
                    replicas,
                    Duration.ZERO,
                    Rollouts.deployment(1).facts().spec().selector(),
                    Rollouts.template(image),
                    status);
        }

        /** One look of its controller: pods first, then, maybe, the status as it was before. */
        private void look(Random random) {
            ReplicaSetFacts.Status before = count();
            while (podsReady.size() < replicas) {
                podsReady.add(false);
            }
            while (podsReady.size() > replicas) {
                // Pods that are not ready go first.
                podsReady.remove(podsReady.contains(false) ? podsReady.indexOf(false) : podsReady.size() - 1);
            }
            if (random.nextInt(3) > 0) {
                status = before;
            }
        }

        private ReplicaSetFacts.Status count() {
            int ready = (int) podsReady.stream().filter(each -> each).count();
            return new ReplicaSetFacts.Status(
                    podsReady.size(), podsReady.size(), ready, ready, OptionalInt.of(0), generation, List.of());
        }
    }

    /** Whether people did something. */
    boolean people(boolean mayResize) {
        switch (random.nextInt(mayResize ? 4 : 3)) {
            case 0 -> image = 1 + random.nextInt(IMAGES);
            case 1 -> paused = true;
            case 2 -> paused = false;
            default -> replicas = random.nextInt(12);
        }
        return true;
    }

    void resume() {
        paused = false;
    }

    /** One thing that the machinery does. */
    void machinery() {
        clock++;
        List<SimulatedSet> all = List.copyOf(sets.values());
        int what = random.nextInt(4);
        if (what == 0 || all.isEmpty()) {
            lookAtDeployment();
        } else if (what == 1) {
            SimulatedSet set = all.get(random.nextInt(all.size()));
            if (!set.podsReady.isEmpty()) {
                set.podsReady.set(random.nextInt(set.podsReady.size()), true);
            }
        } else {
            all.get(random.nextInt(all.size())).look(random);
        }
    }

    void lookAtDeployment() {
        DeploymentFacts facts = facts();
        List<ReplicaSetFacts> observed =
                sets.values().stream().map(SimulatedSet::facts).toList();
        Observed now = Observed.of(facts, observed, java.util.Set.of(), Rollouts.NOW.plusSeconds(clock));
        for (Change change : DeploymentPlanner.plan(now).changes()) {
            apply(facts, change);
        }
    }

    private DeploymentFacts facts() {
        Rollouts.Builder builder = Rollouts.deployment(replicas)
                .image(image)
                .rolling(maxSurge, maxUnavailable)
                .status(status)
                .annotated(annotations);
        return (paused ? builder.paused() : builder).facts();
    }

    private void apply(DeploymentFacts facts, Change change) {
        switch (change) {
            case Change.Create create -> {
                String name = NewReplicaSet.name(facts, create);
                if (sets.put(name, new SimulatedSet(name, image, Rollouts.NOW.plusSeconds(clock), create)) != null) {
                    throw new IllegalStateException("made twice: " + name);
                }
            }
            case Change.Scale scale -> {
                SimulatedSet set = set(scale.replicaSet());
                set.generation += scale.from() == scale.to() ? 0 : 1;
                set.replicas = scale.to();
                set.annotations.putAll(scale.annotations());
            }
            case Change.Annotate annotate ->
                set(annotate.replicaSet()).annotations.putAll(annotate.annotations());
            case Change.Delete(ReplicaSetFacts gone) -> sets.remove(gone.name());
            case Change.WriteStatus write -> {
                status = write.status();
                write.revision().ifPresent(revision -> annotations = Map.of(Revisions.REVISION, revision));
            }
            case Change.Warn ignored -> {}
        }
    }

    private SimulatedSet set(ReplicaSetFacts facts) {
        return java.util.Objects.requireNonNull(sets.get(facts.name()));
    }

    int replicas() {
        return replicas;
    }

    Limits limits() {
        return Limits.of(facts().spec());
    }

    /** How many pods the ReplicaSets ask for together. */
    int wanted() {
        return sets.values().stream().mapToInt(set -> set.replicas).sum();
    }

    /** How many pods are really ready, whatever statuses say. */
    int ready() {
        return sets.values().stream()
                .mapToInt(
                        set -> (int) set.podsReady.stream().filter(each -> each).count())
                .sum();
    }

    /** Whether there is nothing left but what was asked for. */
    boolean complete() {
        return sets.values().stream()
                .allMatch(set -> set.image == image
                        ? set.replicas == replicas && set.count().ready() == replicas
                        : set.replicas == 0 && set.podsReady.isEmpty());
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(replicas + " of image " + image + ", " + limits() + ":");
        sets.values().forEach(set -> text.append(" ")
                .append(set.image)
                .append("=")
                .append(set.replicas)
                .append(set.podsReady));
        return text.toString();
    }
}
