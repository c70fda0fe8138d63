// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.Names;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** ValidatingAdmissionPolicies. */
final class ValidatingAdmissionPolicyStrategy extends GenericStrategy {
    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final FieldPath STATUS = FieldPath.of("status");
    private static final String NOTHING_SAID = "validations or auditAnnotations must contain at least one item";
    private static final List<String> REASONS = List.of("Forbidden", "Invalid", "RequestEntityTooLarge");
    private static final int ANNOTATIONS_MAX = 20;
    private static final int ANNOTATION_BYTES_MAX = 5 * 1024;

    ValidatingAdmissionPolicyStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    public void setDefaults(JsonObject object) {
        AdmissionPolicyRules.setDefaults(object);
    }

    @Override
    boolean checksWholeOnUpdate() {
        return true;
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        JsonObject spec = object.objectOrEmpty("spec");
        AdmissionPolicyRules.validate(spec, errors);
        List<JsonObject> validations = spec.objects("validations");
        List<JsonObject> annotations = spec.objects("auditAnnotations");
        if (validations.isEmpty() && annotations.isEmpty()) {
            errors.required(SPEC.child("validations"), NOTHING_SAID);
            errors.required(SPEC.child("auditAnnotations"), NOTHING_SAID);
        }
        for (int i = 0; i < validations.size(); i++) {
            validateRule(validations.get(i), SPEC.child("validations").index(i), errors);
        }
        validateAnnotations(object.objectOrEmpty("metadata").text("name"), annotations, errors);
    }

    private static void validateRule(JsonObject rule, FieldPath path, FieldErrors errors) {
        if (rule.text("expression").isBlank()) {
            errors.required(path.child("expression"), "expression is not specified");
        }
        for (String field : List.of("messageExpression", "message")) {
            String text = rule.text(field);
            if (!text.isEmpty() && text.isBlank()) {
                errors.invalid(path.child(field), text, "must be non-empty if specified");
            }
        }
        String message = rule.text("message");
        if (message.strip().indexOf('\n') >= 0 || message.strip().indexOf('\r') >= 0) {
            errors.invalid(path.child("message"), message, "must not contain line breaks");
        }
        if (!Defaults.absent(rule, "reason")) {
            errors.oneOf(path.child("reason"), rule.text("reason"), REASONS);
        }
    }

    private static void validateAnnotations(String policy, List<JsonObject> annotations, FieldErrors errors) {
        FieldPath path = SPEC.child("auditAnnotations");
        if (annotations.size() > ANNOTATIONS_MAX) {
            JsonArray all = new JsonArray();
            annotations.forEach(annotation -> all.add(GoStructs.of("AuditAnnotation", annotation)));
            errors.invalid(path, all, "must not have more than " + ANNOTATIONS_MAX + " auditAnnotations");
        }
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < annotations.size(); i++) {
            JsonObject annotation = annotations.get(i);
            FieldPath at = path.index(i);
            String key = annotation.text("key");
            String whole = policy.isEmpty() ? key : policy + "/" + key;
            errors.invalid(at.child("key"), whole, Names.qualified(whole));
            String value = annotation.text("valueExpression");
            if (value.isBlank()) {
                errors.required(at.child("valueExpression"), "valueExpression is not specified");
            } else if (value.strip().getBytes(StandardCharsets.UTF_8).length > ANNOTATION_BYTES_MAX) {
                errors.required(
                        at.child("valueExpression"), "must not exceed " + ANNOTATION_BYTES_MAX + " bytes in length");
            }
            if (!keys.add(key)) {
                errors.duplicate(at.child("key"), key);
            }
        }
    }

    @Override
    void validateStatus(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        JsonObject status = next.objectOrEmpty("status");
        List<JsonObject> warnings = status.objectOrEmpty("typeChecking").objects("expressionWarnings");
        for (int i = 0; i < warnings.size(); i++) {
            FieldPath path = STATUS.child("typeChecking", "expressionWarnings").index(i);
            for (String field : List.of("warning", "fieldRef")) {
                if (warnings.get(i).text(field).isEmpty()) {
                    errors.required(path.child(field), "");
                }
            }
        }
        Conditions.validate(status.objects("conditions"), STATUS.child("conditions"), errors);
    }
}
