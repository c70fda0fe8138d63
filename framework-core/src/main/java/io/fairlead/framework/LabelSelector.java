// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import static java.util.Objects.requireNonNull;

import io.fairlead.environment.Api;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which labels an object must have: all requirements hold, so none at all select everything. Immutable.
 *
 * <p>A selector that is missing from an object and one that is there but empty mean different things, depending on the kind;
 * {@link #NOTHING} is for the former.
 */
@Api(Api.Status.EXPERIMENTAL)
public record LabelSelector(List<Requirement> requirements) {
    public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

    /** Selects no object. */
    public static final LabelSelector NOTHING = new LabelSelector(List.of(new Requirement("", Operator.IN, List.of())));

    public LabelSelector {
        requirements = List.copyOf(requirements);
    }

    /** How a label is compared. */
    public enum Operator {
        IN("In"),
        NOT_IN("NotIn"),
        EXISTS("Exists"),
        DOES_NOT_EXIST("DoesNotExist");

        private final String apiName;

        Operator(String apiName) {
            this.apiName = apiName;
        }

        /** As in {@code matchExpressions}. */
        public String apiName() {
            return apiName;
        }
    }

    /** One condition on one label. */
    public record Requirement(String key, Operator operator, List<String> values) {
        public Requirement {
            requireNonNull(key, "key");
            requireNonNull(operator, "operator");
            values = List.copyOf(values);
        }

        public boolean matches(Map<String, String> labels) {
            String value = labels.get(key);
            return switch (operator) {
                case IN -> value != null && values.contains(value);
                case NOT_IN -> value == null || !values.contains(value);
                case EXISTS -> value != null;
                case DOES_NOT_EXIST -> value == null;
            };
        }
    }

    /** Selects objects that have all of {@code labels}. */
    public static LabelSelector ofLabels(Map<String, String> labels) {
        List<Requirement> requirements = new ArrayList<>(labels.size());
        labels.forEach((key, value) -> requirements.add(new Requirement(key, Operator.IN, List.of(value))));
        return new LabelSelector(requirements);
    }

    /**
     * Reads a selector in the form of {@code spec.selector} of a Deployment: {@code matchLabels} and {@code matchExpressions}.
     *
     * @throws IOException also for an operator that does not exist
     */
    public static LabelSelector read(JsonCursor json) throws IOException {
        List<Requirement> requirements = new ArrayList<>();
        json.beginObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "matchLabels" -> requirements.addAll(ofLabels(json.strings()).requirements);
                case "matchExpressions" -> requirements.addAll(json.list(LabelSelector::readExpression));
                default -> json.skip();
            }
        }
        return new LabelSelector(requirements);
    }

    /** Reads a selector in the form of {@code spec.selector} of a Service: labels alone. */
    public static LabelSelector readLabels(JsonCursor json) throws IOException {
        return ofLabels(json.strings());
    }

    private static Requirement readExpression(JsonCursor json) throws IOException {
        String key = "";
        String operatorName = "";
        List<String> values = List.of();
        json.beginObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "key" -> key = json.text();
                case "operator" -> operatorName = json.text();
                case "values" -> values = json.texts();
                default -> json.skip();
            }
        }
        for (Operator operator : Operator.values()) {
            if (operator.apiName.equals(operatorName)) {
                return new Requirement(key, operator, values);
            }
        }
        throw new IOException("\"" + operatorName + "\" is not a valid label selector operator");
    }

    /** Whether an object with {@code labels} is selected. */
    public boolean matches(Map<String, String> labels) {
        for (Requirement requirement : requirements) {
            if (!requirement.matches(labels)) {
                return false;
            }
        }
        return true;
    }

    /** Whether every object is selected. */
    public boolean selectsEverything() {
        return requirements.isEmpty();
    }

    /** In the form of the {@code labelSelector} query parameter, not yet encoded for a URL. */
    public String toQuery() {
        List<String> parts = new ArrayList<>(requirements.size());
        for (Requirement requirement : requirements) {
            String key = requirement.key();
            List<String> values = requirement.values();
            parts.add(
                    switch (requirement.operator()) {
                        case IN ->
                            values.size() == 1
                                    ? key + "=" + values.getFirst()
                                    : key + " in (" + String.join(",", values) + ")";
                        case NOT_IN -> key + " notin (" + String.join(",", values) + ")";
                        case EXISTS -> key;
                        case DOES_NOT_EXIST -> "!" + key;
                    });
        }
        return String.join(",", parts);
    }
}
