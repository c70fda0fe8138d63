// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonNumber;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.IntOrPercent;
import java.util.List;

/** Deployments. */
final class DeploymentStrategy extends TemplateStrategy {
    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final FieldPath STATUS = FieldPath.of("status");

    DeploymentStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    public void setDefaults(JsonObject object) {
        JsonObject spec = object.child("spec");
        PodDefaults.ofTemplate(spec);
        Defaults.pointer(spec, "replicas", 1);
        JsonObject strategy = spec.child("strategy");
        Defaults.text(strategy, "type", "RollingUpdate");
        if (strategy.text("type").equals("RollingUpdate")) {
            JsonObject rolling = strategy.child("rollingUpdate");
            Defaults.pointer(rolling, "maxUnavailable", "25%");
            Defaults.pointer(rolling, "maxSurge", "25%");
        }
        Defaults.pointer(spec, "revisionHistoryLimit", 10);
        Defaults.pointer(spec, "progressDeadlineSeconds", 600);
    }

    @Override
    boolean wishChanged(JsonObject next, JsonObject old) {
        // Annotations may be wishes here, because rollouts were steered by them once.
        JsonObject annotations = next.objectOrEmpty("metadata").objectOrEmpty("annotations");
        return super.wishChanged(next, old)
                || !annotations.equals(old.objectOrEmpty("metadata").objectOrEmpty("annotations"));
    }

    @Override
    List<String> statusKeeps() {
        return List.of("labels", "generation", "deletionTimestamp");
    }

    @Override
    public List<String> statusResetFields() {
        return List.of("spec", "metadata.labels");
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        JsonObject spec = object.objectOrEmpty("spec");
        errors.nonnegative(SPEC.child("replicas"), spec.number("replicas", 0));
        PodTemplates.validateSelected(spec, SPEC, errors);
        validateStrategy(spec.objectOrEmpty("strategy"), errors);
        long minReady = spec.number("minReadySeconds", 0);
        errors.nonnegative(SPEC.child("minReadySeconds"), minReady);
        errors.nonnegative(SPEC.child("revisionHistoryLimit"), spec.number("revisionHistoryLimit", 0));
        if (!Defaults.absent(spec, "progressDeadlineSeconds")) {
            long deadline = spec.number("progressDeadlineSeconds", 0);
            errors.nonnegative(SPEC.child("progressDeadlineSeconds"), deadline);
            if (deadline <= minReady) {
                errors.invalid(SPEC.child("progressDeadlineSeconds"), deadline, "must be greater than minReadySeconds");
            }
        }
    }

    private static void validateStrategy(JsonObject strategy, FieldErrors errors) {
        FieldPath path = SPEC.child("strategy");
        JsonObject rolling = strategy.object("rollingUpdate");
        switch (strategy.text("type")) {
            case "Recreate" -> {
                if (rolling != null) {
                    errors.forbidden(
                            path.child("rollingUpdate"), "may not be specified when strategy `type` is 'Recreate'");
                }
            }
            case "RollingUpdate" -> {
                if (rolling == null) {
                    errors.required(path.child("rollingUpdate"), "this should be defaulted and never be nil");
                } else {
                    validateRolling(rolling, path.child("rollingUpdate"), errors);
                }
            }
            default ->
                errors.unsupported(
                        path,
                        new JsonObject()
                                .put("Type", strategy.text("type"))
                                .put("RollingUpdate", rollingAsText(rolling)),
                        List.of("Recreate", "RollingUpdate"));
        }
    }

    private static JsonValue rollingAsText(@org.jspecify.annotations.Nullable JsonObject rolling) {
        if (rolling == null) {
            return JsonNull.NULL;
        }
        return new JsonObject()
                .put("MaxUnavailable", orZero(rolling.get("maxUnavailable")))
                .put("MaxSurge", orZero(rolling.get("maxSurge")));
    }

    private static JsonValue orZero(@org.jspecify.annotations.Nullable JsonValue value) {
        return value == null ? JsonNumber.of(0) : value;
    }

    private static void validateRolling(JsonObject rolling, FieldPath path, FieldErrors errors) {
        JsonValue unavailable = rolling.get("maxUnavailable");
        JsonValue surge = rolling.get("maxSurge");
        IntOrPercent.validate(unavailable, path.child("maxUnavailable"), errors);
        IntOrPercent.validate(surge, path.child("maxSurge"), errors);
        if (IntOrPercent.numberOrPercent(unavailable) == 0 && IntOrPercent.numberOrPercent(surge) == 0) {
            errors.invalid(path.child("maxUnavailable"), unavailable, "may not be 0 when `maxSurge` is 0");
        }
        IntOrPercent.atMostAll(unavailable, path.child("maxUnavailable"), errors);
    }

    @Override
    void validateChange(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        PodTemplates.validateFixedSelector(next, old, errors);
    }

    @Override
    void validateStatus(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        JsonObject status = next.objectOrEmpty("status");
        for (String count : List.of(
                "observedGeneration",
                "replicas",
                "updatedReplicas",
                "readyReplicas",
                "availableReplicas",
                "unavailableReplicas",
                "terminatingReplicas",
                "collisionCount")) {
            errors.nonnegative(STATUS.child(count), status.number(count, 0));
        }
        for (String count : List.of("updatedReplicas", "readyReplicas")) {
            ReplicaCounts.atMost(status, count, "replicas", "status.replicas", errors);
        }
        ReplicaCounts.availableAtMostReady(status, errors);
        ReplicaCounts.collisionsOnlyRise(status, old.objectOrEmpty("status"), errors);
    }
}
