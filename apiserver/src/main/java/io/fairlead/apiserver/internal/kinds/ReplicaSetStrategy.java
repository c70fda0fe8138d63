// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;

/** ReplicaSets. */
final class ReplicaSetStrategy extends TemplateStrategy {
    private static final FieldPath SPEC = FieldPath.of("spec");

    ReplicaSetStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    public void setDefaults(JsonObject object) {
        JsonObject spec = object.child("spec");
        PodDefaults.ofTemplate(spec);
        Defaults.pointer(spec, "replicas", 1);
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        JsonObject spec = object.objectOrEmpty("spec");
        errors.nonnegative(SPEC.child("replicas"), spec.number("replicas", 0));
        errors.nonnegative(SPEC.child("minReadySeconds"), spec.number("minReadySeconds", 0));
        PodTemplates.validateSelected(spec, SPEC, errors);
    }

    @Override
    void validateChange(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        PodTemplates.validateFixedSelector(next, old, errors);
    }

    @Override
    void validateStatus(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        ReplicaCounts.validateReplicaSetStatus(next.objectOrEmpty("status"), errors);
    }
}
