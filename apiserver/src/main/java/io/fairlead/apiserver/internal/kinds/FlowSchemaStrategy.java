// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.Names;
import java.util.List;

/** FlowSchemas: which requests belong to which level of priority. */
final class FlowSchemaStrategy extends GenericStrategy {
    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final int PRECEDENCE = 1_000;
    private static final int PRECEDENCE_MAX = 10_000;

    FlowSchemaStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    public void setDefaults(JsonObject object) {
        Defaults.number(object.child("spec"), "matchingPrecedence", PRECEDENCE);
    }

    @Override
    boolean checksWholeOnUpdate() {
        return true;
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        JsonObject spec = object.objectOrEmpty("spec");
        String name = object.objectOrEmpty("metadata").text("name");
        validatePrecedence(spec.number("matchingPrecedence"), name.equals(MandatoryFlows.EXEMPT), errors);
        JsonObject method = spec.object("distinguisherMethod");
        if (method != null && !List.of("ByNamespace", "ByUser").contains(method.text("type"))) {
            errors.unsupported(
                    SPEC.child("distinguisherMethod", "type"),
                    GoStructs.of("FlowDistinguisherMethod", method),
                    List.of("ByNamespace", "ByUser"));
        }
        String level = spec.objectOrEmpty("priorityLevelConfiguration").text("name");
        FieldPath path = SPEC.child("priorityLevelConfiguration", "name");
        if (level.isEmpty()) {
            errors.required(path, "must reference a priority level");
        } else {
            errors.invalid(path, level, Names.dnsSubdomain(level));
        }
        List<JsonObject> rules = spec.objects("rules");
        for (int i = 0; i < rules.size(); i++) {
            FlowRules.validate(rules.get(i), SPEC.child("rules").index(i), errors);
        }
        MandatoryFlows.validateSchema(name, spec, SPEC, errors);
        FlowRules.validateConditions(object.objectOrEmpty("status"), errors);
    }

    private static void validatePrecedence(long precedence, boolean exempt, FieldErrors errors) {
        FieldPath path = SPEC.child("matchingPrecedence");
        if (precedence <= 0) {
            errors.invalid(path, precedence, "must be a positive value");
        } else if (precedence > PRECEDENCE_MAX) {
            errors.invalid(path, precedence, "must not be greater than " + PRECEDENCE_MAX);
        } else if (precedence == 1 && !exempt) {
            errors.invalid(path, precedence, "only the schema named 'exempt' may have matchingPrecedence 1");
        }
    }

    @Override
    void validateStatus(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        FlowRules.validateConditions(next.objectOrEmpty("status"), errors);
    }
}
