// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.admission.builtin;

import io.fairlead.apiserver.internal.admission.AdmissionPlugin;
import io.fairlead.apiserver.internal.admission.AdmissionRequest;
import io.fairlead.apiserver.internal.admission.AdmissionRequest.Operation;
import io.fairlead.apiserver.internal.admission.ObjectLookup;
import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.status.ApiStatus;
import io.fairlead.apiserver.internal.status.StatusException;

/** Gives pods of a runtime class what the class says of overhead and nodes. */
final class PodRuntimeClass implements AdmissionPlugin {
    private final ObjectLookup lookup;

    PodRuntimeClass(ObjectLookup lookup) {
        this.lookup = lookup;
    }

    @Override
    public void mutate(AdmissionRequest request) {
        JsonObject pod = request.object();
        if (request.operation() != Operation.CREATE || !request.isFor("pods") || pod == null) {
            return;
        }
        JsonObject spec = pod.child("spec");
        JsonObject overhead = spec.objectOrEmpty("overhead");
        String name = spec.text("runtimeClassName");
        if (name.isEmpty()) {
            if (!overhead.isEmpty()) {
                throw rejected(request, "Pod Overhead set without corresponding RuntimeClass defined Overhead");
            }
            return;
        }
        JsonObject runtimeClass = lookup.find("runtimeclasses.node.k8s.io", "", name)
                .orElseThrow(() -> rejected(request, "RuntimeClass \"" + name + "\" not found"));
        JsonObject fixed = runtimeClass.objectOrEmpty("overhead").objectOrEmpty("podFixed");
        if (!overhead.isEmpty() && !overhead.equals(fixed)) {
            throw rejected(
                    request,
                    fixed.isEmpty()
                            ? "Pod Overhead set without corresponding RuntimeClass defined Overhead"
                            : "Pod's Overhead doesn't match RuntimeClass's defined Overhead");
        }
        if (!fixed.isEmpty()) {
            spec.put("overhead", fixed.deepCopy());
        }
        schedule(request, spec, runtimeClass.objectOrEmpty("scheduling"));
    }

    private static void schedule(AdmissionRequest request, JsonObject spec, JsonObject scheduling) {
        scheduling.objectOrEmpty("nodeSelector").forEach((key, value) -> {
            JsonObject selector = spec.child("nodeSelector");
            if (selector.has(key) && !value.equals(selector.get(key))) {
                throw ApiStatus.forbidden(
                                request.resource(),
                                request.name(),
                                "conflict: runtimeClass.scheduling.nodeSelector[" + key + "] = "
                                        + scheduling
                                                .objectOrEmpty("nodeSelector")
                                                .text(key)
                                        + "; pod.spec.nodeSelector[" + key + "] = " + selector.text(key))
                        .exception();
            }
            selector.put(key, value);
        });
        for (JsonObject toleration : scheduling.objects("tolerations")) {
            JsonArray tolerations = spec.childArray("tolerations");
            if (tolerations.objects().stream().noneMatch(toleration::equals)) {
                tolerations.add(toleration.deepCopy());
            }
        }
    }

    private static StatusException rejected(AdmissionRequest request, String why) {
        return ApiStatus.forbidden(request.resource(), request.name(), "pod rejected: " + why)
                .exception();
    }
}
