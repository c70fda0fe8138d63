// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.nodelifecycle;

import io.fairlead.environment.Api;
import io.fairlead.framework.Change;
import io.fairlead.framework.Controller;
import io.fairlead.framework.ControllerHost;
import io.fairlead.framework.EventRecorder;
import io.fairlead.framework.ResourceType;
import io.fairlead.framework.Source;

/** Puts the controller of nodes' taints and labels into a host. */
@Api(Api.Status.INTERNAL)
public final class NodeLifecycleController {
    /** As in the original. */
    private static final int WORKERS = 8;

    /** What its events say that they come from. */
    private static final String NAME = "node-controller";

    private NodeLifecycleController() {}

    public static void add(ControllerHost host) {
        Source<NodeFacts> nodes = Source.of(ResourceType.NODES, NodeFacts.PROJECTION);
        NodeReconciler reconciler = new NodeReconciler();
        EventRecorder events = host.events(NAME);
        host.informer(nodes).onChange(change -> {
            if (change instanceof Change.Deleted<NodeFacts>(NodeFacts node, boolean ignored)) {
                reconciler.forget(node, events);
            }
        });
        host.add(Controller.forResource(nodes)
                .named(NAME)
                .when(NodeLifecycleController::matters)
                .workers(WORKERS)
                .reconciledBy(reconciler));
    }

    /** Most changes are heartbeats. */
    private static boolean matters(Change<NodeFacts> change) {
        return !(change instanceof Change.Updated<NodeFacts>(NodeFacts old, NodeFacts now)) || !now.sameAs(old);
    }
}
