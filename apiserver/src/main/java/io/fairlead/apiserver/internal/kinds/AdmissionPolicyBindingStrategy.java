// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** ValidatingAdmissionPolicyBindings and MutatingAdmissionPolicyBindings. */
final class AdmissionPolicyBindingStrategy extends GenericStrategy {
    private static final FieldPath SPEC = FieldPath.of("spec");

    private final boolean validating;

    AdmissionPolicyBindingStrategy(ResourceDefinition resource) {
        super(resource);
        this.validating = resource.plural().startsWith("validating");
    }

    @Override
    public void setDefaults(JsonObject object) {
        AdmissionPolicyRules.setBindingDefaults(object);
    }

    @Override
    boolean checksWholeOnUpdate() {
        return true;
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        JsonObject spec = object.objectOrEmpty("spec");
        AdmissionPolicyRules.validateBinding(spec, errors);
        if (validating) {
            validateActions(spec, SPEC.child("validationActions"), errors);
        }
    }

    private static void validateActions(JsonObject spec, FieldPath path, FieldErrors errors) {
        List<String> actions = spec.texts("validationActions");
        if (actions.isEmpty()) {
            errors.required(path, "at least one validation action is required");
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < actions.size(); i++) {
            errors.oneOf(path.index(i), actions.get(i), List.of("Audit", "Deny", "Warn"));
            if (!seen.add(actions.get(i))) {
                errors.duplicate(path.index(i), actions.get(i));
            }
        }
        if (seen.contains("Deny") && seen.contains("Warn")) {
            errors.invalid(
                    path,
                    spec.get("validationActions"),
                    "must not contain both Deny and Warn (repeating the same validation failure information in the API"
                            + " response and headers serves no purpose)");
        }
    }
}
