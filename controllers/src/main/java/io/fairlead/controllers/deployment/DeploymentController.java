// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.deployment;

import io.fairlead.controllers.deployment.DeploymentFacts.Strategy;
import io.fairlead.controllers.internal.Adoption;
import io.fairlead.controllers.internal.PodFacts;
import io.fairlead.controllers.internal.ReplicaSetFacts;
import io.fairlead.environment.Api;
import io.fairlead.framework.Change;
import io.fairlead.framework.Controller;
import io.fairlead.framework.ControllerHost;
import io.fairlead.framework.Informer;
import io.fairlead.framework.Lister;
import io.fairlead.framework.Mapper;
import io.fairlead.framework.ObjectKey;
import io.fairlead.framework.OwnerReference;
import io.fairlead.framework.Source;
import java.util.Optional;

/** Puts the controller of Deployments into a host. */
@Api(Api.Status.INTERNAL)
public final class DeploymentController {
    /** Events come from this name. */
    private static final String NAME = "deployment-controller";

    /** As in the original; one Deployment is never in the hands of two. */
    private static final int WORKERS = 5;

    private DeploymentController() {}

    /** What it reads of Deployments, for others to share its stream. */
    public static Source<?> source() {
        return DeploymentFacts.SOURCE;
    }

    /** Adds the controller. */
    public static void add(ControllerHost host) {
        Informer<PodFacts> pods = host.informer(PodFacts.SOURCE);
        Informer<ReplicaSetFacts> replicaSets = host.informer(ReplicaSetFacts.SOURCE);
        Informer<DeploymentFacts> deployments = host.informer(DeploymentFacts.SOURCE);
        host.add(Controller.forResource(DeploymentFacts.SOURCE)
                .named(NAME)
                .owns(ReplicaSetFacts.SOURCE)
                .watches(
                        ReplicaSetFacts.SOURCE,
                        Adoption.wakesAdopters(
                                ReplicaSetFacts::metadata,
                                deployments.lister(),
                                DeploymentFacts::metadata,
                                deployment -> deployment.spec().selector()))
                .watches(PodFacts.SOURCE, wakesWaiting(replicaSets.lister(), deployments.lister()))
                .workers(WORKERS)
                .reconciledBy(new DeploymentReconciler(
                        replicaSets.byController(),
                        Adoption.orphans(replicaSets, ReplicaSetFacts::metadata),
                        pods.byController())));
    }

    /** The end of a pod concerns a Deployment that waits for all old pods to end. */
    private static Mapper<PodFacts> wakesWaiting(
            Lister<ReplicaSetFacts> replicaSets, Lister<DeploymentFacts> deployments) {
        return (change, trigger) -> {
            if (ended(change)) {
                waitingOwner(change.object(), replicaSets, deployments).ifPresent(trigger::wake);
            }
        };
    }

    private static boolean ended(Change<PodFacts> change) {
        return switch (change) {
            case Change.Added<PodFacts> ignored -> false;
            case Change.Updated<PodFacts>(PodFacts old, PodFacts now) -> now.ended() && !old.ended();
            case Change.Deleted<PodFacts> ignored -> true;
        };
    }

    private static Optional<ObjectKey> waitingOwner(
            PodFacts pod, Lister<ReplicaSetFacts> replicaSets, Lister<DeploymentFacts> deployments) {
        String namespace = pod.metadata().namespace();
        return pod.metadata()
                .controller()
                .flatMap(owner -> replicaSets.get(new ObjectKey(namespace, owner.name())))
                .flatMap(set -> set.metadata().controller())
                .map(OwnerReference::name)
                .flatMap(name -> deployments.get(new ObjectKey(namespace, name)))
                .filter(each -> each.spec().strategy() instanceof Strategy.Recreate)
                .map(DeploymentFacts::key);
    }
}
