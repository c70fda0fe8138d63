// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.deployment;

import io.fairlead.controllers.internal.ReplicaSetFacts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The changes that one look at a Deployment calls for, in the order in which to make them. If one fails, the rest is not made.
 *
 * @param recheck when to look again although nothing changes: progress may be overdue by then
 */
record DeploymentPlan(List<Change> changes, Optional<Duration> recheck) {
    DeploymentPlan {
        changes = List.copyOf(changes);
    }

    /** One write, or one event. */
    sealed interface Change {
        /**
         * Sets annotations of a ReplicaSet and its minReadySeconds.
         *
         * @param annotations those that differ
         */
        record Annotate(ReplicaSetFacts replicaSet, Map<String, String> annotations, int minReadySeconds)
                implements Change {}

        /**
         * Makes the ReplicaSet for the wanted template.
         *
         * @param hash tells it apart from its siblings
         */
        record Create(String hash, int replicas, Map<String, String> annotations) implements Change {}

        /**
         * Scales a ReplicaSet, and says so in an event if the number changes.
         *
         * @param annotations those that differ
         */
        record Scale(ReplicaSetFacts replicaSet, int from, int to, Map<String, String> annotations) implements Change {}

        /** Deletes a ReplicaSet of an old revision. */
        record Delete(ReplicaSetFacts replicaSet) implements Change {}

        /**
         * Writes the status.
         *
         * @param revision the new value of the Deployment's own revision annotation, if that changes
         */
        record WriteStatus(DeploymentFacts.Status status, Optional<String> revision) implements Change {}

        /** Tells people. */
        record Warn(String reason, String message) implements Change {}
    }
}
