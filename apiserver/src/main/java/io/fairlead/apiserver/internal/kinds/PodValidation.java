// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.MetadataValidation;
import io.fairlead.apiserver.internal.validation.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is wrong with the wish in a pod, or in the template of one. */
final class PodValidation {
    private static final String MIRROR = "kubernetes.io/config.mirror";
    private static final String DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";

    private PodValidation() {}

    /** A pod, beyond what holds for the metadata of every object. */
    static void validatePod(JsonObject pod, FieldErrors errors) {
        JsonObject spec = pod.objectOrEmpty("spec");
        JsonObject metadata = pod.objectOrEmpty("metadata");
        validateAnnotations(metadata, spec, FieldPath.of("metadata").child("annotations"), errors);
        validateSpec(spec, metadata, FieldPath.of("spec"), errors);
    }

    /** A template, which has labels and annotations but no name. */
    static void validateTemplate(JsonObject template, FieldPath path, FieldErrors errors) {
        JsonObject spec = template.objectOrEmpty("spec");
        JsonObject metadata = template.objectOrEmpty("metadata");
        MetadataValidation.validateLabels(metadata.object("labels"), path.child("labels"), errors);
        MetadataValidation.validateAnnotations(metadata.object("annotations"), path.child("annotations"), errors);
        validateAnnotations(metadata, spec, path.child("annotations"), errors);
        if (!spec.arrayOrEmpty("ephemeralContainers").isEmpty()) {
            errors.forbidden(
                    path.child("spec", "ephemeralContainers"), "ephemeral containers not allowed in pod template");
        }
        validateSpec(spec, metadata, path.child("spec"), errors);
    }

    private static void validateSpec(JsonObject spec, JsonObject metadata, FieldPath path, FieldErrors errors) {
        Map<String, JsonObject> volumes = PodVolumes.validate(spec, path.child("volumes"), errors);
        Set<String> claims = validateClaims(spec.objects("resourceClaims"), path.child("resourceClaims"), errors);
        long grace = spec.number("terminationGracePeriodSeconds", 0);
        PodFacts pod = new PodFacts(spec, metadata, grace, volumes, claims, false);
        new PodContainers(pod, path, errors).validate();
        ResourceRequirements.validatePod(spec, path.child("resources"), errors);
        String restart = spec.text("restartPolicy");
        if (restart.isEmpty()) {
            errors.required(path.child("restartPolicy"), "");
        } else {
            errors.oneOf(path.child("restartPolicy"), restart, List.of("Always", "OnFailure", "Never"));
        }
        MetadataValidation.validateLabels(spec.object("nodeSelector"), path.child("nodeSelector"), errors);
        PodNetwork.validate(spec, path, errors);
        PodSecurity.validate(pod, path, errors);
        PodAffinity.validate(spec.object("affinity"), path.child("affinity"), errors);
        PodPlacement.validate(spec, path, errors);
        validateNames(spec, path, errors);
        if (!Defaults.absent(spec, "activeDeadlineSeconds")) {
            long deadline = spec.number("activeDeadlineSeconds", 0);
            if (deadline < 1 || deadline > Integer.MAX_VALUE) {
                errors.invalid(
                        path.child("activeDeadlineSeconds"), deadline, "must be between 1 and 2147483647, inclusive");
            }
        }
        if (!Defaults.absent(spec, "preemptionPolicy")) {
            validatePreemption(spec.text("preemptionPolicy"), path.child("preemptionPolicy"), errors);
        }
        spec.objectOrEmpty("overhead").forEach((name, amount) -> {
            FieldPath at = path.child("overhead").key(name);
            ResourceNames.validateForContainer(name, at, errors);
            ResourceNames.validateAmount(name, amount, at, errors);
        });
    }

    private static void validateNames(JsonObject spec, FieldPath path, FieldErrors errors) {
        for (String field : List.of("serviceAccountName", "nodeName", "priorityClassName", "runtimeClassName")) {
            String name = spec.text(field);
            if (!name.isEmpty()) {
                errors.invalid(path.child(field), name, Names.dnsSubdomain(name));
            }
        }
    }

    static void validatePreemption(String policy, FieldPath path, FieldErrors errors) {
        switch (policy) {
            case "PreemptLowerPriority", "Never" -> {
                // The two that there are.
            }
            case "" -> errors.required(path, "");
            default -> errors.unsupported(path, policy, List.of("PreemptLowerPriority", "Never"));
        }
    }

    private static Set<String> validateClaims(List<JsonObject> claims, FieldPath path, FieldErrors errors) {
        if (claims.isEmpty()) {
            return Set.of();
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < claims.size(); i++) {
            JsonObject claim = claims.get(i);
            FieldPath at = path.index(i);
            String name = claim.text("name");
            if (name.isEmpty()) {
                errors.required(at.child("name"), "");
            } else if (!names.add(name)) {
                errors.duplicate(at.child("name"), name);
            } else {
                errors.invalid(at.child("name"), name, Names.dnsLabel(name));
            }
            boolean direct = !Defaults.absent(claim, "resourceClaimName");
            boolean templated = !Defaults.absent(claim, "resourceClaimTemplateName");
            if (direct && templated) {
                errors.invalid(
                        at,
                        asText(claim),
                        "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified");
            } else if (!direct && !templated) {
                errors.invalid(
                        at, asText(claim), "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`");
            }
            for (String field : List.of("resourceClaimName", "resourceClaimTemplateName")) {
                if (!Defaults.absent(claim, field)) {
                    errors.invalid(at.child(field), claim.text(field), Names.dnsSubdomain(claim.text(field)));
                }
            }
        }
        return names;
    }

    private static JsonObject asText(JsonObject claim) {
        JsonValue direct = claim.get("resourceClaimName");
        JsonValue templated = claim.get("resourceClaimTemplateName");
        return new JsonObject()
                .put("Name", claim.text("name"))
                .put("ResourceClaimName", direct == null ? JsonNull.NULL : direct)
                .put("ResourceClaimTemplateName", templated == null ? JsonNull.NULL : templated);
    }

    private static void validateAnnotations(JsonObject metadata, JsonObject spec, FieldPath path, FieldErrors errors) {
        JsonObject annotations = metadata.object("annotations");
        if (annotations == null) {
            return;
        }
        if (annotations.has(MIRROR) && spec.text("nodeName").isEmpty()) {
            errors.invalid(
                    path.key(MIRROR),
                    annotations.text(MIRROR),
                    "must set spec.nodeName if mirror pod annotation is set");
        }
        if (annotations.has(DELETION_COST) && !isInteger32(annotations.text(DELETION_COST))) {
            errors.invalid(path.key(DELETION_COST), annotations.text(DELETION_COST), "must be a 32bit integer");
        }
    }

    /** Whether {@code text} is a number as Go prints it: no plus, no leading zeros. */
    private static boolean isInteger32(String text) {
        int start = text.startsWith("-") ? 1 : 0;
        int digits = text.length() - start;
        if (digits == 0 || digits > 10 || (text.charAt(start) == '0' && (digits > 1 || start == 1))) {
            return false;
        }
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        long value = Long.parseLong(text);
        return value >= Integer.MIN_VALUE && value <= Integer.MAX_VALUE;
    }
}
