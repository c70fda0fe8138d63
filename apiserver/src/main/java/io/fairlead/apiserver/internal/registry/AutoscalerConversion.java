// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonNumber;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonReader;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.codec.JsonWriter;
import io.fairlead.apiserver.internal.codec.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Autoscalers of {@code autoscaling/v1}, which know CPU utilization only, as those of {@code autoscaling/v2}.
 *
 * <p>What the older version has no field for stands in annotations, so that nothing is lost when a client of that version
 * writes back what it read.
 */
final class AutoscalerConversion implements Conversion {
    private static final String PREFIX = "autoscaling.alpha.kubernetes.io/";
    private static final String METRICS = PREFIX + "metrics";
    private static final String BEHAVIOR = PREFIX + "behavior";
    private static final String CURRENT_METRICS = PREFIX + "current-metrics";
    private static final String CONDITIONS = PREFIX + "conditions";

    @Override
    public JsonObject toStorage(JsonObject object) {
        JsonObject next = object.deepCopy();
        next.put("apiVersion", "autoscaling/v2");
        JsonObject spec = next.child("spec");
        JsonArray metrics = new JsonArray();
        if (spec.remove("targetCPUUtilizationPercentage") instanceof JsonNumber percent) {
            metrics.add(cpu(new JsonObject().put("type", "Utilization").put("averageUtilization", percent)));
        }
        if (fromAnnotation(next, METRICS) instanceof JsonArray others) {
            others.forEach(metrics::add);
        }
        if (!metrics.isEmpty()) {
            spec.put("metrics", metrics);
        }
        if (fromAnnotation(next, BEHAVIOR) instanceof JsonObject behavior) {
            spec.put("behavior", behavior);
        }
        JsonObject status = next.child("status");
        JsonArray current = new JsonArray();
        if (status.remove("currentCPUUtilizationPercentage") instanceof JsonNumber percent) {
            JsonObject resource = new JsonObject()
                    .put("name", "cpu")
                    .put("current", new JsonObject().put("averageUtilization", percent));
            current.add(new JsonObject().put("type", "Resource").put("resource", resource));
        }
        if (fromAnnotation(next, CURRENT_METRICS) instanceof JsonArray others) {
            others.forEach(current::add);
        }
        if (!current.isEmpty()) {
            status.put("currentMetrics", current);
        }
        if (fromAnnotation(next, CONDITIONS) instanceof JsonArray conditions) {
            status.put("conditions", conditions);
        }
        return next;
    }

    @Override
    public JsonObject fromStorage(JsonObject object) {
        object.put("apiVersion", "autoscaling/v1");
        JsonObject spec = object.child("spec");
        JsonArray others = new JsonArray();
        if (spec.remove("metrics") instanceof JsonArray metrics) {
            for (JsonObject metric : metrics.objects()) {
                JsonObject target = metric.objectOrEmpty("resource").objectOrEmpty("target");
                if (isCpu(metric) && target.has("averageUtilization")) {
                    spec.put("targetCPUUtilizationPercentage", target.number("averageUtilization"));
                } else {
                    others.add(metric);
                }
            }
        }
        toAnnotation(object, METRICS, others.isEmpty() ? null : others);
        toAnnotation(object, BEHAVIOR, spec.remove("behavior"));
        JsonObject status = object.child("status");
        others = new JsonArray();
        if (status.remove("currentMetrics") instanceof JsonArray metrics) {
            for (JsonObject metric : metrics.objects()) {
                JsonObject current = metric.objectOrEmpty("resource").objectOrEmpty("current");
                if (isCpu(metric) && current.has("averageUtilization")) {
                    status.put("currentCPUUtilizationPercentage", current.number("averageUtilization"));
                } else {
                    others.add(metric);
                }
            }
        }
        toAnnotation(object, CURRENT_METRICS, others.isEmpty() ? null : others);
        toAnnotation(object, CONDITIONS, status.remove("conditions"));
        status.putIfAbsent("currentReplicas", JsonNumber.of(0));
        return object;
    }

    private static boolean isCpu(JsonObject metric) {
        return metric.text("type").equals("Resource")
                && metric.objectOrEmpty("resource").text("name").equals("cpu");
    }

    private static JsonObject cpu(JsonObject target) {
        JsonObject resource = new JsonObject().put("name", "cpu").put("target", target);
        return new JsonObject().put("type", "Resource").put("resource", resource);
    }

    private static void toAnnotation(JsonObject object, String name, @Nullable JsonValue value) {
        if (value != null) {
            object.child("metadata").child("annotations").put(name, JsonWriter.text(value));
        }
    }

    private static @Nullable JsonValue fromAnnotation(JsonObject object, String name) {
        JsonObject annotations = object.child("metadata").object("annotations");
        if (annotations == null || !annotations.has(name)) {
            return null;
        }
        String text = annotations.text(name);
        annotations.remove(name);
        if (annotations.isEmpty()) {
            object.child("metadata").remove("annotations");
        }
        try {
            return JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJsonException e) {
            // Somebody else's annotation of that name; the original drops it as well.
            return null;
        }
    }
}
