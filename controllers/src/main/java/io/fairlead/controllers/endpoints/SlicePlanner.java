// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.endpoints;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.controllers.internal.JsonTrees;
import io.fairlead.controllers.internal.PodFacts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Decides what the slices of a Service say, with as few writes as it can. Pure. */
final class SlicePlanner {
    /** A change of one endpoint sends its whole slice to every node. As in the original. */
    static final int ENDPOINTS_MAX = 100;

    private final ServiceFacts service;
    private final Map<String, String> labels;
    private final List<SlicePlan.Create> create = new ArrayList<>();
    private final List<SlicePlan.Update> update = new ArrayList<>();
    private final List<Slice> delete = new ArrayList<>();

    private SlicePlanner(ServiceFacts service) {
        this.service = service;
        this.labels = labels(service);
    }

    /**
     * What to change.
     *
     * @param pods those that the Service selects, without those on nodes that are not known
     * @param zones of nodes, by their name
     * @param slices those there are
     */
    static SlicePlan plan(
            ServiceFacts service,
            Collection<PodFacts> pods,
            Function<String, Optional<String>> zones,
            Collection<Slice> slices) {
        SlicePlanner planner = new SlicePlanner(service);
        for (Slice slice : slices) {
            if (!service.families().contains(slice.addressType())) {
                planner.delete.add(slice);
            }
        }
        for (String family : service.families()) {
            List<Slice> ofFamily = slices.stream()
                    .filter(slice -> slice.addressType().equals(family))
                    .toList();
            planner.plan(family, pods, zones, ofFamily);
        }
        return new SlicePlan(planner.create, planner.update, planner.delete, planner.labels);
    }

    private void plan(
            String family,
            Collection<PodFacts> pods,
            Function<String, Optional<String>> zones,
            Collection<Slice> slices) {
        Map<JsonNode, Map<String, ObjectNode>> wanted = new LinkedHashMap<>();
        for (PodFacts pod : pods) {
            Backend.of(service, pod, family).ifPresent(backend -> {
                ArrayNode ports = ports(backend);
                wanted.computeIfAbsent(ports, any -> new LinkedHashMap<>())
                        .put(identity(backend), endpoint(backend, zones));
            });
        }
        Map<JsonNode, List<Slice>> present = new LinkedHashMap<>();
        for (Slice slice : slices) {
            present.computeIfAbsent(sorted(slice.ports()), any -> new ArrayList<>())
                    .add(slice);
        }
        List<Slice> unused = new ArrayList<>();
        present.forEach((ports, each) -> {
            if (!wanted.containsKey(ports)) {
                unused.addAll(each);
            }
        });
        int before = create.size();
        wanted.forEach((ports, endpoints) -> pack(family, ports, endpoints, present.getOrDefault(ports, List.of())));
        if (wanted.isEmpty()) {
            keepPlaceholder(family, unused);
        }
        reuse(unused, before);
        delete.addAll(unused);
    }

    /** Without any endpoint there still is one slice: so people see that somebody has looked. */
    private void keepPlaceholder(String family, List<Slice> unused) {
        ArrayNode none = JsonNodeFactory.instance.arrayNode();
        if (unused.isEmpty()) {
            create.add(new SlicePlan.Create(family, none, none));
            return;
        }
        Slice kept = unused.removeFirst();
        if (!kept.endpoints().isEmpty() || !kept.ports().isEmpty() || !labelled(kept)) {
            update.add(new SlicePlan.Update(kept, none, none));
        }
    }

    /** What would be deleted and what would be made may be one write instead of two. */
    private void reuse(List<Slice> unused, int firstCreated) {
        while (!unused.isEmpty() && create.size() > firstCreated) {
            SlicePlan.Create made = create.removeLast();
            update.add(new SlicePlan.Update(unused.removeFirst(), made.endpoints(), made.ports()));
        }
    }

    /** Puts endpoints with the same ports into slices. */
    private void pack(String family, JsonNode ports, Map<String, ObjectNode> wanted, List<Slice> slices) {
        Map<String, ObjectNode> left = new LinkedHashMap<>(wanted);
        List<Slice> unchanged = new ArrayList<>();
        Map<Slice, ArrayNode> changed = new LinkedHashMap<>();
        for (Slice slice : slices) {
            ArrayNode kept = JsonNodeFactory.instance.arrayNode();
            boolean same = labelled(slice);
            for (JsonNode endpoint : slice.endpoints()) {
                ObjectNode now = left.remove(identity(endpoint));
                if (now != null) {
                    kept.add(now);
                }
                same &= now != null && JsonTrees.same(now, endpoint);
            }
            if (same && !kept.isEmpty()) {
                unchanged.add(slice);
            } else {
                changed.put(slice, kept);
            }
        }
        pourInto(changed, left);
        fitInto(unchanged, changed, left);
        ArrayNode fullPorts = (ArrayNode) ports;
        changed.forEach((slice, endpoints) -> {
            if (endpoints.isEmpty()) {
                delete.add(slice);
            } else {
                update.add(new SlicePlan.Update(slice, endpoints, fullPorts));
            }
        });
        while (!left.isEmpty()) {
            ArrayNode endpoints = JsonNodeFactory.instance.arrayNode();
            take(left, endpoints);
            create.add(new SlicePlan.Create(family, endpoints, fullPorts));
        }
    }

