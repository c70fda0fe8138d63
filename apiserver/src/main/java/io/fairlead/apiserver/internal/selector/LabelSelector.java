// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.selector;

import java.util.List;
import java.util.Map;
import java.util.Set;
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
     */
    public record Requirement(String key, Operator operator, Set<String> values) {
        public Requirement {
            values = Set.copyOf(values);
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
