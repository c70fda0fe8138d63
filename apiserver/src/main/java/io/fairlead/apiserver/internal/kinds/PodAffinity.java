// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.LabelSelectors;
import io.fairlead.apiserver.internal.validation.Names;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wrong with the affinity of a pod, and with selectors of nodes. */
final class PodAffinity {
    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";
    private static final String BAD_OPERATOR = "not a valid selector operator";

    private PodAffinity() {}

    static void validate(@Nullable JsonObject affinity, FieldPath path, FieldErrors errors) {
        if (affinity == null) {
            return;
        }
        JsonObject node = affinity.object("nodeAffinity");
        if (node != null) {
            validateNodeAffinity(node, path.child("nodeAffinity"), errors);
        }
        for (String kind : List.of("podAffinity", "podAntiAffinity")) {
            JsonObject rules = affinity.object(kind);
            if (rules != null) {
                validatePodRules(rules, path.child(kind), errors);
            }
        }
    }

    private static void validateNodeAffinity(JsonObject rules, FieldPath path, FieldErrors errors) {
        JsonObject required = rules.object(REQUIRED);
        if (required != null) {
            validateNodeSelector(required, path.child(REQUIRED), errors);
        }
        List<JsonObject> preferred = rules.objects(PREFERRED);
        for (int i = 0; i < preferred.size(); i++) {
            FieldPath at = path.child(PREFERRED).index(i);
            validateWeight(preferred.get(i), at, errors);
            validateNodeTerm(preferred.get(i).objectOrEmpty("preference"), at.child("preference"), errors);
        }
    }

    /** A selector of nodes: one of its terms must hold. */
    static void validateNodeSelector(JsonObject selector, FieldPath path, FieldErrors errors) {
        List<JsonObject> terms = selector.objects("nodeSelectorTerms");
        FieldPath at = path.child("nodeSelectorTerms");
        if (terms.isEmpty()) {
            errors.required(at, "must have at least one node selector term");
        }
        for (int i = 0; i < terms.size(); i++) {
            validateNodeTerm(terms.get(i), at.index(i), errors);
        }
    }

    private static void validateNodeTerm(JsonObject term, FieldPath path, FieldErrors errors) {
        List<JsonObject> expressions = term.objects("matchExpressions");
        for (int i = 0; i < expressions.size(); i++) {
            validateNodeExpression(
                    expressions.get(i), path.child("matchExpressions").index(i), errors);
        }
        List<JsonObject> fields = term.objects("matchFields");
        for (int i = 0; i < fields.size(); i++) {
            validateNodeField(fields.get(i), path.child("matchFields").index(i), errors);
        }
    }

    private static void validateNodeExpression(JsonObject expression, FieldPath path, FieldErrors errors) {
        List<String> values = expression.texts("values");
        FieldPath valuesPath = path.child("values");
        String operator = expression.text("operator");
        switch (operator) {
            case "In", "NotIn" -> {
                if (values.isEmpty()) {
                    errors.required(valuesPath, "must be specified when `operator` is 'In' or 'NotIn'");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (!values.isEmpty()) {
                    errors.forbidden(valuesPath, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                }
            }
            case "Gt", "Lt" -> {
                if (values.size() != 1) {
                    errors.required(valuesPath, "must be specified single value when `operator` is 'Lt' or 'Gt'");
                }
            }
            default -> errors.invalid(path.child("operator"), operator, BAD_OPERATOR);
        }
        String key = expression.text("key");
        errors.invalid(path.child("key"), key, Names.qualified(key));
        for (int i = 0; i < values.size(); i++) {
            errors.invalid(valuesPath.index(i), values.get(i), Names.labelValue(values.get(i)));
        }
    }

    private static void validateNodeField(JsonObject field, FieldPath path, FieldErrors errors) {
        List<String> values = field.texts("values");
        String operator = field.text("operator");
        if (!operator.equals("In") && !operator.equals("NotIn")) {
            errors.invalid(path.child("operator"), operator, BAD_OPERATOR);
        } else if (values.size() != 1) {
            errors.required(
                    path.child("values"),
                    "must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
        }
        String key = field.text("key");
        if (!key.equals("metadata.name")) {
            errors.invalid(path.child("key"), key, "not a valid field selector key");
            return;
        }
        for (int i = 0; i < values.size(); i++) {
            errors.invalid(path.child("values").index(i), values.get(i), Names.dnsSubdomain(values.get(i)));
        }
    }

    private static void validateWeight(JsonObject preference, FieldPath path, FieldErrors errors) {
        long weight = preference.number("weight", 0);
        if (weight <= 0 || weight > 100) {
            errors.invalid(path.child("weight"), weight, "must be in the range 1-100");
        }
    }

    private static void validatePodRules(JsonObject rules, FieldPath path, FieldErrors errors) {
        List<JsonObject> required = rules.objects(REQUIRED);
        for (int i = 0; i < required.size(); i++) {
            validatePodTerm(required.get(i), path.child(REQUIRED).index(i), errors);
        }
        List<JsonObject> preferred = rules.objects(PREFERRED);
        for (int i = 0; i < preferred.size(); i++) {
            FieldPath at = path.child(PREFERRED).index(i);
            validateWeight(preferred.get(i), at, errors);
            validatePodTerm(preferred.get(i).objectOrEmpty("podAffinityTerm"), at.child("podAffinityTerm"), errors);
        }
    }

    private static void validatePodTerm(JsonObject term, FieldPath path, FieldErrors errors) {
        LabelSelectors.validate(term.object("labelSelector"), path.child("labelSelector"), errors);
        LabelSelectors.validate(term.object("namespaceSelector"), path.child("namespaceSelector"), errors);
        for (String namespace : term.texts("namespaces")) {
            errors.invalid(path.child("namespace"), namespace, Names.dnsLabel(namespace));
        }
        validateKeys(term, path, errors);
        String key = term.text("topologyKey");
        if (key.isEmpty()) {
            errors.required(path.child("topologyKey"), "can not be empty");
        }
        errors.invalid(path.child("topologyKey"), key, Names.qualified(key));
    }

    private static void validateKeys(JsonObject term, FieldPath path, FieldErrors errors) {
        List<String> match = term.texts("matchLabelKeys");
        List<String> mismatch = term.texts("mismatchLabelKeys");
        validateLabelKeys(match, term.object("labelSelector"), path.child("matchLabelKeys"), errors);
        validateLabelKeys(mismatch, term.object("labelSelector"), path.child("mismatchLabelKeys"), errors);
        for (int i = 0; i < match.size(); i++) {
            if (mismatch.contains(match.get(i))) {
                errors.invalid(
                        path.child("matchLabelKeys").index(i),
                        match.get(i),
                        "exists in both matchLabelKeys and mismatchLabelKeys");
            }
        }
    }

    /** Keys that stand for labels of the pod itself. */
    static void validateLabelKeys(
            List<String> keys, @Nullable JsonObject selector, FieldPath path, FieldErrors errors) {
        if (keys.isEmpty()) {
            return;
        }
        if (selector == null) {
            errors.forbidden(path, "must not be specified when labelSelector is not set");
        }
        for (int i = 0; i < keys.size(); i++) {
            errors.invalid(path.index(i), keys.get(i), Names.qualified(keys.get(i)));
        }
    }
}
