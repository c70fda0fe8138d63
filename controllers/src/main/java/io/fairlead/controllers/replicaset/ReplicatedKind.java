// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.replicaset;

import io.fairlead.controllers.internal.ReplicaSetFacts;
import io.fairlead.framework.ResourceType;
import io.fairlead.framework.Source;

/**
 * A kind that keeps a number of equal pods.
 *
 * @param controllerName events come from it
 * @param countsStopping whether the status has {@code terminatingReplicas}
 */
record ReplicatedKind(
        ResourceType type, Source<ReplicaSetFacts> source, String controllerName, boolean countsStopping) {
    static final ReplicatedKind REPLICA_SET =
            new ReplicatedKind(ResourceType.REPLICA_SETS, ReplicaSetFacts.SOURCE, "replicaset-controller", true);

    static final ReplicatedKind REPLICATION_CONTROLLER = new ReplicatedKind(
            ResourceType.REPLICATION_CONTROLLERS,
            ReplicaSetFacts.REPLICATION_CONTROLLERS,
            "replication-controller",
            false);
}
