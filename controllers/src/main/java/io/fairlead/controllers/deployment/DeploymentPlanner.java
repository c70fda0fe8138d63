// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.deployment;

import io.fairlead.controllers.deployment.DeploymentFacts.Status;
import io.fairlead.controllers.deployment.DeploymentFacts.Strategy;
import io.fairlead.controllers.deployment.DeploymentPlan.Change;
import io.fairlead.controllers.deployment.Proportions.Share;
import io.fairlead.controllers.internal.ReplicaSetFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Decides what a Deployment needs next. Pure: the same arguments always give the same plan. */
final class DeploymentPlanner {
    private final List<Change> changes = new ArrayList<>();
    private Observed observed;
    private Optional<Duration> recheck = Optional.empty();

    private DeploymentPlanner(Observed observed) {
        this.observed = observed;
    }

    /** What to do after this look at the world. */
    static DeploymentPlan plan(Observed observed) {
        DeploymentPlanner planner = new DeploymentPlanner(observed);
        planner.look();
        return new DeploymentPlan(planner.changes, planner.recheck);
    }

    /** What to do when the name for a new ReplicaSet is taken by another: the next look tries another name. */
    static DeploymentPlan afterCollision(Observed observed) {
        Status status = observed.deployment().status();
        int collisions = status.collisions().orElse(0) + 1;
        return new DeploymentPlan(
                List.of(new Change.WriteStatus(status.withCollisions(collisions), Optional.empty())), Optional.empty());
    }

    /** What to say when a new ReplicaSet could not be made. */
    static DeploymentPlan afterRefusal(Observed observed, String name, String message) {
        String text = "Failed to create new replica set \"" + name + "\": " + message;
        List<Change> changes = new ArrayList<>();
        Status status = DeploymentStatusPlanner.notCreated(observed, text);
        if (!status.equals(observed.deployment().status())) {
            changes.add(new Change.WriteStatus(status, Optional.empty()));
        }
        changes.add(new Change.Warn("ReplicaSetCreateError", text));
        return new DeploymentPlan(changes, Optional.empty());
    }

    private DeploymentFacts deployment() {
        return observed.deployment();
    }

    private void look() {
        if (deployment().spec().selector().selectsEverything()) {
            refuseToSelectAll();
            return;
        }
        if (deployment().metadata().terminating()) {
            if (!giveRevision()) {
                write(DeploymentStatusPlanner.counts(observed));
            }
            return;
        }
        DeploymentStatusPlanner.pausedOrResumed(observed).ifPresent(this::write);
        if (giveRevision()) {
            return;
        }
        if (deployment().spec().paused() || sizeChanged()) {
            resize();
            if (deployment().spec().paused()) {
                forgetOldRevisions();
            }
            write(DeploymentStatusPlanner.counts(observed));
            return;
        }
        switch (deployment().spec().strategy()) {
            case Strategy.Recreate() -> recreate();
            case Strategy.RollingUpdate ignored -> roll();
        }
    }

    private void refuseToSelectAll() {
        changes.add(new Change.Warn(
                "SelectingAll", "This deployment is selecting all pods. A non-empty selector is required."));
        Status status = deployment().status();
        long generation = deployment().metadata().generation();
        if (status.observedGeneration() < generation) {
            write(status.withObservedGeneration(generation));
        }
    }

    /**
     * Gives the ReplicaSet with the wanted template its number, and the Deployment the same.
     *
     * @return whether the ReplicaSet was changed, so that the look ends here
     */
    private boolean giveRevision() {
        if (observed.wanted().isEmpty()) {
            return false;
        }
        ReplicaSetFacts wanted = observed.wanted().get();
        Map<String, String> annotations = Revisions.missing(observed, wanted);
        int minReadySeconds = deployment().spec().minReadySeconds();
        if (!annotations.isEmpty() || wanted.minReady().toSeconds() != minReadySeconds) {
            changes.add(new Change.Annotate(wanted, annotations, minReadySeconds));
            return true;
        }
        String revision = wanted.metadata().annotation(Revisions.REVISION);
        boolean renumbered =
                !revision.isEmpty() && !revision.equals(deployment().metadata().annotation(Revisions.REVISION));
        write(DeploymentStatusPlanner.found(observed, wanted), renumbered ? Optional.of(revision) : Optional.empty());
        return false;
    }

