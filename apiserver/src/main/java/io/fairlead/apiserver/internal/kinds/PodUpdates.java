// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.LabelSelectors;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of a pod may change once it is there: very little. */
final class PodUpdates {
    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";

    /** What may change, in upstream's words. */
    private static final String CHANGEABLE = "pod updates may not change fields other than `spec.containers[*].image`,"
            + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing"
            + " tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

    private PodUpdates() {}

    static void validate(JsonObject next, JsonObject old, FieldErrors errors) {
        JsonObject spec = next.objectOrEmpty("spec");
        JsonObject before = old.objectOrEmpty("spec");
        if (!validateContainers(spec, before, "containers", errors)
                || !validateContainers(spec, before, "initContainers", errors)
                || !validateDeadline(spec, before, errors)) {
            return;
        }
        validateTolerations(spec, before, errors);
        validateGates(spec, before, errors);
        if (spec.equals(before)) {
            return;
        }
        JsonObject munged = munged(spec, before);
        if (!before.arrayOrEmpty("schedulingGates").isEmpty()) {
            validateGated(munged, before, errors);
        }
        if (!munged.equals(before)) {
            errors.forbidden(
                    SPEC,
                    CHANGEABLE + "\n" + LineDifference.between(GoStructs.podSpec(before), GoStructs.podSpec(munged)));
        }
    }

    /** Answers whether it makes sense to go on. */
    private static boolean validateContainers(JsonObject spec, JsonObject before, String list, FieldErrors errors) {
        List<JsonObject> containers = spec.objects(list);
        if (containers.size() != before.objects(list).size()) {
            errors.forbidden(SPEC.child(list), "pod updates may not add or remove containers");
            return false;
        }
        for (int i = 0; i < containers.size(); i++) {
            String image = containers.get(i).text("image");
            FieldPath at = SPEC.child(list).index(i).child("image");
            if (image.isEmpty()) {
                errors.required(at, "");
            } else if (!image.equals(image.strip())) {
                errors.invalid(at, image, "must not have leading or trailing whitespace");
            }
        }
        return true;
    }

    private static boolean validateDeadline(JsonObject spec, JsonObject before, FieldErrors errors) {
        FieldPath at = SPEC.child("activeDeadlineSeconds");
        boolean hadOne = !Defaults.absent(before, "activeDeadlineSeconds");
        if (Defaults.absent(spec, "activeDeadlineSeconds")) {
            if (hadOne) {
                errors.invalid(at, (JsonValue) null, "must not update from a positive integer to nil value");
            }
            return true;
        }
        long deadline = spec.number("activeDeadlineSeconds", 0);
        if (deadline < 0 || deadline > Integer.MAX_VALUE) {
            errors.invalid(at, deadline, "must be between 0 and 2147483647, inclusive");
            return false;
        }
        if (hadOne && before.number("activeDeadlineSeconds", 0) < deadline) {
            errors.invalid(at, deadline, "must be less than or equal to previous value");
            return false;
        }
        return true;
    }

    private static void validateTolerations(JsonObject spec, JsonObject before, FieldErrors errors) {
        List<JsonObject> tolerations = spec.objects("tolerations");
        for (JsonObject toleration : before.objects("tolerations")) {
            JsonObject wanted = withoutSeconds(toleration);
            if (tolerations.stream().map(PodUpdates::withoutSeconds).noneMatch(wanted::equals)) {
                errors.forbidden(
                        SPEC.child("tolerations"),
                        "existing toleration can not be modified except its tolerationSeconds");
                return;
            }
        }
        PodPlacement.validateTolerations(tolerations, SPEC.child("tolerations"), errors);
    }

    private static JsonObject withoutSeconds(JsonObject toleration) {
        JsonObject copy = toleration.deepCopy();
        copy.remove("tolerationSeconds");
        return copy;
    }

    private static void validateGates(JsonObject spec, JsonObject before, FieldErrors errors) {
        List<JsonObject> gates = spec.objects("schedulingGates");
        List<JsonObject> known = before.objects("schedulingGates");
        for (int i = 0; i < gates.size(); i++) {
            if (!known.contains(gates.get(i))) {
                errors.forbidden(
                        SPEC.child("schedulingGates").index(i).child("name"),
                        "only deletion is allowed, but found new scheduling gate '"
                                + gates.get(i).text("name") + "'");
            }
        }
    }

