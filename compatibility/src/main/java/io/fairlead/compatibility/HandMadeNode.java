// SPDX-License-Identifier: Apache-2.0
package io.fairlead.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The nodes that scenarios add: with a simulated kubelet, or with none but the scenario itself. */
final class HandMadeNode {
    private HandMadeNode() {}

    static ObjectNode node(String name, JsonNode argument, String namespace) {
        ObjectNode node = Json.object().put("apiVersion", "v1").put("kind", "Node");
        ObjectNode metadata = node.putObject("metadata").put("name", name);
        ObjectNode labels = metadata.putObject("labels")
                .put("kubernetes.io/hostname", name)
                .put("kubernetes.io/os", "linux")
                .put("kubernetes.io/arch", "amd64");
        argument.path("labels").properties().forEach(label -> labels.set(label.getKey(), label.getValue()));
        ObjectNode annotations = metadata.putObject("annotations").put("node.alpha.kubernetes.io/ttl", "0");
        if (!argument.path("hand").asBoolean(false)) {
            annotations.put("kwok.x-k8s.io/node", "fake");
        }
        JsonNode taints = argument.get("taints");
        if (taints == null) {
            ArrayNode own = Json.array();
            own.addObject().put("key", "own").put("value", namespace).put("effect", "NoSchedule");
            taints = own;
        }
        node.putObject("spec").set("taints", taints);
        JsonNode resources = argument.has("resources")
                ? argument.get("resources")
                : Json.object().put("cpu", "32").put("memory", "256Gi").put("pods", "1100");
        ObjectNode status = node.putObject("status");
        status.set("allocatable", resources);
        status.set("capacity", resources);
        return node;
    }

    static ObjectNode readyStatus(String name, JsonNode capacity, String now) {
        ObjectNode patch = Json.object();
        ObjectNode status = patch.putObject("status");
        capacity.properties().forEach(member -> status.set(member.getKey(), member.getValue()));
        ArrayNode conditions = status.putArray("conditions");
        condition(conditions, "Ready", "KubeletReady", "kubelet is posting ready status", now);
        condition(
                conditions,
                "MemoryPressure",
                "KubeletHasSufficientMemory",
                "kubelet has sufficient memory available",
                now);
        condition(conditions, "DiskPressure", "KubeletHasNoDiskPressure", "kubelet has no disk pressure", now);
        condition(conditions, "PIDPressure", "KubeletHasSufficientPID", "kubelet has sufficient PID available", now);
        ArrayNode addresses = status.putArray("addresses");
        addresses.addObject().put("type", "InternalIP").put("address", "10.0.0.9");
        addresses.addObject().put("type", "Hostname").put("address", name);
        return patch;
    }

    private static void condition(ArrayNode conditions, String type, String reason, String message, String now) {
        conditions
                .addObject()
                .put("type", type)
                .put("status", type.equals("Ready") ? "True" : "False")
                .put("reason", reason)
                .put("message", message)
                .put("lastHeartbeatTime", now)
                .put("lastTransitionTime", now);
    }

    static ObjectNode lease(String name, String now) {
        ObjectNode lease =
                Json.object().put("apiVersion", "coordination.k8s.io/v1").put("kind", "Lease");
        lease.putObject("metadata").put("name", name).put("namespace", "kube-node-lease");
        lease.putObject("spec")
                .put("holderIdentity", name)
                .put("leaseDurationSeconds", 40)
                .put("renewTime", now.replace("Z", ".000000Z"));
        return lease;
    }
}
