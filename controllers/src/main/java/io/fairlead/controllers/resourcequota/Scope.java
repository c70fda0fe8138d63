// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.resourcequota;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A condition that an object must fulfil for a quota to speak of it. */
record Scope(String name, String operator, List<String> values) {
    Scope {
        values = List.copyOf(values);
    }

    static Scope of(JsonNode expression) {
        List<String> values = new ArrayList<>();
        expression.path("values").forEach(value -> values.add(value.asText()));
        return new Scope(
                expression.path("scopeName").asText(),
                expression.path("operator").asText(),
                values);
    }

    boolean coversPod(JsonNode pod) {
        JsonNode spec = pod.path("spec");
        boolean deadline = spec.path("activeDeadlineSeconds").isNumber();
        return switch (name) {
            case "Terminating" -> deadline;
            case "NotTerminating" -> !deadline;
            case "BestEffort" -> isBestEffort(pod);
            case "NotBestEffort" -> !isBestEffort(pod);
            case "CrossNamespacePodAffinity" -> crossesNamespaces(spec.path("affinity"));
            case "PriorityClass" -> matches(spec.path("priorityClassName").asText(""));
            default -> false;
        };
    }

    boolean coversClaim(JsonNode claim) {
        return name.equals("VolumeAttributesClass")
                && matches(claim.path("spec").path("volumeAttributesClassName").asText(""));
    }

    private boolean matches(String value) {
        return switch (operator) {
            case "In" -> values.contains(value);
            case "NotIn" -> !values.contains(value);
            case "Exists" -> !value.isEmpty();
            case "DoesNotExist" -> value.isEmpty();
            default -> false;
        };
    }

    private static boolean isBestEffort(JsonNode pod) {
        return pod.path("status").path("qosClass").asText("BestEffort").equals("BestEffort");
    }

    private static boolean crossesNamespaces(JsonNode affinity) {
        for (String kind : List.of("podAffinity", "podAntiAffinity")) {
            JsonNode rules = affinity.path(kind);
            for (JsonNode term : rules.path("requiredDuringSchedulingIgnoredDuringExecution")) {
                if (crosses(term)) {
                    return true;
                }
            }
            for (JsonNode weighted : rules.path("preferredDuringSchedulingIgnoredDuringExecution")) {
                if (crosses(weighted.path("podAffinityTerm"))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean crosses(JsonNode term) {
        return !term.path("namespaces").isEmpty() || term.has("namespaceSelector");
    }
}
