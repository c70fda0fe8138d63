// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** MutatingAdmissionPolicies. */
final class MutatingAdmissionPolicyStrategy extends GenericStrategy {
    private static final FieldPath SPEC = FieldPath.of("spec");

    /** The member in which each type of patch says what it does. */
    private static final Map<String, String> PATCHES =
            new TreeMap<>(Map.of("ApplyConfiguration", "applyConfiguration", "JSONPatch", "jsonPatch"));

    MutatingAdmissionPolicyStrategy(ResourceDefinition resource) {
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
        List<JsonObject> mutations = spec.objects("mutations");
        if (mutations.isEmpty()) {
            errors.required(SPEC.child("mutations"), "mutations must contain at least one item");
        }
        for (int i = 0; i < mutations.size(); i++) {
            validateMutation(mutations.get(i), SPEC.child("mutations").index(i), errors);
        }
        String reinvocation = spec.text("reinvocationPolicy");
        if (reinvocation.isEmpty()) {
            errors.required(SPEC.child("reinvocationPolicy"), "");
        } else {
            errors.oneOf(SPEC.child("reinvocationPolicy"), reinvocation, List.of("IfNeeded", "Never"));
        }
    }

    private static void validateMutation(JsonObject mutation, FieldPath path, FieldErrors errors) {
        String type = mutation.text("patchType");
        String wanted = PATCHES.get(type);
        if (type.isEmpty()) {
            errors.required(path.child("patchType"), "");
        } else if (wanted == null) {
            errors.unsupported(path.child("patchType"), type, List.copyOf(PATCHES.keySet()));
        } else {
            for (String member : PATCHES.values()) {
                JsonObject patch = mutation.object(member);
                FieldPath at = path.child(member);
                if (member.equals(wanted) && patch == null) {
                    errors.required(at, "must be specified when patchType is " + type);
                } else if (member.equals(wanted)
                        && patch != null
                        && patch.text("expression").isBlank()) {
                    errors.required(at.child("expression"), "");
                } else if (!member.equals(wanted) && patch != null) {
                    errors.invalid(at, "{" + member + "}", "must not be specified when patchType is " + type);
                }
            }
        }
    }
}
