// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.selector;

import io.fairlead.apiserver.internal.codec.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Requirements on labels, all of which must be met. Immutable. */
public record LabelSelector(List<Requirement> requirements) {
    /** Selects everything. */
    public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

    public LabelSelector {
        requirements = List.copyOf(requirements);
    }

    /**
     * Reads the form of queries, such as {@code app=web,tier in (a,b),!old}.
     *
     * @throws SelectorException if it is not of that form
     */
    public static LabelSelector parse(String text) {
        return text.isEmpty() ? EVERYTHING : new LabelSelector(new LabelSelectorParser(text).parse());
    }

    /** The selector that objects have in their specs: {@code matchLabels} and {@code matchExpressions}. */
    public static LabelSelector of(JsonObject selector) {
        List<Requirement> requirements = new ArrayList<>();
        selector.objectOrEmpty("matchLabels")
                .textMembers()
                .forEach((key, value) -> requirements.add(new Requirement(key, Operator.IN, Set.of(value), true)));
        for (JsonObject expression : selector.objects("matchExpressions")) {
            Operator operator =
                    switch (expression.text("operator")) {
                        case "In" -> Operator.IN;
                        case "NotIn" -> Operator.NOT_IN;
                        case "DoesNotExist" -> Operator.ABSENT;
                        default -> Operator.EXISTS;
                    };
            requirements.add(
                    new Requirement(expression.text("key"), operator, Set.copyOf(expression.texts("values")), false));
        }
        return new LabelSelector(requirements);
    }

    /** The selector of old kinds: labels that must all be there. */
    public static LabelSelector ofLabels(JsonObject labels) {
        return of(new JsonObject().put("matchLabels", labels));
    }

    /** As it stands in queries, sorted by key. */
    @Override
    public String toString() {
        return requirements.stream()
                .sorted(Comparator.comparing(Requirement::key))
                .map(Requirement::text)
                .collect(Collectors.joining(","));
    }

    /** Whether it selects everything. */
    public boolean isEmpty() {
        return requirements.isEmpty();
    }

    /** Whether an object with these labels is selected. */
    public boolean matches(Map<String, String> labels) {
        for (Requirement each : requirements) {
            if (!each.matches(labels)) {
                return false;
            }
        }
        return true;
    }

    /** How a requirement compares. */
    public enum Operator {
        EXISTS,
        ABSENT,
        IN,
        NOT_IN,
        GREATER,
        LESS
    }

    /**
     * One requirement.
     *
     * @param values of the comparison; empty for {@link Operator#EXISTS} and {@link Operator#ABSENT}
     * @param exact whether it is written with an equals sign
     */
    public record Requirement(String key, Operator operator, Set<String> values, boolean exact) {
        public Requirement {
            values = Set.copyOf(values);
        }

        String text() {
            String list = values.stream().sorted().collect(Collectors.joining(","));
            return switch (operator) {
                case EXISTS -> key;
                case ABSENT -> "!" + key;
                case IN -> exact ? key + "=" + list : key + " in (" + list + ")";
                case NOT_IN -> exact ? key + "!=" + list : key + " notin (" + list + ")";
                case GREATER -> key + ">" + list;
                case LESS -> key + "<" + list;
            };
        }

        boolean matches(Map<String, String> labels) {
            String value = labels.get(key);
            return switch (operator) {
                case EXISTS -> value != null;
                case ABSENT -> value == null;
                case IN -> value != null && values.contains(value);
                case NOT_IN -> value == null || !values.contains(value);
                case GREATER -> compares(value, 1);
                case LESS -> compares(value, -1);
            };
        }

        private boolean compares(@Nullable String value, int sign) {
            if (value == null) {
                return false;
            }
            try {
                return Long.compare(
                                Long.parseLong(value),
                                Long.parseLong(values.iterator().next()))
                        == sign;
            } catch (NumberFormatException notANumber) {
                return false;
            }
        }
    }
}
