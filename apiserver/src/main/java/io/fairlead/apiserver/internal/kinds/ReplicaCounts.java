// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import java.util.List;

/** How the counts in the status of a workload must relate to each other. */
final class ReplicaCounts {
    private static final FieldPath STATUS = FieldPath.of("status");

    private ReplicaCounts() {}

    /** Complains if {@code count} is more than {@code limit}, which the message calls {@code limitName}. */
    static void atMost(JsonObject status, String count, String limit, String limitName, FieldErrors errors) {
        long value = status.number(count, 0);
        if (value > status.number(limit, 0)) {
            errors.invalid(STATUS.child(count), value, "cannot be greater than " + limitName);
        }
    }

    /** Available replicas are some of all, and of those that are ready. */
    static void availableAtMostReady(JsonObject status, FieldErrors errors) {
        atMost(status, "availableReplicas", "replicas", "status.replicas", errors);
        atMost(status, "availableReplicas", "readyReplicas", "readyReplicas", errors);
    }

    /** What is wrong with the status of a ReplicaSet, or of its predecessor. */
    static void validateReplicaSetStatus(JsonObject status, FieldErrors errors) {
        for (String count : List.of(
                "replicas",
                "fullyLabeledReplicas",
                "readyReplicas",
                "availableReplicas",
                "terminatingReplicas",
                "observedGeneration")) {
            errors.nonnegative(STATUS.child(count), status.number(count, 0));
        }
        for (String count : List.of("fullyLabeledReplicas", "readyReplicas")) {
            atMost(status, count, "replicas", "status.replicas", errors);
        }
        availableAtMostReady(status, errors);
    }

    static void collisionsOnlyRise(JsonObject status, JsonObject old, FieldErrors errors) {
        if (Defaults.absent(old, "collisionCount")) {
            return;
        }
        long value = status.number("collisionCount", 0);
        if (Defaults.absent(status, "collisionCount") || value < old.number("collisionCount", 0)) {
            errors.invalid(STATUS.child("collisionCount"), value, "cannot be decremented");
        }
    }
}
