// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonNumber;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonReader;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.codec.JsonWriter;
import io.fairlead.apiserver.internal.codec.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Autoscalers of {@code autoscaling/v1}, which know CPU utilization only, as those of {@code autoscaling/v2}.
 *
 * <p>What the older version has no field for stands in annotations, so that nothing is lost when a client of that version
 * writes back what it read. An annotation that cannot be read is dropped, as the original does. Pure; any thread may call it.
 */
public final class AutoscalerConversion implements Conversion {
    private static final String PREFIX = "autoscaling.alpha.kubernetes.io/";
    private static final String METRICS = PREFIX + "metrics";
    private static final String BEHAVIOR = PREFIX + "behavior";
    private static final String CURRENT_METRICS = PREFIX + "current-metrics";
    private static final String CONDITIONS = PREFIX + "conditions";
    private static final List<String> ANNOTATIONS = List.of(METRICS, BEHAVIOR, CURRENT_METRICS, CONDITIONS);

    /** What the original asks of an autoscaler that says nothing: this share of the requested CPU. */
    private static final int UTILIZATION_DEFAULT = 80;

    /** The annotation is the JSON of Go's internal types, which write every field, in this order. */
    private static final List<String> RULES =
            List.of("stabilizationWindowSeconds", "selectPolicy", "policies", "tolerance");

    private static final List<String> POLICY = List.of("type", "value", "periodSeconds");

    @Override
    public JsonObject toStorage(JsonObject object) {
        return newer(object.deepCopy());
    }

    @Override
    public JsonObject fromStorage(JsonObject object) {
        return older(object);
    }

    /** The metric that an autoscaler without any gets. */
    public static JsonObject defaultMetric() {
        return cpu(JsonNumber.of(UTILIZATION_DEFAULT));
    }

    /** Takes away the annotations that only the older version has a meaning for. */
    public static void dropAnnotations(JsonObject object) {
        JsonObject metadata = object.child("metadata");
        JsonObject annotations = metadata.object("annotations");
        if (annotations == null) {
            return;
        }
        ANNOTATIONS.forEach(annotations::remove);
        if (annotations.isEmpty()) {
            metadata.remove("annotations");
        }
    }

    /** {@code object}, of the older version, in the newer one; takes it apart. */
    public static JsonObject newer(JsonObject object) {
        object.put("apiVersion", "autoscaling/v2");
        JsonObject spec = object.child("spec");
        JsonArray metrics = AutoscalerMetrics.WISHED.toNewer(annotation(object, METRICS));
        if (metrics == null) {
            metrics = new JsonArray();
        }
        if (spec.remove("targetCPUUtilizationPercentage") instanceof JsonNumber percent) {
            metrics.add(cpu(percent));
        }
        if (metrics.isEmpty()) {
            metrics.add(defaultMetric());
        }
        spec.put("metrics", metrics);
        if (annotation(object, BEHAVIOR) instanceof JsonObject behavior) {
            JsonObject read = behaviorOf(behavior);
            if (!read.isEmpty()) {
                spec.put("behavior", read);
            }
        }
        JsonObject status = object.child("status");
        JsonArray seen = AutoscalerMetrics.SEEN.toNewer(annotation(object, CURRENT_METRICS));
        JsonValue percent = status.remove("currentCPUUtilizationPercentage");
        if (seen == null && percent instanceof JsonNumber number) {
            JsonObject current = new JsonObject().put("averageUtilization", number);
            JsonObject resource = new JsonObject().put("name", "cpu").put("current", current);
            seen = JsonArray.of(new JsonObject().put("type", "Resource").put("resource", resource));
        }
        status.put("currentMetrics", seen == null || seen.isEmpty() ? JsonNull.NULL : seen);
        if (annotation(object, CONDITIONS) instanceof JsonArray conditions && !conditions.isEmpty()) {
            status.put("conditions", conditions);
        }
        if (status.number("currentReplicas") == 0) {
            status.remove("currentReplicas");
        }
        dropAnnotations(object);
        return object;
    }

