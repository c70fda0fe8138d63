// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import java.util.List;

/** Rules in the schema of a custom resource: what is said beside the expressions, which are not looked at. */
final class SchemaRules {
    private static final List<String> REASONS =
            List.of("FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired");

    private SchemaRules() {}

    static void validate(List<JsonObject> rules, FieldPath path, FieldErrors errors) {
        for (int i = 0; i < rules.size(); i++) {
            JsonObject rule = rules.get(i);
            FieldPath at = path.index(i);
            String expression = rule.text("rule").strip();
            String message = rule.text("message");
            if (expression.isEmpty()) {
                errors.required(at.child("rule"), "rule is not specified");
            }
            if (!message.isEmpty() && message.isBlank()) {
                errors.invalid(at.child("message"), message, "must be non-empty if specified");
            } else if (hasLineBreak(message.strip())) {
                errors.invalid(at.child("message"), message, "must not contain line breaks");
            } else if (hasLineBreak(expression) && message.isEmpty()) {
                errors.required(at.child("message"), "message must be specified if rule contains line breaks");
            }
            String other = rule.text("messageExpression");
            if (!other.isEmpty() && other.isBlank()) {
                errors.required(at.child("messageExpression"), "must be non-empty if specified");
            }
            if (!Defaults.absent(rule, "reason")) {
                errors.oneOf(at.child("reason"), rule.text("reason"), REASONS);
            }
        }
    }

    private static boolean hasLineBreak(String text) {
        return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
    }
}
