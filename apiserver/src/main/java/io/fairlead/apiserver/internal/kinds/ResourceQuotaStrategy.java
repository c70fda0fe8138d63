// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import java.util.List;
import java.util.Set;

/** ResourceQuotas. */
final class ResourceQuotaStrategy extends GenericStrategy {
    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final FieldPath STATUS = FieldPath.of("status");
    private static final Set<String> SCOPES = Set.of(
            "Terminating",
            "NotTerminating",
            "BestEffort",
            "NotBestEffort",
            "PriorityClass",
            "CrossNamespacePodAffinity",
            "VolumeAttributesClass");
    private static final Set<String> COMPUTE =
            Set.of("pods", "cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory");

    ResourceQuotaStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    public void setDefaults(JsonObject object) {
        Defaults.roundResources(object.child("spec"), "hard");
        JsonObject status = object.object("status");
        if (status != null) {
            Defaults.roundResources(status, "hard");
            Defaults.roundResources(status, "used");
        }
    }

    @Override
    List<String> statusKeeps() {
        return List.of("generation", "deletionTimestamp");
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        JsonObject spec = object.objectOrEmpty("spec");
        validateAmounts(spec.objectOrEmpty("hard"), SPEC.child("hard"), errors);
        if (!spec.arrayOrEmpty("scopes").isEmpty()) {
            validateScopes(spec, errors);
        }
        for (JsonObject expression : spec.objectOrEmpty("scopeSelector").objects("matchExpressions")) {
            validateExpression(spec, expression, errors);
        }
    }

    private static void validateAmounts(JsonObject amounts, FieldPath path, FieldErrors errors) {
        amounts.forEach((name, amount) -> {
            FieldPath at = path.key(name);
            ResourceNames.validate(name, at, errors);
            if (name.indexOf('/') < 0 && !ResourceNames.isOfQuotas(name)) {
                errors.invalid(at, name, "must be a standard resource for quota");
            }
            ResourceNames.validateAmount(name, amount, at, errors);
        });
    }

    private static void validateScopes(JsonObject spec, FieldErrors errors) {
        List<String> scopes = spec.texts("scopes");
        FieldPath path = SPEC.child("scopes");
        for (String scope : scopes) {
            if (!SCOPES.contains(scope)) {
                errors.invalid(path, spec.get("scopes"), "unsupported scope");
            }
            for (String name : spec.objectOrEmpty("hard").names()) {
                if (ResourceNames.isOfQuotas(name) && !applies(scope, name)) {
                    errors.invalid(path, spec.get("scopes"), "unsupported scope applied to resource");
                }
            }
        }
        boolean conflict = (scopes.contains("BestEffort") && scopes.contains("NotBestEffort"))
                || (scopes.contains("Terminating") && scopes.contains("NotTerminating"));
        if (conflict) {
            errors.invalid(path, spec.get("scopes"), "conflicting scopes");
        }
    }

    private static boolean applies(String scope, String resource) {
        return switch (scope) {
            case "Terminating", "NotTerminating", "NotBestEffort", "PriorityClass", "CrossNamespacePodAffinity" ->
                COMPUTE.contains(resource) || resource.endsWith("ephemeral-storage") || resource.contains("hugepages-");
            case "BestEffort" -> resource.equals("pods");
            default -> true;
        };
    }

    private static void validateExpression(JsonObject spec, JsonObject expression, FieldErrors errors) {
        FieldPath path = SPEC.child("scopeSelector", "matchExpressions");
        String scope = expression.text("scopeName");
        String operator = expression.text("operator");
        List<String> values = expression.texts("values");
        if (!SCOPES.contains(scope)) {
            errors.invalid(path.child("scopeName"), scope, "unsupported scope");
        }
        for (String name : spec.objectOrEmpty("hard").names()) {
            if (ResourceNames.isOfQuotas(name) && !applies(scope, name)) {
                errors.invalid(
                        SPEC.child("scopeSelector"),
                        spec.get("scopeSelector"),
                        "unsupported scope applied to resource");
            }
        }
        switch (operator) {
            case "In", "NotIn" -> {
                if (values.isEmpty()) {
                    errors.required(
                            path.child("values"),
                            "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (!values.isEmpty()) {
                    errors.invalid(
                            path.child("values"),
                            expression.get("values"),
                            "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector");
                }
            }
            default -> errors.invalid(path.child("operator"), operator, "not a valid selector operator");
        }
    }

    @Override
    void validateChange(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        JsonObject spec = next.objectOrEmpty("spec");
        JsonObject before = old.objectOrEmpty("spec");
        boolean same = Set.copyOf(spec.texts("scopes")).equals(Set.copyOf(before.texts("scopes")));
        if (!same) {
            errors.invalid(SPEC.child("scopes"), spec.get("scopes"), "field is immutable");
        }
    }

    @Override
    void validateStatus(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        JsonObject status = next.objectOrEmpty("status");
        for (String field : List.of("hard", "used")) {
            status.objectOrEmpty(field).forEach((name, amount) -> {
                ResourceNames.validate(name, STATUS.child(field).key(name), errors);
                ResourceNames.validateAmount(name, amount, STATUS.child(field).key(name), errors);
            });
        }
    }
}