    /** {@code object}, of the newer version, in the older one; takes it apart. */
    public static JsonObject older(JsonObject object) {
        object.put("apiVersion", "autoscaling/v1");
        dropAnnotations(object);
        JsonObject spec = object.child("spec");
        List<JsonObject> others = new ArrayList<>();
        if (spec.remove("metrics") instanceof JsonArray metrics) {
            for (JsonObject metric : metrics.objects()) {
                JsonObject target = metric.objectOrEmpty("resource").objectOrEmpty("target");
                if (!isCpu(metric) || !(target.get("averageUtilization") instanceof JsonNumber percent)) {
                    others.add(metric);
                } else if (!spec.has("targetCPUUtilizationPercentage")) {
                    spec.put("targetCPUUtilizationPercentage", percent);
                }
            }
        }
        if (spec.remove("behavior") instanceof JsonObject behavior) {
            annotate(object, BEHAVIOR, textOf(behavior));
        }
        JsonObject status = object.child("status");
        JsonValue conditions = status.remove("conditions");
        if (conditions instanceof JsonArray array && !array.isEmpty()) {
            annotate(object, CONDITIONS, array);
        }
        JsonValue seen = status.remove("currentMetrics");
        if (seen instanceof JsonArray metrics && !metrics.isEmpty()) {
            // The older field keeps the percentage only, so that the annotation has all of them.
            annotate(object, CURRENT_METRICS, AutoscalerMetrics.SEEN.toOlder(metrics.objects()));
            for (JsonObject metric : metrics.objects()) {
                JsonObject current = metric.objectOrEmpty("resource").objectOrEmpty("current");
                if (isCpu(metric) && current.get("averageUtilization") instanceof JsonNumber percent) {
                    status.put("currentCPUUtilizationPercentage", percent);
                }
            }
        }
        if (!others.isEmpty()) {
            annotate(object, METRICS, AutoscalerMetrics.WISHED.toOlder(others));
        }
        status.putIfAbsent("currentReplicas", JsonNumber.of(0));
        status.putIfAbsent("desiredReplicas", JsonNumber.of(0));
        return object;
    }

    private static boolean isCpu(JsonObject metric) {
        return metric.text("type").equals("Resource")
                && metric.objectOrEmpty("resource").text("name").equals("cpu");
    }

    private static JsonObject cpu(JsonNumber percent) {
        JsonObject target = new JsonObject().put("type", "Utilization").put("averageUtilization", percent);
        JsonObject resource = new JsonObject().put("name", "cpu").put("target", target);
        return new JsonObject().put("type", "Resource").put("resource", resource);
    }

    private static JsonObject textOf(JsonObject behavior) {
        JsonObject text = new JsonObject();
        for (String direction : List.of("scaleUp", "scaleDown")) {
            JsonObject rules = behavior.object(direction);
            text.put(capital(direction), rules == null ? JsonNull.NULL : capitalized(rules, RULES));
        }
        return text;
    }

    private static JsonObject capitalized(JsonObject object, List<String> names) {
        JsonObject text = new JsonObject();
        for (String name : names) {
            JsonValue value = object.get(name);
            if (value instanceof JsonArray policies) {
                JsonArray items = new JsonArray();
                policies.objects().forEach(policy -> items.add(capitalized(policy, POLICY)));
                value = items;
            }
            text.put(capital(name), value == null ? JsonNull.NULL : value);
        }
        return text;
    }

    private static String capital(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    /** Go reads members whatever their case. */
    private static JsonObject behaviorOf(JsonObject text) {
        JsonObject behavior = new JsonObject();
        for (String direction : List.of("scaleUp", "scaleDown")) {
            if (anyCase(text, direction) instanceof JsonObject rules) {
                behavior.put(direction, pick(rules, RULES));
            }
        }
        return behavior;
    }

    private static JsonObject pick(JsonObject text, List<String> names) {
        JsonObject picked = new JsonObject();
        for (String name : names) {
            JsonValue value = anyCase(text, name);
            if (value instanceof JsonArray policies) {
                JsonArray items = new JsonArray();
                policies.objects().forEach(policy -> items.add(pick(policy, POLICY)));
                picked.put(name, items);
            } else if (value != null && value != JsonNull.NULL) {
                picked.put(name, value);
            }
        }
        return picked;
    }

    private static @Nullable JsonValue anyCase(JsonObject object, String name) {
        for (int i = 0; i < object.size(); i++) {
            if (object.nameAt(i).toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
                return object.valueAt(i);
            }
        }
        return null;
    }

    /** Annotations are kept in order of their names, as Go writes them. */
    private static void annotate(JsonObject object, String name, JsonValue value) {
        JsonObject metadata = object.child("metadata");
        Map<String, String> all =
                new TreeMap<>(metadata.objectOrEmpty("annotations").textMembers());
        all.put(name, JsonWriter.text(value));
        JsonObject sorted = new JsonObject();
        all.forEach(sorted::put);
        metadata.put("annotations", sorted);
    }

    private static @Nullable JsonValue annotation(JsonObject object, String name) {
        JsonObject annotations = object.child("metadata").object("annotations");
        if (annotations == null || !(annotations.get(name) instanceof JsonString text)) {
            return null;
        }
        try {
            return JsonReader.read(text.value().getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJsonException e) {
            // Somebody else's annotation of that name; the original drops it as well.
            return null;
        }
    }
}