    /** A copy of {@code spec} in which everything that may change is as {@code before}. */
    private static JsonObject munged(JsonObject spec, JsonObject before) {
        JsonObject munged = spec.deepCopy();
        for (String list : List.of("containers", "initContainers")) {
            List<JsonObject> containers = munged.objects(list);
            for (int i = 0; i < containers.size(); i++) {
                GenericStrategy.copy("image", before.objects(list).get(i), containers.get(i));
            }
        }
        GenericStrategy.copy("activeDeadlineSeconds", before, munged);
        GenericStrategy.copy("tolerations", before, munged);
        GenericStrategy.copy("schedulingGates", before, munged);
        if (before.number("terminationGracePeriodSeconds", 0) < 0
                && munged.number("terminationGracePeriodSeconds", 0) == 1) {
            GenericStrategy.copy("terminationGracePeriodSeconds", before, munged);
        }
        return munged;
    }

    /** A pod that is held back from scheduling may still be narrowed down to fewer nodes. */
    private static void validateGated(JsonObject munged, JsonObject before, FieldErrors errors) {
        JsonObject selector = munged.objectOrEmpty("nodeSelector");
        before.objectOrEmpty("nodeSelector").forEach((key, value) -> {
            if (!value.equals(selector.get(key))
                    && errors.toList().stream().noneMatch(e -> e.path().equals("spec.nodeSelector"))) {
                errors.invalid(
                        SPEC.child("nodeSelector"),
                        LabelSelectors.mapAsText(munged.object("nodeSelector")),
                        "only additions to spec.nodeSelector are allowed (no mutations or deletions)");
            }
        });
        GenericStrategy.copy("nodeSelector", before, munged);
        JsonObject affinity = munged.objectOrEmpty("affinity").object("nodeAffinity");
        JsonObject affinityBefore = before.objectOrEmpty("affinity").object("nodeAffinity");
        if (GenericStrategy.same(affinity, affinityBefore)) {
            return;
        }
        validateNarrowed(affinity, affinityBefore, errors);
        restoreNodeAffinity(munged, before);
    }

    private static void restoreNodeAffinity(JsonObject munged, JsonObject before) {
        JsonObject affinity = munged.object("affinity");
        JsonObject affinityBefore = before.object("affinity");
        if (affinityBefore == null) {
            if (affinity != null) {
                affinity.remove("nodeAffinity");
                if (affinity.isEmpty()) {
                    munged.remove("affinity");
                }
            }
            return;
        }
        GenericStrategy.copy("nodeAffinity", affinityBefore, munged.child("affinity"));
    }

    private static void validateNarrowed(
            @Nullable JsonObject affinity, @Nullable JsonObject before, FieldErrors errors) {
        if (before == null) {
            return;
        }
        FieldPath at = SPEC.child("affinity", "nodeAffinity").child(REQUIRED).child("nodeSelectorTerms");
        List<JsonObject> old = before.objectOrEmpty(REQUIRED).objects("nodeSelectorTerms");
        JsonArray terms =
                affinity == null ? null : affinity.objectOrEmpty(REQUIRED).array("nodeSelectorTerms");
        int size = terms == null ? 0 : terms.size();
        if (old.isEmpty()) {
            return;
        }
        if (old.size() != size || terms == null) {
            errors.invalid(at, terms, "no additions/deletions to non-empty NodeSelectorTerms list are allowed");
            return;
        }
        for (int i = 0; i < size; i++) {
            if (!onlyAdds(terms.object(i), old.get(i))) {
                errors.invalid(at.index(i), terms.get(i), "only additions are allowed (no mutations or deletions)");
            }
        }
    }

    private static boolean onlyAdds(JsonObject term, JsonObject before) {
        for (String list : List.of("matchExpressions", "matchFields")) {
            List<JsonObject> requirements = term.objects(list);
            List<JsonObject> known = before.objects(list);
            if (requirements.size() < known.size()
                    || !requirements.subList(0, known.size()).equals(known)) {
                return false;
            }
        }
        return !(before.objects("matchExpressions").isEmpty()
                && before.objects("matchFields").isEmpty()
                && !term.isEmpty());
    }
}
