// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.registry.AutoscalerConversion;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.Quantity;
import java.util.List;

/** HorizontalPodAutoscalers of {@code autoscaling/v2}. */
final class HorizontalPodAutoscalerStrategy extends GenericStrategy {
    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final int PERIOD_SECONDS_MAX = 1800;
    private static final int WINDOW_SECONDS_MAX = 3600;

    /** How long a step lasts that nobody has said anything about. */
    private static final int PERIOD_SECONDS = 15;

    HorizontalPodAutoscalerStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    public void setDefaults(JsonObject object) {
        AutoscalerConversion.dropAnnotations(object);
        JsonObject spec = object.child("spec");
        Defaults.pointer(spec, "minReplicas", 1);
        if (spec.arrayOrEmpty("metrics").isEmpty()) {
            spec.put("metrics", JsonArray.of(AutoscalerConversion.defaultMetric()));
        }
        JsonObject behavior = spec.object("behavior");
        if (behavior != null) {
            JsonObject up = behavior.child("scaleUp");
            Defaults.pointer(up, "stabilizationWindowSeconds", 0);
            Defaults.pointer(up, "selectPolicy", "Max");
            Defaults.pointer(up, "policies", JsonArray.of(policy("Pods", 4), policy("Percent", 100)));
            JsonObject down = behavior.child("scaleDown");
            Defaults.pointer(down, "selectPolicy", "Max");
            Defaults.pointer(down, "policies", JsonArray.of(policy("Percent", 100)));
        }
    }

    private static JsonObject policy(String type, int value) {
        return new JsonObject().put("type", type).put("value", value).put("periodSeconds", PERIOD_SECONDS);
    }

    @Override
    List<String> statusKeeps() {
        return List.of("generation", "deletionTimestamp");
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        validateSpec(object, new JsonObject(), errors);
    }

    @Override
    void validateUpdatedSpec(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        validateSpec(next, old, errors);
    }

    /** What may be wrong depends on what was there before. */
    private static void validateSpec(JsonObject object, JsonObject old, FieldErrors errors) {
        JsonObject spec = object.objectOrEmpty("spec");
        JsonObject before = old.objectOrEmpty("spec");
        int lowest = before.number("minReplicas", 1) == 0 ? 0 : 1;
        long min = spec.number("minReplicas", 1);
        long max = spec.number("maxReplicas");
        if (min < lowest) {
            errors.invalid(SPEC.child("minReplicas"), min, "must be greater than or equal to " + lowest);
        }
        if (max == 0) {
            errors.required(SPEC.child("maxReplicas"), "must be set and greater than 0");
        } else if (max < 0) {
            errors.invalid(SPEC.child("maxReplicas"), max, "must be greater than or equal to 1");
        }
        if (max < min) {
            errors.invalid(SPEC.child("maxReplicas"), max, "must be greater than or equal to `minReplicas`");
        }
        validateTarget(spec.objectOrEmpty("scaleTargetRef"), before.object("scaleTargetRef"), errors);
        List<JsonObject> metrics = spec.objects("metrics");
        AutoscalerMetricRules rules = new AutoscalerMetricRules(describesMalformed(before));
        for (int i = 0; i < metrics.size(); i++) {
            rules.validate(metrics.get(i), SPEC.child("metrics").index(i), errors);
        }
        boolean wakes = metrics.stream()
                .anyMatch(metric -> List.of("Object", "External").contains(metric.text("type")));
        if (min == 0 && !wakes) {
            errors.forbidden(
                    SPEC.child("metrics"),
                    "must specify at least one Object or External metric to support scaling to zero replicas");
        }
        JsonObject behavior = spec.objectOrEmpty("behavior");
        for (String direction : List.of("scaleUp", "scaleDown")) {
            JsonObject scaling = behavior.object(direction);
            if (scaling != null) {
                validateScaling(scaling, SPEC.child("behavior", direction), errors);
            }
        }
    }

    private static void validateTarget(
            JsonObject target, @org.jspecify.annotations.Nullable JsonObject before, FieldErrors errors) {
        boolean same = before != null
                && before.text("apiVersion").equals(target.text("apiVersion"))
                && before.text("kind").equals(target.text("kind"));
        boolean core = target.text("kind").equals("ReplicationController");
        AutoscalerMetricRules.reference(target, core, same, SPEC.child("scaleTargetRef"), errors);
    }

    /** Whether a metric that is there already describes an object of a malformed version. */
    private static boolean describesMalformed(JsonObject spec) {
        return spec.objects("metrics").stream()
                .map(metric -> metric.objectOrEmpty("object").objectOrEmpty("describedObject"))
                .anyMatch(described ->
                        !AutoscalerMetricRules.versionProblem(described, true).isEmpty());
    }

    private static void validateScaling(JsonObject rules, FieldPath path, FieldErrors errors) {
        long window = rules.number("stabilizationWindowSeconds");
        FieldPath at = path.child("stabilizationWindowSeconds");
        if (window < 0) {
            errors.invalid(at, window, "must be greater than or equal to zero");
        } else if (window > WINDOW_SECONDS_MAX) {
            errors.invalid(at, window, "must be less than or equal to " + WINDOW_SECONDS_MAX);
        }
        if (!Defaults.absent(rules, "selectPolicy")) {
            errors.oneOf(path.child("selectPolicy"), rules.text("selectPolicy"), List.of("Disabled", "Max", "Min"));
        }
        List<JsonObject> policies = rules.objects("policies");
        if (policies.isEmpty()) {
            errors.required(path.child("policies"), "must specify at least one Policy");
        }
        for (int i = 0; i < policies.size(); i++) {
            validatePolicy(policies.get(i), path.child("policies").index(i), errors);
        }
        if (!Defaults.absent(rules, "tolerance")
                && Quantity.orZero(rules.get("tolerance")).signum() < 0) {
            errors.invalid(path.child("tolerance"), rules.get("tolerance"), "must be greater than or equal to 0");
        }
    }

    private static void validatePolicy(JsonObject policy, FieldPath path, FieldErrors errors) {
        errors.oneOf(path.child("type"), policy.text("type"), List.of("Percent", "Pods"));
        long value = policy.number("value");
        if (value <= 0) {
            errors.invalid(path.child("value"), value, "must be greater than zero");
        }
        long period = policy.number("periodSeconds");
        if (period <= 0) {
            errors.invalid(path.child("periodSeconds"), period, "must be greater than zero");
        } else if (period > PERIOD_SECONDS_MAX) {
            errors.invalid(path.child("periodSeconds"), period, "must be less than or equal to " + PERIOD_SECONDS_MAX);
        }
    }

    @Override
    void validateStatus(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        JsonObject status = next.objectOrEmpty("status");
        for (String count : List.of("currentReplicas", "desiredReplicas")) {
            errors.nonnegative(FieldPath.of("status").child(count), status.number(count));
        }
    }
}
