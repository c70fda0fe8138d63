// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.garbagecollector;

import io.fairlead.framework.ObjectMetadata;
import io.fairlead.framework.OwnerReference;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes objects with owners for tests: their uid is their name. */
final class Objects {
    private Objects() {}

    static ObjectMetadata object(String uid, OwnerReference... owners) {
        return object(uid, false, List.of(), owners);
    }

    static ObjectMetadata going(String uid, String finalizer, OwnerReference... owners) {
        return object(uid, true, finalizer.isEmpty() ? List.of() : List.of(finalizer), owners);
    }

    private static ObjectMetadata object(
            String uid, boolean terminating, List<String> finalizers, OwnerReference... owners) {
        return new ObjectMetadata(
                "default",
                uid,
                "",
                uid,
                "1",
                1,
                Instant.EPOCH,
                terminating ? Optional.of(Instant.EPOCH) : Optional.empty(),
                Map.of(),
                Map.of(),
                List.of(owners),
                finalizers);
    }

    static OwnerReference owner(String uid) {
        return new OwnerReference("v1", "ConfigMap", uid, uid, false, false);
    }

    static OwnerReference blocked(String uid) {
        return new OwnerReference("v1", "ConfigMap", uid, uid, true, true);
    }
}
