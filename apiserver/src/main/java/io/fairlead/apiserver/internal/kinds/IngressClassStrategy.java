// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.MetadataValidation;
import io.fairlead.apiserver.internal.validation.Names;
import java.util.List;

/** IngressClasses. */
final class IngressClassStrategy extends GenericStrategy {
    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final int CONTROLLER_MAX = 250;

    IngressClassStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    public void setDefaults(JsonObject object) {
        JsonObject parameters = object.child("spec").object("parameters");
        if (parameters != null) {
            Defaults.pointer(parameters, "scope", "Cluster");
        }
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        JsonObject spec = object.objectOrEmpty("spec");
        String controller = spec.text("controller");
        FieldPath path = SPEC.child("controller");
        int slash = controller.indexOf('/');
        if (controller.length() > CONTROLLER_MAX) {
            errors.tooLong(path, CONTROLLER_MAX);
        }
        if (controller.isEmpty()) {
            errors.required(path, "");
        } else if (slash <= 0 || slash == controller.length() - 1) {
            errors.invalid(path, controller, "must be a domain-prefixed path (such as \"acme.io/foo\")");
        } else {
            String domain = controller.substring(0, slash);
            errors.invalid(path, domain, Names.dnsSubdomain(domain));
        }
        JsonObject parameters = spec.object("parameters");
        if (parameters != null) {
            validateParameters(parameters, SPEC.child("parameters"), errors);
        }
    }

    private static void validateParameters(JsonObject parameters, FieldPath path, FieldErrors errors) {
        for (String field : List.of("kind", "name")) {
            String value = parameters.text(field);
            if (value.isEmpty()) {
                errors.required(path.child(field), "");
            } else {
                errors.invalid(path.child(field), value, Names.pathSegment(value));
            }
        }
        String scope = parameters.text("scope");
        boolean named = !parameters.text("namespace").isEmpty();
        errors.oneOf(path.child("scope"), scope, List.of("Cluster", "Namespace"));
        if (scope.equals("Namespace") && !named) {
            errors.required(path.child("namespace"), "`parameters.scope` is set to 'Namespace'");
        } else if (scope.equals("Cluster") && named) {
            errors.forbidden(path.child("namespace"), "`parameters.scope` is set to 'Cluster'");
        }
    }

    @Override
    void validateChange(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        MetadataValidation.immutable(
                next.objectOrEmpty("spec").get("controller"),
                old.objectOrEmpty("spec").get("controller"),
                SPEC.child("controller"),
                errors);
    }
}
