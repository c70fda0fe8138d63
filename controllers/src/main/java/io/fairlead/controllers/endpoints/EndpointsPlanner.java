// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.endpoints;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.controllers.internal.PodFacts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Decides what the Endpoints object of a Service says. Pure. */
final class EndpointsPlanner {
    static final String HEADLESS_LABEL = "service.kubernetes.io/headless";
    static final String MANAGED_BY_LABEL = "endpoints.kubernetes.io/managed-by";
    static final String MANAGER = "endpoint-controller";
    static final String OVER_CAPACITY_ANNOTATION = "endpoints.kubernetes.io/over-capacity";

    /** What more there is, is left out: the whole object goes to every node with each change. As in the original. */
    static final int ADDRESSES_MAX = 1000;

    private static final Comparator<List<Backend.Port>> BY_PORTS = Comparator.comparing(
            ports -> ports.stream().map(Backend.Port::toString).toList().toString());

    private EndpointsPlanner() {}

    /**
     * What the object says.
     *
     * @param truncated whether addresses were left out
     */
    record Wanted(ArrayNode subsets, Map<String, String> labels, boolean truncated) {}

    /** What the object of {@code service} should say, if {@code pods} are those that it selects. */
    static Wanted wanted(ServiceFacts service, Collection<PodFacts> pods) {
        Map<List<Backend.Port>, List<Backend>> subsets = new TreeMap<>(BY_PORTS);
        for (PodFacts pod : pods) {
            if (pod.metadata().terminating() && !service.publishNotReady()) {
                continue;
            }
            Backend.of(service, pod, service.families().getFirst()).ifPresent(backend -> {
                List<Backend.Port> ports = new ArrayList<>(backend.ports());
                ports.sort(Backend.Port.ORDER);
                if (!ports.isEmpty() || (service.headless() && service.ports().isEmpty())) {
                    subsets.computeIfAbsent(ports, any -> new ArrayList<>()).add(backend);
                }
            });
        }
        int total = subsets.values().stream().mapToInt(List::size).sum();
        ArrayNode tree = JsonNodeFactory.instance.arrayNode();
        int room = ADDRESSES_MAX;
        for (Map.Entry<List<Backend.Port>, List<Backend>> subset : subsets.entrySet()) {
            room -= add(tree, service, subset, room);
        }
        return new Wanted(tree, labels(service), total > ADDRESSES_MAX);
    }

    /** Adds a subset of at most {@code room} addresses, those that are ready first; answers how many. */
    private static int add(
            ArrayNode tree, ServiceFacts service, Map.Entry<List<Backend.Port>, List<Backend>> subset, int room) {
        List<Backend> backends = new ArrayList<>(subset.getValue());
        backends.sort(Comparator.comparing((Backend each) -> !ready(service, each))
                .thenComparing(Backend::address)
                .thenComparing(each -> each.pod().metadata().uid()));
        List<Backend> kept = backends.subList(0, Math.min(room, backends.size()));
        if (kept.isEmpty()) {
            return 0;
        }
        ObjectNode node = tree.addObject();
        for (Backend backend : kept) {
            String list = ready(service, backend) ? "addresses" : "notReadyAddresses";
            node.withArrayProperty(list).add(address(backend));
        }
        if (!subset.getKey().isEmpty()) {
            node.set("ports", Backend.tree(subset.getKey(), false));
        }
        return kept.size();
    }

    private static boolean ready(ServiceFacts service, Backend backend) {
        return service.publishNotReady() || backend.pod().ready();
    }

    private static ObjectNode address(Backend backend) {
        ObjectNode address = JsonNodeFactory.instance.objectNode().put("ip", backend.address());
        if (!backend.hostname().isEmpty()) {
            address.put("hostname", backend.hostname());
        }
        if (!backend.pod().nodeName().isEmpty()) {
            address.put("nodeName", backend.pod().nodeName());
        }
        address.set("targetRef", backend.targetRef());
        return address;
    }

    private static Map<String, String> labels(ServiceFacts service) {
        Map<String, String> labels = new LinkedHashMap<>(service.metadata().labels());
        if (service.headless()) {
            labels.put(HEADLESS_LABEL, "");
        } else {
            labels.remove(HEADLESS_LABEL);
        }
        labels.put(MANAGED_BY_LABEL, MANAGER);
        return labels;
    }
}