    private boolean sizeChanged() {
        return active(observed.all()).stream().anyMatch(set -> {
            OptionalInt known = Revisions.size(set, Revisions.DESIRED);
            return known.isPresent() && known.getAsInt() != deployment().spec().replicas();
        });
    }

    /** Brings the ReplicaSets to the Deployment's size without moving the rollout on. */
    private void resize() {
        int replicas = deployment().spec().replicas();
        List<ReplicaSetFacts> active = active(observed.all());
        if (active.size() <= 1) {
            onlyActive(active).ifPresent(only -> scale(only, replicas));
            return;
        }
        if (saturated()) {
            active(observed.others()).forEach(old -> scale(old, 0));
            return;
        }
        if (deployment().spec().strategy() instanceof Strategy.RollingUpdate) {
            for (Share share : Proportions.of(deployment(), active)) {
                rescale(share.replicaSet(), share.replicas());
            }
        }
    }

    /** The only active ReplicaSet, or, if none is active, the wanted one, or else the youngest of the others. */
    private Optional<ReplicaSetFacts> onlyActive(List<ReplicaSetFacts> active) {
        if (!active.isEmpty()) {
            return Optional.of(active.getFirst());
        }
        return observed.wanted().or(() -> observed.others().stream().max(Observed.BY_CREATION));
    }

    private boolean saturated() {
        int replicas = deployment().spec().replicas();
        return observed.wanted()
                .filter(set -> set.replicas() == replicas
                        && !inMotion(set)
                        && set.status().available() == replicas
                        && Revisions.size(set, Revisions.DESIRED).equals(OptionalInt.of(replicas)))
                .isPresent();
    }

    private void recreate() {
        List<ReplicaSetFacts> old = active(observed.others());
        if (!old.isEmpty()) {
            old.forEach(set -> scale(set, 0));
        } else if (!oldPodsRemain()) {
            ReplicaSetFacts wanted =
                    observed.wanted().orElseGet(() -> create(deployment().spec().replicas()));
            scale(wanted, deployment().spec().replicas());
            forgetOldRevisionsIfComplete();
        }
        writeRollout();
    }

    /** A pod that is being deleted still runs: with Recreate, the new ones wait for it. */
    private boolean oldPodsRemain() {
        return observed.others().stream()
                .anyMatch(set -> set.status().replicas() > 0
                        || observed.withPods().contains(set.metadata().uid()));
    }

    private void roll() {
        ReplicaSetFacts wanted = observed.wanted().orElseGet(() -> create(grown(0)));
        int replicas = deployment().spec().replicas();
        int size = wanted.replicas() > replicas ? replicas : grown(wanted.replicas());
        if (wanted.replicas() != size) {
            scale(wanted, size);
        } else if (!shrinkOld(wanted)) {
            forgetOldRevisionsIfComplete();
        }
        writeRollout();
    }

    /** The size of the wanted ReplicaSet, now {@code size}, as far as there is room for it. */
    private int grown(int size) {
        int replicas = deployment().spec().replicas();
        int room = replicas + Limits.of(deployment().spec()).surge() - sum(observed.all());
        return size + Math.max(0, Math.min(room, replicas - size));
    }

    /** Takes from the old ReplicaSets what is not missed: first pods that are not available, then as many as may be. */
    private boolean shrinkOld(ReplicaSetFacts wanted) {
        List<ReplicaSetFacts> old = new ArrayList<>(active(observed.others()));
        int minAvailable =
                deployment().spec().replicas() - Limits.of(deployment().spec()).unavailable();
        int newUnavailable = wanted.replicas() - available(wanted);
        int mayGo = sum(observed.all()) - minAvailable - newUnavailable;
        if (old.isEmpty() || mayGo <= 0 || observed.all().stream().anyMatch(DeploymentPlanner::inMotion)) {
            return false;
        }
        int before = changes.size();
        for (int i = 0; i < old.size() && mayGo > 0; i++) {
            ReplicaSetFacts set = old.get(i);
            int broken = Math.min(mayGo, set.replicas() - available(set));
            if (broken > 0) {
                old.set(i, scale(set, set.replicas() - broken));
                mayGo -= broken;
            }
        }
        int spare =
                observed.all().stream().mapToInt(DeploymentPlanner::available).sum() - minAvailable;
        for (int i = 0; i < old.size() && spare > 0; i++) {
            ReplicaSetFacts set = old.get(i);
            int less = Math.min(spare, set.replicas());
            scale(set, set.replicas() - less);
            spare -= less;
        }
        return changes.size() > before;
    }

