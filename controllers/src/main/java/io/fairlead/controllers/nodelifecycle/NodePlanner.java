// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.nodelifecycle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides which taints and labels a node is to have. Pure. */
final class NodePlanner {
    private static final String PREFIX = "node.kubernetes.io/";
    private static final String EFFECT = "NoSchedule";

    /** The taint for each status of a condition that is bad news. */
    private static final Map<String, Map<String, String>> TAINT_OF_CONDITION = Map.of(
            "Ready", Map.of("False", PREFIX + "not-ready", "Unknown", PREFIX + "unreachable"),
            "MemoryPressure", Map.of("True", PREFIX + "memory-pressure"),
            "DiskPressure", Map.of("True", PREFIX + "disk-pressure"),
            "PIDPressure", Map.of("True", PREFIX + "pid-pressure"),
            "NetworkUnavailable", Map.of("True", PREFIX + "network-unavailable"));

    private static final String UNSCHEDULABLE = PREFIX + "unschedulable";

    /** The taints with {@link #EFFECT} that are managed here; all others belong to somebody else. */
    private static final Set<String> MANAGED = managed();

    private static final List<String> MIRRORED_LABELS = List.of("os", "arch");

    private NodePlanner() {}

    private static Set<String> managed() {
        Set<String> keys = new HashSet<>(Set.of(UNSCHEDULABLE));
        TAINT_OF_CONDITION.values().forEach(byStatus -> keys.addAll(byStatus.values()));
        return Set.copyOf(keys);
    }

    /** {@code now} is when taints that are missing are put on, in the form of the API. */
    static NodePlan plan(NodeFacts node, String now) {
        return new NodePlan(taints(node, now), labels(node));
    }

    private static Optional<JsonNode> taints(NodeFacts node, String now) {
        Set<String> wanted = wanted(node);
        ArrayNode taints = JsonNodeFactory.instance.arrayNode();
        boolean changed = false;
        for (JsonNode taint : node.taints()) {
            String key = taint.path("key").asText();
            boolean ours =
                    MANAGED.contains(key) && taint.path("effect").asText().equals(EFFECT);
            if (!ours || wanted.remove(key)) {
                taints.add(taint);
            } else {
                changed = true;
            }
        }
        for (String key : wanted) {
            taints.addObject().put("key", key).put("effect", EFFECT).put("timeAdded", now);
            changed = true;
        }
        return changed ? Optional.of(taints) : Optional.empty();
    }

    private static Set<String> wanted(NodeFacts node) {
        Set<String> wanted = new LinkedHashSet<>();
        node.conditions().forEach((type, status) -> {
            String key = TAINT_OF_CONDITION.getOrDefault(type, Map.of()).get(status);
            if (key != null) {
                wanted.add(key);
            }
        });
        if (node.unschedulable()) {
            wanted.add(UNSCHEDULABLE);
        }
        return wanted;
    }

    private static Map<String, String> labels(NodeFacts node) {
        Map<String, String> missing = new HashMap<>();
        for (String name : MIRRORED_LABELS) {
            String value = node.metadata().labels().get("kubernetes.io/" + name);
            String mirror = "beta.kubernetes.io/" + name;
            if (value != null && !value.equals(node.metadata().labels().get(mirror))) {
                missing.put(mirror, value);
            }
        }
        return missing;
    }
}
