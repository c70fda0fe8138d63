// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.MetadataValidation;
import java.util.Set;

/** ResourceClaimTemplates: what claims are made from; never changes. */
final class ResourceClaimTemplateStrategy extends GenericStrategy {
    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final Set<String> FREE_METADATA = Set.of("labels", "annotations", "creationTimestamp");

    ResourceClaimTemplateStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    public void setDefaults(JsonObject object) {
        DeviceClaims.setDefaults(object.child("spec").child("spec"));
    }

    @Override
    boolean checksWholeOnUpdate() {
        return true;
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        JsonObject spec = object.objectOrEmpty("spec");
        JsonObject metadata = spec.objectOrEmpty("metadata");
        FieldPath path = SPEC.child("metadata");
        MetadataValidation.validateAnnotations(metadata.object("annotations"), path.child("annotations"), errors);
        MetadataValidation.validateLabels(metadata.object("labels"), path.child("labels"), errors);
        for (String field : metadata.names()) {
            if (!FREE_METADATA.contains(field)) {
                errors.forbidden(path.child(field), "cannot be set");
            }
        }
        DeviceClaims.validate(spec.objectOrEmpty("spec"), SPEC.child("spec"), errors);
    }

    @Override
    void validateChange(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        if (!same(next.get("spec"), old.get("spec"))) {
            errors.invalid(
                    SPEC, GoStructs.of("ResourceClaimTemplateSpec", next.objectOrEmpty("spec")), "field is immutable");
        }
    }
}
