// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.LabelSelectors;
import io.fairlead.apiserver.internal.validation.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with the rules, other than affinity, on where and when a pod may run. */
final class PodPlacement {
    static final List<String> TAINT_EFFECTS = List.of("NoSchedule", "PreferNoSchedule", "NoExecute");

    private PodPlacement() {}

    static void validate(JsonObject spec, FieldPath path, FieldErrors errors) {
        validateGates(spec, path, errors);
        List<JsonObject> constraints = spec.objects("topologySpreadConstraints");
        for (int i = 0; i < constraints.size(); i++) {
            FieldPath at = path.child("topologySpreadConstraints").index(i);
            validateSpread(constraints.get(i), at, errors);
            validateNotRepeated(constraints, i, at, errors);
        }
        validateTolerations(spec.objects("tolerations"), path.child("tolerations"), errors);
    }

    private static void validateGates(JsonObject spec, FieldPath path, FieldErrors errors) {
        List<JsonObject> readiness = spec.objects("readinessGates");
        for (int i = 0; i < readiness.size(); i++) {
            String condition = readiness.get(i).text("conditionType");
            errors.invalid(
                    path.child("readinessGates").index(i).child("conditionType"),
                    condition,
                    Names.qualified(condition));
        }
        Set<String> seen = new HashSet<>();
        List<JsonObject> gates = spec.objects("schedulingGates");
        for (int i = 0; i < gates.size(); i++) {
            FieldPath at = path.child("schedulingGates").index(i);
            String name = gates.get(i).text("name");
            errors.invalid(at, name, Names.qualified(name));
            if (!seen.add(name)) {
                errors.duplicate(at, name);
            }
        }
    }

    private static void validateSpread(JsonObject constraint, FieldPath path, FieldErrors errors) {
        long skew = constraint.number("maxSkew", 0);
        if (skew <= 0) {
            errors.invalid(path.child("maxSkew"), skew, "must be greater than zero");
        }
        if (constraint.text("topologyKey").isEmpty()) {
            errors.required(path.child("topologyKey"), "can not be empty");
        }
        String action = constraint.text("whenUnsatisfiable");
        errors.oneOf(path.child("whenUnsatisfiable"), action, List.of("DoNotSchedule", "ScheduleAnyway"));
        if (!Defaults.absent(constraint, "minDomains")) {
            long domains = constraint.number("minDomains", 0);
            if (domains <= 0) {
                errors.invalid(path.child("minDomains"), domains, "must be greater than zero");
            }
            if (!action.equals("DoNotSchedule")) {
                errors.invalid(
                        path.child("minDomains"),
                        domains,
                        "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not " + action);
            }
        }
        for (String policy : List.of("nodeAffinityPolicy", "nodeTaintsPolicy")) {
            if (!Defaults.absent(constraint, policy)) {
                errors.oneOf(path.child(policy), constraint.text(policy), List.of("Honor", "Ignore"));
            }
        }
        JsonObject selector = constraint.object("labelSelector");
        PodAffinity.validateLabelKeys(
                constraint.texts("matchLabelKeys"), selector, path.child("matchLabelKeys"), errors);
        LabelSelectors.validate(selector, path.child("labelSelector"), errors);
    }

    private static void validateNotRepeated(
            List<JsonObject> constraints, int index, FieldPath path, FieldErrors errors) {
        JsonObject constraint = constraints.get(index);
        for (JsonObject later : constraints.subList(index + 1, constraints.size())) {
            if (later.text("topologyKey").equals(constraint.text("topologyKey"))
                    && later.text("whenUnsatisfiable").equals(constraint.text("whenUnsatisfiable"))) {
                errors.duplicate(
                        path.child("{topologyKey, whenUnsatisfiable}"),
                        "{" + constraint.text("topologyKey") + ", " + constraint.text("whenUnsatisfiable") + "}");
            }
        }
    }

    static void validateTolerations(List<JsonObject> tolerations, FieldPath path, FieldErrors errors) {
        for (int i = 0; i < tolerations.size(); i++) {
            validateToleration(tolerations.get(i), path.index(i), errors);
        }
    }

    private static void validateToleration(JsonObject toleration, FieldPath path, FieldErrors errors) {
        String key = toleration.text("key");
        String operator = toleration.text("operator");
        if (!key.isEmpty()) {
            errors.invalid(path.child("key"), key, Names.qualified(key));
        } else if (!operator.equals("Exists")) {
            errors.invalid(
                    path.child("operator"),
                    operator,
                    "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
        }
        String effect = toleration.text("effect");
        if (!Defaults.absent(toleration, "tolerationSeconds") && !effect.equals("NoExecute")) {
            errors.invalid(path.child("effect"), effect, "effect must be 'NoExecute' when `tolerationSeconds` is set");
        }
        String value = toleration.text("value");
        switch (operator) {
            case "", "Equal" -> {
                List<String> problems = Names.labelValue(value);
                if (!problems.isEmpty()) {
                    errors.invalid(path.child("operator"), value, String.join(";", problems));
                }
            }
            case "Exists" -> {
                if (!value.isEmpty()) {
                    errors.invalid(path.child("operator"), value, "value must be empty when `operator` is 'Exists'");
                }
            }
            // Comparisons are known but switched off, and named then as if they were not.
            case "Lt", "Gt" ->
                errors.unsupported(path.child("operator"), operator, List.of("Equal", "Exists", "Lt", "Gt"));
            default -> errors.unsupported(path.child("operator"), operator, List.of("Equal", "Exists"));
        }
        if (!effect.isEmpty()) {
            errors.oneOf(path.child("effect"), effect, TAINT_EFFECTS);
        }
    }
}