    /** Slices that are written anyway take more, the fullest first. */
    private static void pourInto(Map<Slice, ArrayNode> changed, Map<String, ObjectNode> left) {
        changed.values().stream()
                .sorted(Comparator.comparingInt((ArrayNode each) -> each.size()).reversed())
                .forEach(endpoints -> take(left, endpoints));
    }

    /** What is left goes into one slice that is not written yet, if all of it has room there: the fullest such. */
    private static void fitInto(List<Slice> unchanged, Map<Slice, ArrayNode> changed, Map<String, ObjectNode> left) {
        if (left.isEmpty()) {
            return;
        }
        unchanged.stream()
                .filter(slice -> slice.endpoints().size() + left.size() <= ENDPOINTS_MAX)
                .max(Comparator.comparingInt(slice -> slice.endpoints().size()))
                .ifPresent(slice -> {
                    ArrayNode endpoints = slice.endpoints().deepCopy();
                    take(left, endpoints);
                    changed.put(slice, endpoints);
                });
    }

    private static void take(Map<String, ObjectNode> left, ArrayNode into) {
        var each = left.values().iterator();
        while (into.size() < ENDPOINTS_MAX && each.hasNext()) {
            into.add(each.next());
            each.remove();
        }
    }

    private boolean labelled(Slice slice) {
        return slice.metadata().labels().equals(labels);
    }

    private static Map<String, String> labels(ServiceFacts service) {
        Map<String, String> labels = new LinkedHashMap<>(service.metadata().labels());
        labels.remove(EndpointsPlanner.HEADLESS_LABEL);
        labels.put(Slice.MANAGED_BY_LABEL, Slice.MANAGER);
        labels.put(Slice.SERVICE_LABEL, service.metadata().name());
        if (service.headless()) {
            labels.put(EndpointsPlanner.HEADLESS_LABEL, "");
        }
        return labels;
    }

    private static ArrayNode ports(Backend backend) {
        List<Backend.Port> ports = new ArrayList<>(backend.ports());
        ports.sort(Backend.Port.ORDER);
        return Backend.tree(ports, true);
    }

    /** In the order of {@link #ports}, with the fields in theirs. */
    private static JsonNode sorted(JsonNode ports) {
        List<Backend.Port> sorted = new ArrayList<>();
        for (JsonNode port : ports) {
            sorted.add(new Backend.Port(
                    port.path("name").asText(""),
                    port.path("protocol").asText("TCP"),
                    port.path("port").asInt(),
                    port.path("appProtocol").asText("")));
        }
        sorted.sort(Backend.Port.ORDER);
        return Backend.tree(sorted, true);
    }

    private static String identity(Backend backend) {
        return backend.address() + " " + backend.pod().metadata().uid();
    }

    private static String identity(JsonNode endpoint) {
        return endpoint.path("addresses").path(0).asText() + " "
                + endpoint.path("targetRef").path("uid").asText();
    }

    private ObjectNode endpoint(Backend backend, Function<String, Optional<String>> zones) {
        PodFacts pod = backend.pod();
        boolean terminating = pod.metadata().terminating();
        boolean ready = service.publishNotReady() || (pod.ready() && !terminating);
        ObjectNode endpoint = JsonNodeFactory.instance.objectNode();
        endpoint.putArray("addresses").add(backend.address());
        endpoint.putObject("conditions")
                .put("ready", ready)
                .put("serving", pod.ready())
                .put("terminating", terminating);
        if (!backend.hostname().isEmpty()) {
            endpoint.put("hostname", backend.hostname());
        }
        endpoint.set("targetRef", backend.targetRef());
        if (!pod.nodeName().isEmpty()) {
            endpoint.put("nodeName", pod.nodeName());
            Optional<String> zone = zones.apply(pod.nodeName()).filter(each -> !each.isEmpty());
            zone.ifPresent(name -> endpoint.put("zone", name));
            if (ready) {
                hints(endpoint, pod.nodeName(), zone);
            }
        }
        return endpoint;
    }

    private void hints(ObjectNode endpoint, String node, Optional<String> zone) {
        boolean sameNode = service.trafficDistribution().equals("PreferSameNode");
        boolean sameZone = service.trafficDistribution().equals("PreferSameZone")
                || service.trafficDistribution().equals("PreferClose");
        if ((!sameNode && !sameZone) || zone.isEmpty()) {
            return;
        }
        ObjectNode hints = endpoint.putObject("hints");
        hints.putArray("forZones").addObject().put("name", zone.get());
        if (sameNode) {
            hints.putArray("forNodes").addObject().put("name", node);
        }
    }
}
