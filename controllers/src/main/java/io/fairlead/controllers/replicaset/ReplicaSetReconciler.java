// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.replicaset;

import static java.util.Objects.requireNonNull;

import io.fairlead.controllers.internal.PodFacts;
import io.fairlead.controllers.internal.ReplicaSetFacts;
import io.fairlead.controllers.replicaset.ReplicaSetPlanner.Failure;
import io.fairlead.controllers.replicaset.ReplicaSetPlanner.Look;
import io.fairlead.framework.Context;
import io.fairlead.framework.ControllerRefs;
import io.fairlead.framework.Index;
import io.fairlead.framework.ObjectMetadata;
import io.fairlead.framework.Outcome;
import io.fairlead.framework.OwnerReference;
import io.fairlead.framework.Reconciler;
import io.fairlead.framework.ResourceType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Observes, plans, acts: all decisions are in {@link ReplicaSetPlanner}, all effects in {@link ReplicaSetActions}, but for one:
 * {@link ControllerRefs} adopts and releases pods before the planner is asked, which plans for those that are then owned.
 */
final class ReplicaSetReconciler implements Reconciler<ReplicaSetFacts> {
    private final ReplicatedKind kind;
    private final Index<PodFacts> podsByController;
    private final Index<PodFacts> orphans;
    private final Index<ReplicaSetFacts> siblings;

    /**
     * @param orphans pods that nobody controls, by namespace
     * @param siblings the objects of {@code kind} by their own controller
     */
    ReplicaSetReconciler(
            ReplicatedKind kind,
            Index<PodFacts> podsByController,
            Index<PodFacts> orphans,
            Index<ReplicaSetFacts> siblings) {
        this.kind = requireNonNull(kind, "kind");
        this.podsByController = requireNonNull(podsByController, "podsByController");
        this.orphans = requireNonNull(orphans, "orphans");
        this.siblings = requireNonNull(siblings, "siblings");
    }

    @Override
    public Outcome reconcile(ReplicaSetFacts replicaSet, Context context) throws InterruptedException {
        ReplicaSetActions actions = new ReplicaSetActions(kind, replicaSet, context);
        Instant now = context.now();
        List<PodFacts> owned = podsByController.get(replicaSet.metadata().uid());
        List<PodFacts> active = claim(replicaSet, owned, context);

        List<PodFacts> related = active.size() > replicaSet.replicas() ? related(replicaSet) : List.of();
        Optional<Failure> failure = actions.carryOut(ReplicaSetPlanner.plan(replicaSet, active, related, now));

        Look look = new Look(replicaSet, stopping(replicaSet, owned), now);
        ReplicaSetFacts.Status status = ReplicaSetPlanner.status(look, active, failure);
        boolean written = !ReplicaSetPlanner.worthWriting(replicaSet, status) || actions.writeStatus(status);
        if (failure.isPresent()) {
            return Outcome.retry(failure.get().message());
        }
        if (!written) {
            return Outcome.retry("the status could not be written");
        }
        return ReplicaSetPlanner.untilNextAvailable(replicaSet, active, now)
                .map(wait -> Outcome.recheck(wait, "a pod becomes available"))
                .orElse(Outcome.settled());
    }

    private List<PodFacts> claim(ReplicaSetFacts replicaSet, List<PodFacts> owned, Context context)
            throws InterruptedException {
        List<PodFacts> candidates = new ArrayList<>(owned.size());
        owned.stream().filter(PodFacts::active).forEach(candidates::add);
        orphans.get(replicaSet.metadata().namespace()).stream()
                .filter(PodFacts::active)
                .forEach(candidates::add);
        return ControllerRefs.of(context, kind.type(), replicaSet.metadata(), ResourceType.PODS)
                .claim(replicaSet.selector(), candidates, PodFacts::metadata);
    }

    private OptionalInt stopping(ReplicaSetFacts replicaSet, List<PodFacts> owned) {
        if (!kind.countsStopping()) {
            return OptionalInt.empty();
        }
        return OptionalInt.of((int) owned.stream()
                .filter(pod -> pod.stopping()
                        && replicaSet.selector().matches(pod.metadata().labels()))
                .count());
    }

    /** The pods of all ReplicaSets that the same Deployment made. */
    private List<PodFacts> related(ReplicaSetFacts replicaSet) {
        Optional<OwnerReference> controller = replicaSet.metadata().controller();
        if (controller.isEmpty()) {
            return podsByController.get(replicaSet.metadata().uid());
        }
        return siblings.get(controller.get().uid()).stream()
                .map(ReplicaSetFacts::metadata)
                .map(ObjectMetadata::uid)
                .flatMap(uid -> podsByController.get(uid).stream())
                .toList();
    }
}
