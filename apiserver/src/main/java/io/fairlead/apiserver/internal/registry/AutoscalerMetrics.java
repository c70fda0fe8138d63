// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.validation.LabelSelectors;
import io.fairlead.apiserver.internal.validation.Quantity;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Metrics of an autoscaler in the form of {@code autoscaling/v1}, in which they stand in annotations, and of
 * {@code autoscaling/v2}.
 *
 * <p>The two differ in where the same values stand; a table says so for each source, in the order in which Go writes the older
 * form.
 */
final class AutoscalerMetrics {
    /** Where one value stands in either form; {@code always} if the older form has it even if it is zero. */
    private record Pair(String older, List<String> newer, boolean always) {}

    /** What an autoscaler wishes of its metrics. */
    static final AutoscalerMetrics WISHED = new AutoscalerMetrics(
            "target",
            table(
                    "object:target!=describedObject metricName!=metric.name targetValue!=target.value selector=metric.selector"
                            + " averageValue=target.averageValue",
                    "pods:metricName!=metric.name targetAverageValue!=target.averageValue selector=metric.selector",
                    "resource:name!=name targetAverageUtilization=target.averageUtilization"
                            + " targetAverageValue=target.averageValue",
                    "containerResource:name!=name targetAverageUtilization=target.averageUtilization"
                            + " targetAverageValue=target.averageValue container!=container",
                    "external:metricName!=metric.name metricSelector=metric.selector targetValue=target.value"
                            + " targetAverageValue=target.averageValue"));

    /** What was last seen of them. */
    static final AutoscalerMetrics SEEN = new AutoscalerMetrics(
            "current",
            table(
                    "object:target!=describedObject metricName!=metric.name currentValue!=current.value"
                            + " selector=metric.selector averageValue=current.averageValue",
                    "pods:metricName!=metric.name currentAverageValue!=current.averageValue selector=metric.selector",
                    "resource:name!=name currentAverageUtilization=current.averageUtilization"
                            + " currentAverageValue!=current.averageValue",
                    "containerResource:name!=name currentAverageUtilization=current.averageUtilization"
                            + " currentAverageValue!=current.averageValue container!=container",
                    "external:metricName!=metric.name metricSelector=metric.selector currentValue!=current.value"
                            + " currentAverageValue=current.averageValue"));

    private final String values;
    private final Map<String, List<Pair>> sources;

    private AutoscalerMetrics(String values, Map<String, List<Pair>> sources) {
        this.values = values;
        this.sources = sources;
    }

    private static Map<String, List<Pair>> table(String... rows) {
        Map<String, List<Pair>> table = new LinkedHashMap<>();
        for (String row : rows) {
            int colon = row.indexOf(':');
            List<Pair> pairs = Arrays.stream(row.substring(colon + 1).split(" ", -1))
                    .map(AutoscalerMetrics::pair)
                    .toList();
            table.put(row.substring(0, colon), pairs);
        }
        return table;
    }

    private static Pair pair(String word) {
        int equals = word.indexOf('=');
        boolean always = word.charAt(equals - 1) == '!';
        String older = word.substring(0, always ? equals - 1 : equals);
        return new Pair(older, List.of(word.substring(equals + 1).split("\\.", -1)), always);
    }

    /** {@code metrics} in the older form. */
    JsonArray toOlder(List<JsonObject> metrics) {
        JsonArray all = new JsonArray();
        for (JsonObject metric : metrics) {
            JsonObject older = new JsonObject().put("type", metric.text("type"));
            sources.forEach((source, pairs) -> {
                if (metric.get(source) instanceof JsonObject newer) {
                    older.put(source, toOlder(newer, pairs));
                }
            });
            all.add(older);
        }
        return all;
    }

    private static JsonObject toOlder(JsonObject newer, List<Pair> pairs) {
        JsonObject older = new JsonObject();
        for (Pair pair : pairs) {
            JsonObject holder = pair.newer().size() == 1
                    ? newer
                    : newer.objectOrEmpty(pair.newer().getFirst());
            JsonValue value = holder.get(pair.newer().getLast());
            if (value instanceof JsonObject object && isSelector(pair.older())) {
                older.put(pair.older(), LabelSelectors.asText(object));
            } else if (value != null && value != JsonNull.NULL) {
                older.put(pair.older(), value);
            } else if (pair.always()) {
                older.put(pair.older(), zero(pair));
            }
        }
        return older;
    }

    /** {@code older}, read from an annotation, in the newer form; null if it is not in the older one. */
    @Nullable
    JsonArray toNewer(@Nullable JsonValue older) {
        if (!(older instanceof JsonArray metrics)) {
            return null;
        }
        JsonArray all = new JsonArray();
        for (JsonValue each : metrics) {
            JsonObject newer = each instanceof JsonObject metric ? toNewer(metric) : null;
            if (newer == null) {
                return null;
            }
            all.add(newer);
        }
        return all;
    }

    private @Nullable JsonObject toNewer(JsonObject older) {
        JsonObject metric = new JsonObject().put("type", older.text("type"));
        for (Map.Entry<String, List<Pair>> source : sources.entrySet()) {
            if (older.get(source.getKey()) instanceof JsonObject given) {
                JsonObject newer = toNewer(given, source.getValue());
                if (newer == null) {
                    return null;
                }
                if (values.equals("target")) {
                    newer.child(values).put("type", targetType(source.getKey(), newer.objectOrEmpty(values)));
                }
                metric.put(source.getKey(), newer);
            }
        }
        return metric;
    }

    private static @Nullable JsonObject toNewer(JsonObject older, List<Pair> pairs) {
        JsonObject newer = new JsonObject();
        for (Pair pair : pairs) {
            JsonObject holder =
                    pair.newer().size() == 1 ? newer : newer.child(pair.newer().getFirst());
            JsonValue value = older.get(pair.older());
            boolean absent = value == null || value == JsonNull.NULL;
            if (absent && pair.always()) {
                value = zero(pair);
            } else if (value == null || absent) {
                continue;
            }
            if (isQuantity(pair.older())) {
                String text = value instanceof JsonString string ? string.value() : value.toString();
                value = Quantity.parse(text)
                        .map(Quantity::text)
                        .map(JsonString::new)
                        .orElse(null);
                if (value == null) {
                    return null;
                }
            }
            holder.put(pair.newer().getLast(), value);
        }
        return newer;
    }

    /** Which kind of target it is: the older form does not say. */
    private static String targetType(String source, JsonObject target) {
        return switch (source) {
            case "resource", "containerResource" -> target.has("averageUtilization") ? "Utilization" : "AverageValue";
            case "object" -> target.has("averageValue") ? "AverageValue" : "Value";
            case "external" -> target.has("value") ? "Value" : "AverageValue";
            default -> "AverageValue";
        };
    }

    private static JsonValue zero(Pair pair) {
        if (pair.older().equals("target")) {
            return new JsonObject().put("kind", "").put("name", "");
        }
        return new JsonString(isQuantity(pair.older()) ? "0" : "");
    }

    private static boolean isQuantity(String older) {
        return older.endsWith("Value");
    }

    private static boolean isSelector(String older) {
        return older.equals("selector") || older.equals("metricSelector");
    }
}
