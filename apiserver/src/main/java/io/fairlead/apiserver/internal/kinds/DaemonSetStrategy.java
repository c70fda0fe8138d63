// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.IntOrPercent;
import io.fairlead.apiserver.internal.validation.LabelSelectors;
import java.util.List;

/** DaemonSets. */
final class DaemonSetStrategy extends TemplateStrategy {
    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final FieldPath STATUS = FieldPath.of("status");

    /** Where the generation of the template stands since its field is gone from the API. */
    private static final String TEMPLATE_GENERATION = "deprecated.daemonset.template.generation";

    DaemonSetStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    public void setDefaults(JsonObject object) {
        JsonObject spec = object.child("spec");
        PodDefaults.ofTemplate(spec);
        JsonObject strategy = spec.child("updateStrategy");
        Defaults.text(strategy, "type", "RollingUpdate");
        if (strategy.text("type").equals("RollingUpdate")) {
            JsonObject rolling = strategy.child("rollingUpdate");
            Defaults.pointer(rolling, "maxUnavailable", 1);
            Defaults.pointer(rolling, "maxSurge", 0);
        }
        Defaults.pointer(spec, "revisionHistoryLimit", 10);
        // The count is a field of the original's own form of the object, so it comes with every object that is read.
        Defaults.text(object.child("metadata").child("annotations"), TEMPLATE_GENERATION, "0");
    }

    @Override
    public void prepareForCreate(Context context, JsonObject next) {
        super.prepareForCreate(context, next);
        putTemplateGeneration(next, 1);
    }

    @Override
    public void prepareForUpdate(Context context, JsonObject next, JsonObject old) {
        super.prepareForUpdate(context, next, old);
        boolean changed = !same(
                next.objectOrEmpty("spec").get("template"),
                old.objectOrEmpty("spec").get("template"));
        putTemplateGeneration(next, templateGeneration(old) + (changed ? 1 : 0));
    }

    @Override
    public void prepareForStatusUpdate(Context context, JsonObject next, JsonObject old) {
        super.prepareForStatusUpdate(context, next, old);
        putTemplateGeneration(next, templateGeneration(old));
    }

    @Override
    public List<String> servedAnnotations() {
        return List.of(TEMPLATE_GENERATION);
    }

    private static long templateGeneration(JsonObject set) {
        String text = set.objectOrEmpty("metadata").objectOrEmpty("annotations").text(TEMPLATE_GENERATION);
        try {
            return text.isEmpty() ? 0 : Long.parseLong(text);
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }

    private static void putTemplateGeneration(JsonObject set, long generation) {
        set.child("metadata").child("annotations").put(TEMPLATE_GENERATION, Long.toString(generation));
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        JsonObject spec = object.objectOrEmpty("spec");
        JsonObject selector = spec.object("selector");
        JsonObject template = spec.objectOrEmpty("template");
        FieldPath path = SPEC.child("template");
        LabelSelectors.validate(selector, SPEC.child("selector"), errors);
        if (!LabelSelectors.malformed(selector)) {
            PodTemplates.validateSelects(selector, template, path, errors);
        }
        if (selector != null && LabelSelectors.empty(selector)) {
            errors.invalid(
                    SPEC.child("selector"), LabelSelectors.asText(selector), "empty selector is invalid for daemonset");
        }
        PodValidation.validateTemplate(template, path, errors);
        PodTemplates.validateAlwaysRestarts(template, "DaemonSet", path, errors);
        errors.nonnegative(SPEC.child("minReadySeconds"), spec.number("minReadySeconds", 0));
        validateStrategy(spec.objectOrEmpty("updateStrategy"), SPEC.child("updateStrategy"), errors);
        errors.nonnegative(SPEC.child("revisionHistoryLimit"), spec.number("revisionHistoryLimit", 0));
    }

    private static void validateStrategy(JsonObject strategy, FieldPath path, FieldErrors errors) {
        JsonObject rolling = strategy.object("rollingUpdate");
        switch (strategy.text("type")) {
            case "OnDelete" -> {
                // Nothing more to say.
            }
            case "RollingUpdate" -> {
                if (rolling == null) {
                    errors.required(path.child("rollingUpdate"), "");
                } else {
                    validateRolling(rolling, path.child("rollingUpdate"), errors);
                }
            }
            default -> {
                JsonValue text = rolling == null ? JsonNull.NULL : rolling;
                errors.unsupported(
                        path,
                        new JsonObject().put("Type", strategy.text("type")).put("RollingUpdate", text),
                        List.of("RollingUpdate", "OnDelete"));
            }
        }
    }

    private static void validateRolling(JsonObject rolling, FieldPath path, FieldErrors errors) {
        JsonValue unavailable = rolling.get("maxUnavailable");
        JsonValue surge = rolling.get("maxSurge");
        IntOrPercent.validate(unavailable, path.child("maxUnavailable"), errors);
        IntOrPercent.validate(surge, path.child("maxSurge"), errors);
        boolean someUnavailable = IntOrPercent.numberOrPercent(unavailable) != 0;
        boolean someSurge = IntOrPercent.numberOrPercent(surge) != 0;
        if (someUnavailable && someSurge) {
            errors.invalid(path.child("maxSurge"), surge, "may not be set when maxUnavailable is non-zero");
        } else if (!someUnavailable && !someSurge) {
            errors.required(path.child("maxUnavailable"), "cannot be 0 when maxSurge is 0");
        }
        IntOrPercent.atMostAll(unavailable, path.child("maxUnavailable"), errors);
        IntOrPercent.atMostAll(surge, path.child("maxSurge"), errors);
    }

    @Override
    void validateChange(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        PodTemplates.validateFixedSelector(next, old, errors);
    }

    @Override
    void validateStatus(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        JsonObject status = next.objectOrEmpty("status");
        for (String count : List.of(
                "currentNumberScheduled",
                "numberMisscheduled",
                "desiredNumberScheduled",
                "numberReady",
                "observedGeneration",
                "updatedNumberScheduled",
                "numberAvailable",
                "numberUnavailable",
                "collisionCount")) {
            errors.nonnegative(STATUS.child(count), status.number(count, 0));
        }
        ReplicaCounts.collisionsOnlyRise(status, old.objectOrEmpty("status"), errors);
    }
}
