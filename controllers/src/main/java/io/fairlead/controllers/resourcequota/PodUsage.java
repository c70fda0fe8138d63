// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.resourcequota;

import com.fasterxml.jackson.databind.JsonNode;
import io.fairlead.controllers.internal.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What one pod uses of what quotas limit. Pure. */
final class PodUsage {
    private static final Set<String> COMPUTE = Set.of("cpu", "memory", "ephemeral-storage");

    private PodUsage() {}

    static Map<String, Quantity> of(JsonNode pod, Instant now) {
        Map<String, Quantity> usage = new HashMap<>();
        // Every object takes room where objects are kept; only those that may still run take more.
        usage.put("count/pods", Quantity.of(1));
        if (hasEnded(pod, now)) {
            return usage;
        }
        usage.put("pods", Quantity.of(1));
        total(pod.path("spec"), "requests").forEach((name, amount) -> {
            if (COMPUTE.contains(name) || name.startsWith("hugepages-")) {
                usage.put(name, amount);
            }
            usage.put("requests." + name, amount);
        });
        total(pod.path("spec"), "limits").forEach((name, amount) -> {
            if (COMPUTE.contains(name)) {
                usage.put("limits." + name, amount);
            }
        });
        return usage;
    }

    /** A pod whose time to end is over counts no more, though its node may not have said that it is gone. */
    private static boolean hasEnded(JsonNode pod, Instant now) {
        String phase = pod.path("status").path("phase").asText();
        if (phase.equals("Failed") || phase.equals("Succeeded")) {
            return true;
        }
        JsonNode metadata = pod.path("metadata");
        JsonNode grace = metadata.path("deletionGracePeriodSeconds");
        if (!metadata.path("deletionTimestamp").isTextual() || !grace.isNumber()) {
            return false;
        }
        try {
            Instant deletion = Instant.parse(metadata.path("deletionTimestamp").asText());
            return now.isAfter(deletion.plus(Duration.ofSeconds(grace.asLong())));
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    /** What the pod may have at once: its containers together, or an init container with the sidecars started before it. */
    private static Map<String, Quantity> total(JsonNode spec, String kind) {
        Map<String, Quantity> total = new HashMap<>();
        for (JsonNode container : spec.path("containers")) {
            add(total, container.path("resources").path(kind));
        }
        Map<String, Quantity> sidecars = new HashMap<>();
        Map<String, Quantity> starting = new HashMap<>();
        for (JsonNode container : spec.path("initContainers")) {
            JsonNode resources = container.path("resources").path(kind);
            Map<String, Quantity> now = new HashMap<>(sidecars);
            add(now, resources);
            if (container.path("restartPolicy").asText().equals("Always")) {
                add(sidecars, resources);
                add(total, resources);
            }
            now.forEach((name, amount) -> starting.merge(name, amount, Quantity::max));
        }
        starting.forEach((name, amount) -> total.merge(name, amount, Quantity::max));
        spec.path("resources").path(kind).properties().forEach(each -> Quantity.parse(
                        each.getValue().asText())
                .ifPresent(amount -> total.put(each.getKey(), amount)));
        if (kind.equals("requests")) {
            add(total, spec.path("overhead"));
        } else {
            spec.path("overhead").properties().forEach(each -> Quantity.parse(
                            each.getValue().asText())
                    .ifPresent(amount -> total.computeIfPresent(each.getKey(), (name, limit) -> limit.plus(amount))));
        }
        return total;
    }

    private static void add(Map<String, Quantity> total, JsonNode amounts) {
        amounts.properties().forEach(each -> Quantity.parse(each.getValue().asText())
                .ifPresent(amount -> total.merge(each.getKey(), amount, Quantity::plus)));
    }
}
