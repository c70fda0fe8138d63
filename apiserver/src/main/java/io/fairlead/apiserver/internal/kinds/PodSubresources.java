// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.GoText;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes to {@code ephemeralcontainers} and {@code resize}: what of a pod each may change, and how. */
final class PodSubresources {
    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final Set<String> RESIZABLE = Set.of("cpu", "memory");
    private static final List<String> CONTAINER_LISTS = List.of("containers", "initContainers");

    private PodSubresources() {}

    /** Leaves of {@code next} only what the subresource is for; the rest is as it was. */
    static void prepare(String subresource, JsonObject next, JsonObject old) {
        JsonObject wanted = next.child("spec");
        JsonObject spec = old.objectOrEmpty("spec").deepCopy();
        switch (subresource) {
            case "ephemeralcontainers" -> GenericStrategy.copy("ephemeralContainers", wanted, spec);
            case "resize" -> takeResources(wanted, spec);
            default -> {
                // Other subresources do not change the wish.
            }
        }
        next.put("spec", spec);
        GenericStrategy.copy("status", old, next);
        JsonObject before = old.objectOrEmpty("metadata");
        JsonObject metadata = next.child("metadata");
        for (String field : List.of("labels", "annotations", "finalizers", "ownerReferences", "generation")) {
            GenericStrategy.copy(field, before, metadata);
        }
        if (!spec.equals(old.objectOrEmpty("spec"))) {
            metadata.put("generation", before.number("generation", 0) + 1);
        }
    }

    private static void takeResources(JsonObject wanted, JsonObject spec) {
        for (String list : CONTAINER_LISTS) {
            Map<String, JsonObject> byName = new HashMap<>();
            wanted.objects(list).forEach(container -> byName.put(container.text("name"), container));
            for (JsonObject container : spec.objects(list)) {
                JsonObject source = byName.get(container.text("name"));
                if (source != null) {
                    GenericStrategy.copy("resources", source, container);
                    GenericStrategy.copy("resizePolicy", source, container);
                }
            }
        }
        if (wanted.object("resources") != null) {
            GenericStrategy.copy("resources", wanted, spec);
        }
    }

    static void validate(String subresource, JsonObject next, JsonObject old, FieldErrors errors) {
        switch (subresource) {
            case "ephemeralcontainers" -> validateEphemeral(next, old, errors);
            case "resize" -> validateResize(next, old, errors);
            default -> {
                // Nothing more to say.
            }
        }
    }

    private static void validateEphemeral(JsonObject next, JsonObject old, FieldErrors errors) {
        PodValidation.validatePod(next, errors);
        FieldPath path = SPEC.child("ephemeralContainers");
        Map<String, JsonObject> byName = new HashMap<>();
        next.objectOrEmpty("spec").objects("ephemeralContainers").forEach(each -> byName.put(each.text("name"), each));
        for (JsonObject before : old.objectOrEmpty("spec").objects("ephemeralContainers")) {
            String name = before.text("name");
            JsonObject now = byName.get(name);
            if (now == null) {
                errors.forbidden(path, "existing ephemeral containers " + GoText.quote(name) + " may not be removed\n");
            } else if (!now.equals(before)) {
                errors.forbidden(
                        path,
                        "existing ephemeral containers " + GoText.quote(name) + " may not be changed\n"
                                + LineDifference.between(
                                        GoStructs.of("EphemeralContainer", before),
                                        GoStructs.of("EphemeralContainer", now)));
            }
        }
    }

    private static void validateResize(JsonObject next, JsonObject old, FieldErrors errors) {
        JsonObject spec = next.objectOrEmpty("spec");
        JsonObject before = old.objectOrEmpty("spec");
        PodValidation.validatePod(next, errors);
        if (!runsWhereItCanBeResized(old)) {
            errors.forbidden(SPEC, "Pod running on node without support for resize");
        }
        String quality = PodResources.qosClass(before);
        if (!quality.equals(PodResources.qosClass(spec))) {
            errors.invalid(SPEC, new JsonString(quality), "Pod QOS Class may not change as a result of resizing");
        }
        boolean others = false;
        for (String list : CONTAINER_LISTS) {
            List<JsonObject> containers = spec.objects(list);
            List<JsonObject> known = before.objects(list);
            for (int i = 0; i < Math.min(containers.size(), known.size()); i++) {
                JsonObject resources = containers.get(i).objectOrEmpty("resources");
                JsonObject resourcesBefore = known.get(i).objectOrEmpty("resources");
                FieldPath at = SPEC.child(list).index(i).child("resources");
                for (String kind : List.of("limits", "requests")) {
                    JsonObject amounts = resources.objectOrEmpty(kind);
                    JsonObject amountsBefore = resourcesBefore.objectOrEmpty(kind);
                    others |= changesOthers(amounts, amountsBefore);
                    if (amountsBefore.names().stream()
                            .anyMatch(name -> RESIZABLE.contains(name) && !amounts.has(name))) {
                        errors.forbidden(at.child(kind), "resource " + kind + " cannot be removed");
                    }
                }
            }
        }
        if (others) {
            errors.forbidden(SPEC, "only cpu and memory resources are mutable");
        }
    }

    private static boolean changesOthers(JsonObject amounts, JsonObject before) {
        for (JsonObject each : List.of(amounts, before)) {
            for (String name : each.names()) {
                JsonValue value = amounts.get(name);
                if (!RESIZABLE.contains(name) && !GenericStrategy.same(value, before.get(name))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Only a node that can resize reports the resources that a running container has; of a pod that does not run any may do. */
    private static boolean runsWhereItCanBeResized(JsonObject pod) {
        for (JsonObject status : pod.objectOrEmpty("status").objects("containerStatuses")) {
            if (status.objectOrEmpty("state").object("running") != null) {
                return status.object("resources") != null;
            }
        }
        return true;
    }
}
