// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import java.util.List;

/** ReplicaSets. */
final class ReplicaSetStrategy extends GenericStrategy {
    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final FieldPath STATUS = FieldPath.of("status");

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
    public void prepareForCreate(Context context, JsonObject next) {
        super.prepareForCreate(context, next);
        PodTemplates.dropDisabled(next.child("spec"));
    }

    @Override
    public void prepareForUpdate(Context context, JsonObject next, JsonObject old) {
        PodTemplates.dropDisabled(next.child("spec"));
        super.prepareForUpdate(context, next, old);
    }

    @Override
    List<String> statusKeeps() {
        return List.of("generation", "deletionTimestamp");
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
        JsonObject status = next.objectOrEmpty("status");
        for (String count : List.of(
                "replicas",
                "fullyLabeledReplicas",
                "readyReplicas",
                "availableReplicas",
                "terminatingReplicas",
                "observedGeneration")) {
            errors.nonnegative(STATUS.child(count), status.number(count, 0));
        }
        for (String count : List.of("fullyLabeledReplicas", "readyReplicas")) {
            ReplicaCounts.atMost(status, count, "replicas", "status.replicas", errors);
        }
        ReplicaCounts.availableAtMostReady(status, errors);
    }
}
