// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.selector;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Requirements on fields, all of which must be met. Immutable. */
public record FieldSelector(List<Requirement> requirements) {
    /** Selects everything. */
    public static final FieldSelector EVERYTHING = new FieldSelector(List.of());

    public FieldSelector {
        requirements = List.copyOf(requirements);
    }

    /** One requirement; {@code equal} false means that the field must have another value. */
    public record Requirement(String field, boolean equal, String value) {}

    /**
     * Reads the form of queries, such as {@code spec.nodeName=a,status.phase!=Failed}.
     *
     * @throws SelectorException if it is not of that form
     */
    public static FieldSelector parse(String text) {
        List<Requirement> requirements = new ArrayList<>();
        String unreadable = "";
        for (String term : terms(text)) {
            if (term.isEmpty()) {
                continue;
            }
            if (term.indexOf('=') < 0) {
                // As upstream, which goes through the terms sorted and complains of the first it cannot read.
                unreadable = unreadable.isEmpty() || term.compareTo(unreadable) < 0 ? term : unreadable;
            } else {
                requirements.add(requirement(term));
            }
        }
        if (!unreadable.isEmpty()) {
            throw new SelectorException("invalid selector: '" + text + "'; can't understand '" + unreadable + "'");
        }
        return new FieldSelector(requirements);
    }

    /** Whether it selects everything. */
    public boolean isEmpty() {
        return requirements.isEmpty();
    }

    /** Whether an object is selected whose field of a name has the value that {@code fields} tells. */
    public boolean matches(UnaryOperator<String> fields) {
        for (Requirement each : requirements) {
            if (fields.apply(each.field).equals(each.value) != each.equal) {
                return false;
            }
        }
        return true;
    }

    /** The one value that {@code field} must have; empty if there is no such requirement. */
    public Optional<String> exactly(String field) {
        return requirements.stream()
                .filter(each -> each.equal && each.field.equals(field))
                .map(Requirement::value)
                .findFirst();
    }

    private static List<String> terms(String text) {
        List<String> terms = new ArrayList<>();
        int start = 0;
        boolean escaped = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (escaped) {
                escaped = false;
            } else if (c == '\\') {
                escaped = true;
            } else if (c == ',') {
                terms.add(text.substring(start, i));
                start = i + 1;
            }
        }
        terms.add(text.substring(start));
        return terms;
    }

    private static Requirement requirement(String term) {
        for (int i = 0; i < term.length(); i++) {
            for (String operator : List.of("!=", "==", "=")) {
                if (term.startsWith(operator, i)) {
                    return new Requirement(
                            term.substring(0, i),
                            !operator.equals("!="),
                            unescaped(term.substring(i + operator.length())));
                }
            }
        }
        throw new IllegalStateException("no operator in " + term);
    }

    private static String unescaped(String value) {
        StringBuilder plain = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\') {
                char next = i + 1 < value.length() ? value.charAt(i + 1) : 0;
                if (next != '\\' && next != ',' && next != '=') {
                    throw new SelectorException("invalid field selector: invalid escape sequence: \\"
                            + (next == 0 ? "" : String.valueOf(next)));
                }
                plain.append(next);
                i++;
            } else if (c == ',' || c == '=') {
                throw new SelectorException("invalid field selector: unescaped character in value: " + (int) c);
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
