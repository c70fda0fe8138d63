// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers;

import io.fairlead.controllers.deployment.DeploymentController;
import io.fairlead.controllers.endpoints.EndpointsControllers;
import io.fairlead.controllers.garbagecollector.GarbageCollectorController;
import io.fairlead.controllers.internal.PodFacts;
import io.fairlead.controllers.internal.ReplicaSetFacts;
import io.fairlead.controllers.namespace.NamespaceController;
import io.fairlead.controllers.nodelifecycle.NodeLifecycleController;
import io.fairlead.controllers.replicaset.ReplicaSetController;
import io.fairlead.controllers.resourcequota.ResourceQuotaController;
import io.fairlead.controllers.serviceaccount.ServiceAccountControllers;
import io.fairlead.environment.Api;
import io.fairlead.framework.ControllerHost;
import io.fairlead.framework.Source;
import java.util.List;

/** All controllers of a cluster. */
@Api(Api.Status.EXPERIMENTAL)
public final class BuiltInControllers {
    private BuiltInControllers() {}

    /**
     * Adds the controllers to {@code host}, which is not started yet.
     *
     * @param rootCertificates what pods trust the API server by, in PEM form: published in every namespace
     */
    public static void addTo(ControllerHost host, String rootCertificates) {
        ReplicaSetController.addReplicaSets(host);
        ReplicaSetController.addReplicationControllers(host);
        DeploymentController.add(host);
        NamespaceController.add(host);
        ServiceAccountControllers.add(host, rootCertificates);
        EndpointsControllers.add(host);
        NodeLifecycleController.add(host);
        List<Source<?>> streams = List.of(
                PodFacts.SOURCE,
                ReplicaSetFacts.SOURCE,
                ReplicaSetFacts.REPLICATION_CONTROLLERS,
                DeploymentController.source());
        ResourceQuotaController.add(host, streams);
        // The streams of those who make objects: the collector learns that an owner is gone no sooner than its
        // controller, which would otherwise make anew what was collected.
        GarbageCollectorController.add(host, streams);
    }
}
