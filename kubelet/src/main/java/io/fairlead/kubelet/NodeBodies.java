// SPDX-License-Identifier: Apache-2.0
package io.fairlead.kubelet;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.framework.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What simulated nodes send: themselves, their status, their lease. Pure. */
final class NodeBodies {
    static final String LEASE_NAMESPACE = "kube-node-lease";
    static final Duration LEASE_DURATION = Duration.ofSeconds(40);

    /** What KWOK says of nodes that do not say it themselves. */
    private static final String KWOK_VERSION = "kwok-0.8.0";
    /** What this release is compatible with, as {@code kubectl get nodes} shows it. */
    private static final String KUBELET_VERSION = "v1.36.3";

    private static final String SIMULATED_VERSION = "fairlead-simulated";

    private record Condition(String type, String status, String reason, String message) {}

    private static final List<Condition> CONDITIONS = List.of(
            new Condition("Ready", "True", "KubeletReady", "kubelet is posting ready status"),
            new Condition(
                    "MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
            new Condition("DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
            new Condition("PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
            new Condition("NetworkUnavailable", "False", "RouteCreated", "RouteController created a route"));

    private NodeBodies() {}

    /** A node of the agent's own, ready from the start. */
    static ObjectNode node(String name, Map<String, String> resources, String address, Instant now) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("apiVersion", "v1").put("kind", "Node");
        ObjectNode metadata = node.putObject("metadata").put("name", name);
        metadata.putObject("labels")
                .put("kubernetes.io/hostname", name)
                .put("kubernetes.io/os", "linux")
                .put("kubernetes.io/arch", "amd64");
        metadata.putObject("annotations")
                .put(NodeFacts.SIMULATED_ANNOTATION, NodeFacts.SIMULATED_VALUE)
                .put("node.alpha.kubernetes.io/ttl", "0");
        ObjectNode status = node.putObject("status");
        resources(status.putObject("capacity"), resources);
        resources(status.putObject("allocatable"), resources);
        conditions(status, now, now);
        ArrayNode addresses = status.putArray("addresses");
        addresses.addObject().put("type", "InternalIP").put("address", address);
        addresses.addObject().put("type", "Hostname").put("address", name);
        port(status);
        nodeInfo(
                status,
                Map.of(
                        "containerRuntimeVersion", SIMULATED_VERSION,
                        "kernelVersion", SIMULATED_VERSION,
                        "kubeletVersion", KUBELET_VERSION,
                        "osImage", "Fairlead simulated node"));
        status.put("phase", "Running");
        return node;
    }

    /** The status of a node that somebody else has made. */
    static ObjectNode initialization(NodeFacts node, String address, Instant now) {
        ObjectNode body = body(node);
        ObjectNode status = body.putObject("status");
        conditions(status, now, node.metadata().creationTimestamp());
        if (node.internalIp().isEmpty()) {
            status.putArray("addresses").addObject().put("address", address).put("type", "InternalIP");
        }
        port(status);
        if (!node.sized()) {
            Map<String, String> boundless = Map.of("cpu", "1k", "memory", "1Ti", "pods", "1M");
            resources(status.putObject("allocatable"), boundless);
            resources(status.putObject("capacity"), boundless);
        }
        nodeInfo(status, node.nodeInfo());
        status.put("phase", "Running");
        return body;
    }

    /** Says that the node still is what it was. */
    static ObjectNode heartbeat(NodeFacts node, Instant now) {
        ObjectNode body = body(node);
        ArrayNode conditions = body.putObject("status").putArray("conditions");
        for (Condition condition : CONDITIONS) {
            conditions.addObject().put("type", condition.type).put("lastHeartbeatTime", Timestamps.format(now));
        }
        return body;
    }

    /** The lease by which a node shows that it lives. */
    static ObjectNode lease(NodeFacts node, Instant now) {
        ObjectNode lease = JsonNodeFactory.instance.objectNode();
        lease.put("apiVersion", "coordination.k8s.io/v1").put("kind", "Lease");
        ObjectNode metadata =
                lease.putObject("metadata").put("name", node.name()).put("namespace", LEASE_NAMESPACE);
        metadata.putArray("ownerReferences")
                .addObject()
                .put("apiVersion", "v1")
                .put("kind", "Node")
                .put("name", node.name())
                .put("uid", node.metadata().uid());
        leaseSpec(lease, node, now);
        return lease;
    }

    /** Holds the lease for another while; as a merge patch. */
    static ObjectNode renewal(NodeFacts node, Instant now) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        leaseSpec(body, node, now);
        return body;
    }

    private static void leaseSpec(ObjectNode lease, NodeFacts node, Instant now) {
        lease.putObject("spec")
                .put("holderIdentity", node.name())
                .put("leaseDurationSeconds", LEASE_DURATION.toSeconds())
                .put("renewTime", Timestamps.formatMicros(now));
    }

    private static ObjectNode body(NodeFacts node) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("metadata").put("uid", node.metadata().uid());
        return body;
    }

    private static void resources(ObjectNode into, Map<String, String> resources) {
        resources.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(each -> into.put(each.getKey(), each.getValue()));
    }

    private static void conditions(ObjectNode status, Instant now, Instant since) {
        ArrayNode conditions = status.putArray("conditions");
        for (Condition condition : CONDITIONS) {
            conditions
                    .addObject()
                    .put("lastHeartbeatTime", Timestamps.format(now))
                    .put("lastTransitionTime", Timestamps.format(since))
                    .put("message", condition.message)
                    .put("reason", condition.reason)
                    .put("status", condition.status)
                    .put("type", condition.type);
        }
    }

    /** There is nobody to ask for logs. */
    private static void port(ObjectNode status) {
        status.putObject("daemonEndpoints").putObject("kubeletEndpoint").put("Port", 0);
    }

    private static void nodeInfo(ObjectNode status, Map<String, String> known) {
        ObjectNode info = status.putObject("nodeInfo");
        info.put("architecture", known(known, "architecture", "amd64"));
        info.put("bootID", known.getOrDefault("bootID", ""));
        info.put("containerRuntimeVersion", known(known, "containerRuntimeVersion", KWOK_VERSION));
        info.put("kernelVersion", known(known, "kernelVersion", KWOK_VERSION));
        info.put("kubeProxyVersion", known(known, "kubeProxyVersion", known(known, "kubeletVersion", KWOK_VERSION)));
        info.put("kubeletVersion", known(known, "kubeletVersion", KWOK_VERSION));
        info.put("machineID", known.getOrDefault("machineID", ""));
        info.put("operatingSystem", known(known, "operatingSystem", "linux"));
        info.put("osImage", known.getOrDefault("osImage", ""));
        info.put("systemUUID", known.getOrDefault("systemUUID", ""));
    }

    private static String known(Map<String, String> info, String name, String otherwise) {
        String value = info.getOrDefault(name, "");
        return value.isEmpty() ? otherwise : value;
    }
}
