// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.LabelSelectors;
import io.fairlead.apiserver.internal.validation.MetadataValidation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of a Job may change once it is there. */
final class JobUpdates {
    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final String FIXED = "field is immutable";

    private JobUpdates() {}

    static void validate(JsonObject next, JsonObject old, FieldErrors errors) {
        JsonObject spec = next.objectOrEmpty("spec");
        JsonObject before = old.objectOrEmpty("spec");
        // The original checks the wish once more here, so that its complaints come twice.
        validateWishAgain(next, spec, errors);
        validateCompletions(spec, before, errors);
        JsonObject selector = spec.object("selector");
        if (!GenericStrategy.same(selector, before.object("selector"))) {
            errors.invalid(SPEC.child("selector"), selector == null ? null : LabelSelectors.asText(selector), FIXED);
        }
        validateTemplate(spec, before, old, errors);
        MetadataValidation.immutable(
                spec.get("completionMode"), before.get("completionMode"), SPEC.child("completionMode"), errors);
        if (!GenericStrategy.same(spec.get("podFailurePolicy"), before.get("podFailurePolicy"))) {
            errors.invalid(SPEC.child("podFailurePolicy"), failureAsText(spec.object("podFailurePolicy")), FIXED);
        }
        MetadataValidation.immutable(
                spec.get("backoffLimitPerIndex"),
                before.get("backoffLimitPerIndex"),
                SPEC.child("backoffLimitPerIndex"),
                errors);
        MetadataValidation.immutable(spec.get("managedBy"), before.get("managedBy"), SPEC.child("managedBy"), errors);
        if (!GenericStrategy.same(spec.get("successPolicy"), before.get("successPolicy"))) {
            JsonObject success = spec.object("successPolicy");
            errors.invalid(
                    SPEC.child("successPolicy"), success == null ? null : JobValidation.successAsText(success), FIXED);
        }
    }

    private static void validateWishAgain(JsonObject job, JsonObject spec, FieldErrors errors) {
        JsonObject selector = spec.object("selector");
        if (selector == null) {
            errors.required(SPEC.child("selector"), "");
        }
        if (!LabelSelectors.malformed(selector)) {
            PodTemplates.validateSelects(selector, spec.objectOrEmpty("template"), SPEC.child("template"), errors);
        }
        JobValidation.validateSpec(job.objectOrEmpty("spec"), SPEC, errors);
    }

    /** Indexed Jobs may grow and shrink as long as both numbers stay the same. */
    private static void validateCompletions(JsonObject spec, JsonObject before, FieldErrors errors) {
        if (GenericStrategy.same(spec.get("completions"), before.get("completions"))) {
            return;
        }
        boolean elastic = spec.text("completionMode").equals("Indexed")
                && !Defaults.absent(spec, "completions")
                && !Defaults.absent(before, "completions");
        if (!elastic) {
            errors.invalid(SPEC.child("completions"), spec.get("completions"), FIXED);
        } else if (spec.number("completions", 0) != spec.number("parallelism", 0)) {
            errors.invalid(
                    SPEC.child("completions"),
                    spec.get("completions"),
                    "can only be modified in tandem with parallelism, so that completions==parallelism");
        }
    }

    /** A Job that is suspended and never started a pod may still be told where its pods run. */
    private static void validateTemplate(JsonObject spec, JsonObject before, JsonObject old, FieldErrors errors) {
        JsonObject template = spec.objectOrEmpty("template");
        JsonObject templateBefore = before.objectOrEmpty("template");
        JsonObject munged = templateBefore.deepCopy();
        boolean suspended = before.flag("suspend") && Defaults.absent(old.objectOrEmpty("status"), "startTime");
        if (suspended) {
            JsonObject metadata = munged.child("metadata");
            GenericStrategy.copy("labels", template.objectOrEmpty("metadata"), metadata);
            GenericStrategy.copy("annotations", template.objectOrEmpty("metadata"), metadata);
            JsonObject wanted = template.objectOrEmpty("spec");
            JsonObject pod = munged.child("spec");
            for (String field : List.of("nodeSelector", "tolerations", "schedulingGates")) {
                GenericStrategy.copy(field, wanted, pod);
            }
            copyNodeAffinity(wanted, pod);
        }
        if (suspended && !GenericStrategy.same(template.get("spec"), munged.get("spec"))) {
            errors.invalid(SPEC.child("template", "spec"), GoStructs.podSpec(template.objectOrEmpty("spec")), FIXED);
        } else if (!template.equals(munged)) {
            errors.invalid(SPEC.child("template"), asText(template), FIXED);
        }
    }

    private static void copyNodeAffinity(JsonObject wanted, JsonObject pod) {
        JsonObject affinity = wanted.object("affinity");
        if (affinity != null) {
            GenericStrategy.copy("nodeAffinity", affinity, pod.child("affinity"));
        } else if (pod.object("affinity") != null) {
            pod.child("affinity").remove("nodeAffinity");
            if (pod.child("affinity").isEmpty()) {
                pod.remove("affinity");
            }
        }
    }

    private static JsonObject asText(JsonObject template) {
        JsonObject text = new JsonObject();
        for (String field : List.of("labels", "annotations")) {
            JsonObject map =
                    LabelSelectors.mapAsText(template.objectOrEmpty("metadata").object(field));
            if (map != null && !map.isEmpty()) {
                text.put(field, map);
            }
        }
        return text.put("Spec", GoStructs.podSpec(template.objectOrEmpty("spec")));
    }

    private static @Nullable JsonValue failureAsText(@Nullable JsonObject policy) {
        return policy == null
                ? null
                : new JsonObject()
                        .put("Rules", policy.get("rules") instanceof JsonArray rules ? rules : new JsonArray());
    }
}
