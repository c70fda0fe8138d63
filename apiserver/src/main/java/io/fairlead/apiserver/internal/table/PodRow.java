// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.table;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The row of a pod: how many of its containers are ready, and what best says how it is doing.
 *
 * <p>While the pod initializes, that is its first init container that is not done; then its first container that waits or has
 * ended; if all is well, the pod's phase.
 */
final class PodRow {
    static final TableFormat.Printer PRINTER = (pod, row) -> new PodRow(pod).print(row);

    private final JsonObject pod;
    private final JsonObject spec;
    private final JsonObject status;
    private final Set<String> sidecars = new HashSet<>();

    private String reason;
    private int ready;
    private long restarts;
    private long sidecarRestarts;
    private @Nullable Instant lastRestart;
    private @Nullable Instant lastSidecarRestart;

    private PodRow(JsonObject pod) {
        this.pod = pod;
        this.spec = pod.objectOrEmpty("spec");
        this.status = pod.objectOrEmpty("status");
        this.reason = status.text("reason").isEmpty() ? status.text("phase") : status.text("reason");
        for (JsonObject container : spec.objects("initContainers")) {
            if (container.text("restartPolicy").equals("Always")) {
                sidecars.add(container.text("name"));
            }
        }
    }

    /** Why the pod is over, if it is. */
    static JsonArray conditions(JsonObject pod) {
        String phase = pod.objectOrEmpty("status").text("phase");
        return switch (phase) {
            case "Succeeded" -> over(phase, "The pod has completed successfully.");
            case "Failed" -> over(phase, "The pod failed.");
            default -> new JsonArray();
        };
    }

    private static JsonArray over(String reason, String message) {
        return JsonArray.of(new JsonObject()
                .put("type", "Completed")
                .put("status", "True")
                .put("reason", reason)
                .put("message", message));
    }

    private void print(Row row) {
        for (JsonObject condition : status.objects("conditions")) {
            if (condition.text("type").equals("PodScheduled")
                    && condition.text("reason").equals("SchedulingGated")) {
                reason = "SchedulingGated";
            }
        }
        boolean initializing = initializing();
        if (!initializing || Texts.isTrue(status, "Initialized")) {
            restarts = sidecarRestarts;
            lastRestart = lastSidecarRestart;
            running();
        }
        if (Texts.isDeleting(pod)) {
            deleting();
        }
        int containers = spec.objects("containers").size() + sidecars.size();
        row.name(pod)
                .text(ready + "/" + containers)
                .text(reason)
                .text(restarts(row))
                .age(pod);
        List<JsonObject> ips = status.objects("podIPs");
        row.textOr(ips.isEmpty() ? "" : ips.getFirst().text("ip"), Row.NONE);
        row.textOr(spec.text("nodeName"), Row.NONE);
        row.textOr(status.text("nominatedNodeName"), Row.NONE);
        row.text(readinessGates());
    }

    private String restarts(Row row) {
        Instant last = lastRestart;
        return restarts == 0 || last == null
                ? Long.toString(restarts)
                : restarts + " (" + row.since(last.toString()) + " ago)";
    }

    /** Looks at the init containers up to the first that is not done. Returns whether there is one. */
    private boolean initializing() {
        List<JsonObject> containers = status.objects("initContainerStatuses");
        for (int i = 0; i < containers.size(); i++) {
            JsonObject container = containers.get(i);
            boolean sidecar = sidecars.contains(container.text("name"));
            restarts += container.number("restartCount");
            lastRestart = later(lastRestart, container);
            if (sidecar) {
                sidecarRestarts += container.number("restartCount");
                lastSidecarRestart = later(lastSidecarRestart, container);
            }
            JsonObject state = container.objectOrEmpty("state");
            JsonObject terminated = state.object("terminated");
            String waiting = state.objectOrEmpty("waiting").text("reason");
            if (terminated != null && terminated.number("exitCode") == 0) {
                continue;
            }
            if (sidecar && container.flag("started")) {
                ready += container.flag("ready") ? 1 : 0;
                continue;
            }
            if (terminated != null) {
                reason = "Init:" + ended(terminated);
            } else if (!waiting.isEmpty() && !waiting.equals("PodInitializing")) {
                reason = "Init:" + waiting;
            } else {
                reason = "Init:" + i + "/" + spec.objects("initContainers").size();
            }
            return true;
        }
        return false;
    }

    /** Looks at the containers, the last one first, so that the first has the last word. */
    private void running() {
        boolean anyRuns = false;
        String error = "";
        for (JsonObject container : status.objects("containerStatuses").reversed()) {
            restarts += container.number("restartCount");
            lastRestart = later(lastRestart, container);
            JsonObject state = container.objectOrEmpty("state");
            JsonObject terminated = state.object("terminated");
            String waiting = state.objectOrEmpty("waiting").text("reason");
            if (!waiting.isEmpty()) {
                reason = waiting;
            } else if (terminated != null) {
                reason = ended(terminated);
                error = terminated.number("exitCode") == 0 ? error : reason;
            } else if (container.flag("ready") && state.has("running")) {
                anyRuns = true;
                ready++;
            }
        }
        if (reason.equals("Completed")) {
            if (anyRuns && Texts.isTrue(status, "Ready")) {
                reason = "Running";
            } else if (!error.isEmpty()) {
                reason = error;
            } else if (anyRuns) {
                reason = "NotReady";
            }
        }
    }

    private void deleting() {
        String phase = status.text("phase");
        if (status.text("reason").equals("NodeLost")) {
            reason = "Unknown";
        } else if (!phase.equals("Succeeded") && !phase.equals("Failed")) {
            reason = "Terminating";
        }
    }

    private static String ended(JsonObject terminated) {
        if (!terminated.text("reason").isEmpty()) {
            return terminated.text("reason");
        }
        return terminated.number("signal") == 0
                ? "ExitCode:" + terminated.number("exitCode")
                : "Signal:" + terminated.number("signal");
    }

    private static @Nullable Instant later(@Nullable Instant known, JsonObject container) {
        Instant ended = Row.instant(
                container.objectOrEmpty("lastState").objectOrEmpty("terminated").text("finishedAt"));
        return ended != null && (known == null || known.isBefore(ended)) ? ended : known;
    }

    private String readinessGates() {
        List<JsonObject> gates = spec.objects("readinessGates");
        if (gates.isEmpty()) {
            return Row.NONE;
        }
        long open = gates.stream()
                .filter(gate -> Texts.isTrue(status, gate.text("conditionType")))
                .count();
        return open + "/" + gates.size();
    }
}
