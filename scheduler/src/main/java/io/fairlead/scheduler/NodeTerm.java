// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

import io.fairlead.framework.JsonCursor;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One alternative of a node selector: all its expressions hold.
 *
 * @param labels on the node's labels
 * @param fields on the node's fields, of which there is only {@code metadata.name}
 */
record NodeTerm(List<Expression> labels, List<Expression> fields) {
    NodeTerm {
        labels = List.copyOf(labels);
        fields = List.copyOf(fields);
    }

    /** A condition on one label or field. */
    record Expression(String key, String operator, List<String> values) {
        Expression {
            values = List.copyOf(values);
        }

        boolean holds(@Nullable String value) {
            return switch (operator) {
                case "In" -> value != null && values.contains(value);
                case "NotIn" -> value == null || !values.contains(value);
                case "Exists" -> value != null;
                case "DoesNotExist" -> value == null;
                case "Gt" -> compares(value, 1);
                case "Lt" -> compares(value, -1);
                default -> false;
            };
        }

        /** Whether {@code value} is a number that lies on the side of {@code sign} of the one in the expression. */
        private boolean compares(@Nullable String value, int sign) {
            if (value == null || values.size() != 1) {
                return false;
            }
            try {
                return Long.compare(Long.parseLong(value), Long.parseLong(values.getFirst())) == sign;
            } catch (NumberFormatException e) {
                return false;
            }
        }

        static List<Expression> readAll(JsonCursor json) throws IOException {
            return json.list(Expression::read);
        }

        private static Expression read(JsonCursor json) throws IOException {
            String key = "";
            String operator = "";
            List<String> values = List.of();
            json.beginObject();
            while (json.nextField()) {
                switch (json.field()) {
                    case "key" -> key = json.shared();
                    case "operator" -> operator = json.shared();
                    case "values" -> values = json.texts();
                    default -> json.skip();
                }
            }
            return new Expression(key, operator, values);
        }
    }

    /** A term without any expression selects nothing. */
    boolean matches(String nodeName, Map<String, String> nodeLabels) {
        if (labels.isEmpty() && fields.isEmpty()) {
            return false;
        }
        for (Expression field : fields) {
            if (!field.key().equals("metadata.name") || !field.holds(nodeName)) {
                return false;
            }
        }
        for (Expression label : labels) {
            if (!label.holds(nodeLabels.get(label.key()))) {
                return false;
            }
        }
        return true;
    }

    static NodeTerm read(JsonCursor json) throws IOException {
        List<Expression> labels = List.of();
        List<Expression> fields = List.of();
        json.beginObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "matchExpressions" -> labels = Expression.readAll(json);
                case "matchFields" -> fields = Expression.readAll(json);
                default -> json.skip();
            }
        }
        return new NodeTerm(labels, fields);
    }
}
