// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldError;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.MetadataValidation;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Pods: the main resource and its status. */
final class PodStrategy extends GenericStrategy {
    PodStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    public void setDefaults(JsonObject object) {
        PodDefaults.ofPod(object);
    }

    @Override
    public void prepareForCreate(Context context, JsonObject next) {
        super.prepareForCreate(context, next);
        JsonObject spec = next.child("spec");
        PodFeatures.dropDisabled(spec);
        keepGraceInBounds(spec);
        JsonObject status = new JsonObject().put("phase", "Pending").put("qosClass", PodResources.qosClass(spec));
        next.put("status", status);
        PodScheduling.mergeMatchLabelKeys(next);
        if (!spec.arrayOrEmpty("schedulingGates").isEmpty()) {
            status.put("conditions", JsonArray.of(gated(context)));
        }
    }

    /** A negative time to stop means as little as possible. */
    private static void keepGraceInBounds(JsonObject spec) {
        if (spec.number("terminationGracePeriodSeconds", 0) < 0) {
            spec.put("terminationGracePeriodSeconds", 1);
        }
    }

    private static JsonObject gated(Context context) {
        return new JsonObject()
                .put("type", "PodScheduled")
                .put("status", "False")
                .put("lastProbeTime", JsonNull.NULL)
                .put(
                        "lastTransitionTime",
                        context.now().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("reason", "SchedulingGated")
                .put("message", "Scheduling is blocked due to non-empty scheduling gates");
    }

    @Override
    public void prepareForUpdate(Context context, JsonObject next, JsonObject old) {
        PodFeatures.dropDisabled(next.child("spec"));
        if (old.objectOrEmpty("spec").number("terminationGracePeriodSeconds", 0) >= 0) {
            keepGraceInBounds(next.child("spec"));
        }
        super.prepareForUpdate(context, next, old);
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        PodValidation.validatePod(object, errors);
    }

    @Override
    public List<FieldError> validate(Context context, JsonObject object) {
        List<FieldError> errors = new ArrayList<>(super.validate(context, object));
        if (!object.objectOrEmpty("spec").arrayOrEmpty("ephemeralContainers").isEmpty()) {
            errors.add(new FieldError(
                    FieldError.Kind.FORBIDDEN, "spec.ephemeralContainers", null, "cannot be set on create"));
        }
        return errors;
    }

    @Override
    void validateChange(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        PodUpdates.validate(next, old, errors);
    }

    @Override
    void validateStatus(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        PodStatuses.validate(next, old, errors);
    }

    @Override
    boolean checksWholeOnUpdate() {
        return true;
    }

    @Override
    public List<String> warnings(Context context, JsonObject next) {
        return PodWarnings.ofPod(next);
    }

    /** Updates of pods are the business of programs, which do not read warnings. */
    @Override
    public List<String> warningsOnUpdate(Context context, JsonObject next, JsonObject old) {
        return List.of();
    }

    @Override
    public void prepareForStatusUpdate(Context context, JsonObject next, JsonObject old) {
        super.prepareForStatusUpdate(context, next, old);
        JsonObject status = next.child("status");
        JsonObject before = old.objectOrEmpty("status");
        if (status.text("qosClass").isEmpty()) {
            copy("qosClass", before, status);
        }
    }

    @Override
    public void prepareForSubresource(String subresource, Context context, JsonObject next, JsonObject old) {
        PodFeatures.dropDisabled(next.child("spec"));
        PodSubresources.prepare(subresource, next, old);
    }

    @Override
    public List<FieldError> validateSubresource(String subresource, Context context, JsonObject next, JsonObject old) {
        FieldErrors errors = new FieldErrors();
        MetadataValidation.validateUpdateOfKind(next, old, errors);
        PodSubresources.validate(subresource, next, old, errors);
        return errors.toList();
    }

    @Override
    List<String> statusKeeps() {
        return List.of("ownerReferences", "generation", "deletionTimestamp");
    }

    @Override
    public List<String> statusResetFields() {
        return List.of("spec", "metadata.deletionTimestamp", "metadata.ownerReferences");
    }
}
