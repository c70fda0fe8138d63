// SPDX-License-Identifier: Apache-2.0
package io.fairlead.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The statuses that scenarios report for pods on nodes whose kubelet they play themselves. */
final class KubeletReport {
    private final String namespace;
    private int addresses;

    KubeletReport(String namespace) {
        this.namespace = namespace;
    }

    /** The body of a status patch for {@code pod}; {@code step} says what became of it. */
    ObjectNode status(JsonNode pod, JsonNode step, String now) {
        String to = step.path("to").asText("running");
        boolean ended = to.equals("succeeded") || to.equals("failed");
        boolean ready = to.equals("running");
        ObjectNode patch = Json.object();
        ObjectNode status = patch.putObject("status");
        status.put("phase", phase(to));
        status.put("startTime", pod.path("status").path("startTime").asText(now));
        ArrayNode conditions = status.putArray("conditions");
        ObjectNode readiness =
                condition(conditions, "Ready", ready, step.path("readySince").asText(now));
        if (!ready) {
            String why =
                    to.equals("succeeded") ? "PodCompleted" : to.equals("failed") ? "PodFailed" : "ContainersNotReady";
            readiness.put("reason", why);
        }
        condition(conditions, "ContainersReady", ready, now);
        condition(conditions, "Initialized", true, now);
        for (JsonNode extra : step.path("conditions")) {
            ObjectNode condition = conditions.addObject().put("status", "True").put("lastTransitionTime", now);
            extra.properties().forEach(member -> condition.set(member.getKey(), member.getValue()));
        }
        if (!to.equals("pending") && !step.has("podIP")) {
            address(pod, status);
        }
        if (!step.path("noContainers").asBoolean(false)) {
            containers(pod, step, status, state(to, ended, step, now));
        }
        for (String field : new String[] {"reason", "message"}) {
            if (step.has(field)) {
                status.set(field, step.get(field));
            }
        }
        return patch;
    }

    private void address(JsonNode pod, ObjectNode status) {
        addresses++;
        int third = 200 + namespace.chars().sum() % 50;
        String fresh = "10.244." + third + "." + (addresses % 250 + 1);
        String address = pod.path("status").path("podIP").asText(fresh);
        status.put("podIP", address);
        status.putArray("podIPs").addObject().put("ip", address);
    }

    private static void containers(JsonNode pod, JsonNode step, ObjectNode status, JsonNode state) {
        String to = step.path("to").asText("running");
        boolean started = to.equals("running") || to.equals("unready");
        ArrayNode statuses = status.putArray("containerStatuses");
        for (JsonNode container : pod.path("spec").path("containers")) {
            statuses.addObject()
                    .put("name", container.path("name").asText())
                    .put("image", container.path("image").asText())
                    .put("imageID", "")
                    .put("ready", to.equals("running"))
                    .put("started", started)
                    .put("restartCount", step.path("restartCount").asInt(0))
                    .set("state", state);
        }
    }

    private static ObjectNode state(String to, boolean ended, JsonNode step, String now) {
        ObjectNode state = Json.object();
        if (ended) {
            int code = step.path("exitCode").asInt(to.equals("succeeded") ? 0 : 1);
            state.putObject("terminated")
                    .put("exitCode", code)
                    .put("reason", step.path("containerReason").asText(code == 0 ? "Completed" : "Error"))
                    .put("startedAt", now)
                    .put("finishedAt", now);
        } else if (to.equals("pending")) {
            state.putObject("waiting")
                    .put("reason", step.path("containerReason").asText("ContainerCreating"));
        } else {
            state.putObject("running").put("startedAt", now);
        }
        return state;
    }

    private static ObjectNode condition(ArrayNode conditions, String type, boolean status, String since) {
        return conditions
                .addObject()
                .put("type", type)
                .put("status", status ? "True" : "False")
                .put("lastTransitionTime", since);
    }

    private static String phase(String to) {
        return switch (to) {
            case "succeeded" -> "Succeeded";
            case "failed" -> "Failed";
            case "pending" -> "Pending";
            default -> "Running";
        };
    }
}
