// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.deployment;

import static java.util.Objects.requireNonNull;

import io.fairlead.controllers.deployment.DeploymentActions.Result;
import io.fairlead.controllers.deployment.DeploymentFacts.Strategy;
import io.fairlead.controllers.internal.PodFacts;
import io.fairlead.controllers.internal.ReplicaSetFacts;
import io.fairlead.framework.Context;
import io.fairlead.framework.ControllerRefs;
import io.fairlead.framework.Index;
import io.fairlead.framework.Outcome;
import io.fairlead.framework.Reconciler;
import io.fairlead.framework.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Observes, plans, acts: all decisions are in {@link DeploymentPlanner}, all effects in {@link DeploymentActions}, but for one:
 * {@link ControllerRefs} adopts and releases ReplicaSets before the planner is asked, which plans for those that are then owned.
 */
final class DeploymentReconciler implements Reconciler<DeploymentFacts> {
    private final Index<ReplicaSetFacts> replicaSetsByController;
    private final Index<ReplicaSetFacts> orphans;
    private final Index<PodFacts> podsByController;

    /**
     * @param orphans ReplicaSets that nobody controls, by namespace
     */
    DeploymentReconciler(
            Index<ReplicaSetFacts> replicaSetsByController,
            Index<ReplicaSetFacts> orphans,
            Index<PodFacts> podsByController) {
        this.replicaSetsByController = requireNonNull(replicaSetsByController, "replicaSetsByController");
        this.orphans = requireNonNull(orphans, "orphans");
        this.podsByController = requireNonNull(podsByController, "podsByController");
    }

    @Override
    public Outcome reconcile(DeploymentFacts deployment, Context context) throws InterruptedException {
        List<ReplicaSetFacts> owned =
                deployment.spec().selector().selectsEverything() ? List.of() : claim(deployment, context);
        Observed observed = Observed.of(deployment, owned, withPods(deployment, owned), context.now());
        DeploymentPlan plan = DeploymentPlanner.plan(observed);
        DeploymentActions actions = new DeploymentActions(deployment, context);
        return switch (actions.carryOut(plan)) {
            case Result.Done() ->
                plan.recheck()
                        .map(wait -> Outcome.recheck(wait, "progress may be overdue"))
                        .orElse(Outcome.settled());
            case Result.Stale(String what) -> Outcome.retry(what);
            case Result.NameTaken(String name) -> {
                actions.carryOut(DeploymentPlanner.afterCollision(observed));
                yield Outcome.retry("the name " + name + " is taken");
            }
            case Result.NotCreated(String name, String message) -> {
                actions.carryOut(DeploymentPlanner.afterRefusal(observed, name, message));
                yield Outcome.retry(message);
            }
        };
    }

    private List<ReplicaSetFacts> claim(DeploymentFacts deployment, Context context) throws InterruptedException {
        List<ReplicaSetFacts> candidates = new ArrayList<>(
                replicaSetsByController.get(deployment.metadata().uid()));
        candidates.addAll(orphans.get(deployment.metadata().namespace()));
        return ControllerRefs.of(context, ResourceType.DEPLOYMENTS, deployment.metadata(), ResourceType.REPLICA_SETS)
                .claim(deployment.spec().selector(), candidates, ReplicaSetFacts::metadata);
    }

    /** Only read where the plan looks at it: of a large Deployment, these are many pods. */
    private Set<String> withPods(DeploymentFacts deployment, List<ReplicaSetFacts> owned) {
        if (!(deployment.spec().strategy() instanceof Strategy.Recreate)) {
            return Set.of();
        }
        return owned.stream()
                .map(set -> set.metadata().uid())
                .filter(uid -> podsByController.get(uid).stream().anyMatch(pod -> !pod.ended()))
                .collect(Collectors.toUnmodifiableSet());
    }
}