    /**
     * Whether a ReplicaSet was scaled since it last said how it is. If it was scaled down and up again, that may be anything:
     * it will soon say so, and taking pods away can wait until then.
     */
    private static boolean inMotion(ReplicaSetFacts set) {
        long known = set.status().observedGeneration();
        return known > 0 && known < set.metadata().generation();
    }

    /** A ReplicaSet that was just scaled down may not have said so yet: of its pods, only as many stay as it has replicas. */
    private static int available(ReplicaSetFacts set) {
        return Math.min(set.status().available(), set.replicas());
    }

    private void forgetOldRevisionsIfComplete() {
        if (DeploymentStatusPlanner.complete(deployment(), deployment().status())) {
            forgetOldRevisions();
        }
    }

    private void forgetOldRevisions() {
        Revisions.outdated(observed).forEach(set -> changes.add(new Change.Delete(set)));
    }

    /** Makes the ReplicaSet for the wanted template, and goes on as if it were there. */
    private ReplicaSetFacts create(int replicas) {
        String hash = deployment()
                .spec()
                .template()
                .hash(deployment().status().collisions().orElse(0));
        Map<String, String> annotations = Revisions.forNew(observed);
        Change.Create create = new Change.Create(hash, replicas, annotations);
        changes.add(create);
        ReplicaSetFacts made = NewReplicaSet.facts(deployment(), create);
        write(
                DeploymentStatusPlanner.created(observed, made.name()),
                Optional.ofNullable(annotations.get(Revisions.REVISION)));
        observed = observed.with(made);
        return made;
    }

    /** Scales a ReplicaSet if it has another size. */
    private ReplicaSetFacts scale(ReplicaSetFacts set, int replicas) {
        return set.replicas() == replicas ? set : rescale(set, replicas);
    }

    /** Scales a ReplicaSet, or only makes it remember the Deployment's size. */
    private ReplicaSetFacts rescale(ReplicaSetFacts set, int replicas) {
        Map<String, String> sizes = Revisions.sizes(deployment());
        sizes.entrySet().removeIf(each -> each.getValue().equals(set.metadata().annotation(each.getKey())));
        if (set.replicas() == replicas && sizes.isEmpty()) {
            return set;
        }
        changes.add(new Change.Scale(set, set.replicas(), replicas, sizes));
        return new ReplicaSetFacts(
                set.metadata(), replicas, set.minReady(), set.selector(), set.template(), set.status());
    }

    private void writeRollout() {
        Status status = DeploymentStatusPlanner.rollout(observed);
        if (status.equals(deployment().status())) {
            recheck = DeploymentStatusPlanner.untilOverdue(deployment(), status, observed.now());
        }
        write(status);
    }

    private void write(Status status) {
        write(status, Optional.empty());
    }

    /**
     * A second status of one look is refused, because the first has made a new version, and the look is repeated: what the original does,
     * and what gives the ReplicaSets the time to say how they are before the Deployment counts.
     */
    private void write(Status status, Optional<String> revision) {
        if (revision.isPresent() || !status.equals(deployment().status())) {
            changes.add(new Change.WriteStatus(status, revision));
        }
    }

    private static List<ReplicaSetFacts> active(List<ReplicaSetFacts> sets) {
        return sets.stream().filter(set -> set.replicas() > 0).toList();
    }

    private static int sum(List<ReplicaSetFacts> sets) {
        return sets.stream().mapToInt(ReplicaSetFacts::replicas).sum();
    }
}
