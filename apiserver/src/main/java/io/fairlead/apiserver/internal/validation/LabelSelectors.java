// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.validation;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Label selectors as they stand in objects: what is wrong with them, and what they select. */
public final class LabelSelectors {
    private LabelSelectors() {}

    /** Complains about what is wrong with {@code selector} at {@code path}; there may be none. */
    public static void validate(@Nullable JsonObject selector, FieldPath path, FieldErrors errors) {
        if (selector == null) {
            return;
        }
        MetadataValidation.validateLabels(selector.object("matchLabels"), path.child("matchLabels"), errors);
        List<JsonObject> expressions = selector.objects("matchExpressions");
        for (int i = 0; i < expressions.size(); i++) {
            validateExpression(
                    expressions.get(i), path.child("matchExpressions").index(i), errors);
        }
    }

    private static void validateExpression(JsonObject expression, FieldPath path, FieldErrors errors) {
        List<String> values = expression.texts("values");
        String operator = expression.text("operator");
        switch (operator) {
            case "In", "NotIn" -> {
                if (values.isEmpty()) {
                    errors.required(path.child("values"), "must be specified when `operator` is 'In' or 'NotIn'");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (!values.isEmpty()) {
                    errors.forbidden(
                            path.child("values"), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                }
            }
            default -> errors.invalid(path.child("operator"), operator, "not a valid selector operator");
        }
        errors.invalid(path.child("key"), expression.text("key"), Names.qualified(expression.text("key")));
        for (int i = 0; i < values.size(); i++) {
            errors.invalid(path.child("values").index(i), values.get(i), Names.labelValue(values.get(i)));
        }
    }

    /** Whether {@code selector} cannot be used at all, so that the original refuses to ask what it selects. */
    public static boolean malformed(@Nullable JsonObject selector) {
        FieldErrors errors = new FieldErrors();
        validate(selector, FieldPath.of("selector"), errors);
        return errors.size() > 0;
    }

    /** Whether {@code selector} has no requirement, and so would select everything. */
    public static boolean empty(JsonObject selector) {
        return selector.objectOrEmpty("matchLabels").isEmpty()
                && selector.arrayOrEmpty("matchExpressions").isEmpty();
    }

    /** Whether {@code selector} selects an object with {@code labels}. An absent selector selects nothing. */
    public static boolean matches(@Nullable JsonObject selector, JsonObject labels) {
        if (selector == null) {
            return false;
        }
        JsonObject matchLabels = selector.objectOrEmpty("matchLabels");
        for (int i = 0; i < matchLabels.size(); i++) {
            if (!matchLabels.valueAt(i).equals(labels.get(matchLabels.nameAt(i)))) {
                return false;
            }
        }
        for (JsonObject expression : selector.objects("matchExpressions")) {
            if (!matchesExpression(expression, labels)) {
                return false;
            }
        }
        return true;
    }

    private static boolean matchesExpression(JsonObject expression, JsonObject labels) {
        String key = expression.text("key");
        boolean present = labels.has(key);
        boolean listed = present && expression.texts("values").contains(labels.text(key));
        return switch (expression.text("operator")) {
            case "In" -> listed;
            case "NotIn" -> !listed;
            case "Exists" -> present;
            case "DoesNotExist" -> !present;
            default -> false;
        };
    }

    /** {@code selector} with its members in Go's order, as messages quote it. */
    public static JsonObject asText(JsonObject selector) {
        JsonObject text = new JsonObject();
        JsonObject labels = selector.object("matchLabels");
        if (labels != null && !labels.isEmpty()) {
            text.put("matchLabels", sorted(labels));
        }
        JsonArray expressions = new JsonArray();
        for (JsonObject expression : selector.objects("matchExpressions")) {
            JsonObject each =
                    new JsonObject().put("key", expression.text("key")).put("operator", expression.text("operator"));
            JsonArray values = expression.array("values");
            if (values != null && !values.isEmpty()) {
                each.put("values", values);
            }
            expressions.add(each);
        }
        if (!expressions.isEmpty()) {
            text.put("matchExpressions", expressions);
        }
        return text;
    }

    /** {@code map} with its keys in order, as Go writes maps; null of an absent or empty one if {@code emptyIsNull}. */
    public static @Nullable JsonObject mapAsText(@Nullable JsonObject map) {
        return map == null ? null : sorted(map);
    }

    private static JsonObject sorted(JsonObject map) {
        JsonObject copy = new JsonObject();
        map.names().stream().sorted().forEach(name -> copy.put(name, value(map, name)));
        return copy;
    }

    private static JsonValue value(JsonObject map, String name) {
        JsonValue value = map.get(name);
        return value == null ? JsonString.EMPTY : value;
    }
}
