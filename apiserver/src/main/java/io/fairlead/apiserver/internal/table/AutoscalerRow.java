// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.table;

import io.fairlead.apiserver.internal.codec.JsonNumber;
import io.fairlead.apiserver.internal.codec.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** The row of a HorizontalPodAutoscaler, in version 2: what it measures against what it wants. */
final class AutoscalerRow {
    private static final String NIL = "<nil>";

    /** As many metrics are shown. */
    private static final int METRICS_MAX = 2;

    private AutoscalerRow() {}

    static void print(JsonObject object, Row row) {
        JsonObject spec = object.objectOrEmpty("spec");
        JsonObject status = object.objectOrEmpty("status");
        JsonObject target = spec.objectOrEmpty("scaleTargetRef");
        row.name(object)
                .text(target.text("kind") + "/" + target.text("name"))
                .text(metrics(spec.objects("metrics"), status.objects("currentMetrics")))
                .text(Row.value(spec.get("minReplicas"), Row.UNSET))
                .number(spec.number("maxReplicas"))
                .number(status.number("currentReplicas"))
                .age(object);
    }

    private static String metrics(List<JsonObject> specs, List<JsonObject> statuses) {
        if (specs.isEmpty()) {
            return Row.NONE;
        }
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < specs.size() && i < METRICS_MAX; i++) {
            shown.add(metric(specs.get(i), i < statuses.size() ? statuses.get(i) : new JsonObject()));
        }
        String text = String.join(", ", shown);
        return specs.size() > METRICS_MAX ? text + " + " + (specs.size() - METRICS_MAX) + " more..." : text;
    }

    private static String metric(JsonObject spec, JsonObject status) {
        return switch (spec.text("type")) {
            case "External" -> value(spec.objectOrEmpty("external"), status, "external");
            case "Object" -> value(spec.objectOrEmpty("object"), status, "object");
            case "Pods" -> {
                String current =
                        status.has("pods") ? quantity(current(status, "pods"), "averageValue", NIL) : Row.UNKNOWN;
                yield current + "/" + quantity(target(spec.objectOrEmpty("pods")), "averageValue", NIL);
            }
            case "Resource" -> resource(spec.objectOrEmpty("resource"), status, "resource");
            case "ContainerResource" -> resource(spec.objectOrEmpty("containerResource"), status, "containerResource");
            default -> "<unknown type>";
        };
    }

    private static String value(JsonObject source, JsonObject status, String member) {
        JsonObject target = target(source);
        if (target.has("averageValue")) {
            String current = quantity(current(status, member), "averageValue", Row.UNKNOWN);
            return current + "/" + quantity(target, "averageValue", NIL) + " (avg)";
        }
        String current = status.has(member) ? quantity(current(status, member), "value", NIL) : Row.UNKNOWN;
        return current + "/" + quantity(target, "value", NIL);
    }

    private static String resource(JsonObject source, JsonObject status, String member) {
        JsonObject target = target(source);
        String name = source.text("name") + ": ";
        if (target.has("averageValue")) {
            String current = status.has(member) ? quantity(current(status, member), "averageValue", NIL) : Row.UNKNOWN;
            return name + current + "/" + quantity(target, "averageValue", NIL);
        }
        return name + percentage(current(status, member), Row.UNKNOWN) + "/" + percentage(target, "<auto>");
    }

    private static String percentage(JsonObject values, String ifAbsent) {
        return values.get("averageUtilization") instanceof JsonNumber number ? number + "%" : ifAbsent;
    }

    private static JsonObject target(JsonObject source) {
        return source.objectOrEmpty("target");
    }

    private static JsonObject current(JsonObject status, String member) {
        return status.objectOrEmpty(member).objectOrEmpty("current");
    }

    private static String quantity(JsonObject values, String member, String ifAbsent) {
        return Row.value(values.get(member), ifAbsent);
    }
}
