// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.replicaset;

import io.fairlead.controllers.internal.Adoption;
import io.fairlead.controllers.internal.PodFacts;
import io.fairlead.controllers.internal.ReplicaSetFacts;
import io.fairlead.environment.Api;
import io.fairlead.framework.Change;
import io.fairlead.framework.Controller;
import io.fairlead.framework.ControllerHost;
import io.fairlead.framework.Informer;

/** Puts the controllers of ReplicaSets and of ReplicationControllers into a host. */
@Api(Api.Status.INTERNAL)
public final class ReplicaSetController {
    /** As in the original; one ReplicaSet is never in the hands of two. */
    private static final int WORKERS = 5;

    private ReplicaSetController() {}

    /** Adds the controller of ReplicaSets. */
    public static void addReplicaSets(ControllerHost host) {
        add(host, ReplicatedKind.REPLICA_SET);
    }

    /** Adds the controller of ReplicationControllers. */
    public static void addReplicationControllers(ControllerHost host) {
        add(host, ReplicatedKind.REPLICATION_CONTROLLER);
    }

    private static void add(ControllerHost host, ReplicatedKind kind) {
        Informer<PodFacts> pods = host.informer(PodFacts.SOURCE);
        Informer<ReplicaSetFacts> replicaSets = host.informer(kind.source());
        host.add(Controller.forResource(kind.source())
                .named(kind.controllerName())
                .owns(PodFacts.SOURCE, ReplicaSetController::matters)
                .watches(
                        PodFacts.SOURCE,
                        Adoption.wakesAdopters(
                                PodFacts::metadata,
                                replicaSets.lister(),
                                ReplicaSetFacts::metadata,
                                ReplicaSetFacts::selector))
                .workers(WORKERS)
                .reconciledBy(new ReplicaSetReconciler(
                        kind,
                        pods.byController(),
                        Adoption.orphans(pods, PodFacts::metadata),
                        replicaSets.byController())));
    }

    /** Binding a pod, and most of what a node reports of it, changes nothing for its owner. */
    private static boolean matters(Change<PodFacts> change) {
        return !(change instanceof Change.Updated<PodFacts>(PodFacts old, PodFacts now))
                || old.active() != now.active()
                || old.stopping() != now.stopping()
                || old.ready() != now.ready()
                || !old.readySince().equals(now.readySince())
                || !old.metadata().uid().equals(now.metadata().uid())
                || !old.metadata().labels().equals(now.metadata().labels())
                || !old.metadata().ownerReferences().equals(now.metadata().ownerReferences());
    }
}
