// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.garbagecollector;

import io.fairlead.framework.Discovery;
import io.fairlead.framework.ResourceType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which types there are and which of them are collected. Immutable; replaced when the server serves others. */
record Kinds(Map<String, ResourceType> byVersionAndKind, List<ResourceType> collected) {
    static final Kinds NONE = new Kinds(Map.of(), List.of());

    Kinds {
        byVersionAndKind = Map.copyOf(byVersionAndKind);
        collected = List.copyOf(collected);
    }

    static Kinds of(Discovery discovery) {
        Map<String, ResourceType> types = new HashMap<>();
        for (Discovery.Served served : discovery.resources()) {
            types.putIfAbsent(name(served.type().apiVersion(), served.type().kind()), served.type());
        }
        List<ResourceType> collected = discovery.resources().stream()
                .filter(served -> served.preferred() && served.can("delete", "list", "watch"))
                .map(Discovery.Served::type)
                // Many, short-lived, and owned by nobody.
                .filter(type -> !type.kind().equals("Event"))
                .toList();
        return new Kinds(types, collected);
    }

    Optional<ResourceType> type(Identity identity) {
        return Optional.ofNullable(byVersionAndKind.get(name(identity.apiVersion(), identity.kind())));
    }

    private static String name(String apiVersion, String kind) {
        return apiVersion + " " + kind;
    }
}
