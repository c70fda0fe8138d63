// SPDX-License-Identifier: Apache-2.0
package io.fairlead.kubelet;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.framework.Timestamps;
import io.fairlead.kubelet.ContainerStatus.Running;
import io.fairlead.kubelet.ContainerStatus.Terminated;
import io.fairlead.kubelet.ContainerStatus.Waiting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Strategic merge patches of pods' statuses, with the fields that KWOK writes and in its order. Pure. */
final class PodPatches {
    private PodPatches() {}

    /** Where a pod is in the network. */
    record Addresses(String hostIp, String podIp) {}

    /** All containers run; init containers have ended, sidecars run. */
    static ObjectNode started(PodFacts pod, boolean ready, Addresses addresses, Instant now) {
        String time = Timestamps.format(now);
        ObjectNode body = body(pod);
        ObjectNode status = body.putObject("status");
        ArrayNode conditions = status.putArray("conditions");
        condition(conditions, "Initialized", time);
        readiness(conditions, ready ? List.of() : names(pod), time, false);
        pod.spec().readinessGates().forEach(gate -> condition(conditions, gate, time));
        ArrayNode containers = status.putArray("containerStatuses");
        for (ContainerFacts container : pod.spec().containers()) {
            ObjectNode entry = entry(containers, container.image(), container.name(), ready, 0);
            entry.putObject("state").putObject("running").put("startedAt", time);
        }
        initContainers(status, pod, time);
        place(status, addresses, time);
        status.put("phase", "Running");
        return body;
    }

    /** No container runs, for {@code reason}. */
    static ObjectNode stalled(PodFacts pod, String reason, Addresses addresses, Instant now) {
        String time = Timestamps.format(now);
        ObjectNode body = body(pod);
        ObjectNode status = body.putObject("status");
        ArrayNode conditions = status.putArray("conditions");
        condition(conditions, "Initialized", time);
        readiness(conditions, names(pod), time, false);
        ArrayNode containers = status.putArray("containerStatuses");
        for (ContainerFacts container : pod.spec().containers()) {
            ObjectNode entry = entry(containers, container.image(), container.name(), false, 0);
            entry.put("started", false);
            entry.putObject("state").putObject("waiting").put("reason", reason);
        }
        initContainers(status, pod, time);
        place(status, addresses, time);
        return body;
    }

    /** It is ready from now on. */
    static ObjectNode ready(PodFacts pod, Instant now) {
        ObjectNode body = body(pod);
        ObjectNode status = body.putObject("status");
        readiness(status.putArray("conditions"), List.of(), Timestamps.format(now), true);
        containers(status, pod.status().containers(), true);
        return body;
    }

    /** All containers have ended well; conditions stay as they are. */
    static ObjectNode completed(PodFacts pod, Instant now) {
        ObjectNode body = body(pod);
        ObjectNode status = body.putObject("status");
        ArrayNode containers = status.putArray("containerStatuses");
        for (ContainerFacts container : pod.spec().containers()) {
            ObjectNode entry = entry(containers, container.image(), container.name(), false, 0);
            entry.put("started", false);
            terminated(entry.putObject("state"), new Terminated(0, now, now));
        }
        status.put("phase", "Succeeded");
        return body;
    }

    /** Containers have ended or were started again. */
    static ObjectNode progressed(PodFacts pod, Step.Progress progress, boolean ready, Instant now) {
        String time = Timestamps.format(now);
        ObjectNode body = body(pod);
        ObjectNode status = body.putObject("status");
        ArrayNode conditions = status.putArray("conditions");
        switch (progress.phase()) {
            case "Succeeded" -> finished(conditions, "PodCompleted", time);
            case "Failed" -> finished(conditions, "PodFailed", time);
            default -> {
                List<String> waiting = new ArrayList<>(0);
                progress.containers().stream()
                        .filter(each -> !each.runs() || !ready)
                        .forEach(each -> waiting.add(each.name()));
                if (waiting.isEmpty() != pod.status().ready()) {
                    readiness(conditions, waiting, time, true);
                }
            }
        }
        containers(status, progress.containers(), ready);
        status.put("phase", progress.phase());
        return body;
    }

    /** It has run for longer than it may. */
    static ObjectNode expired(PodFacts pod, Instant now) {
        ObjectNode body = body(pod);
        ObjectNode status = body.putObject("status");
        finished(status.putArray("conditions"), "PodFailed", Timestamps.format(now));
        List<ContainerStatus> ended = new ArrayList<>();
        for (ContainerStatus container : pod.status().containers()) {
            // Killed by a signal, as somebody who has to be stopped is.
            ended.add(
                    container.state() instanceof Running(Instant since)
                            ? container.with(new Terminated(137, since, now))
                            : container);
        }
        containers(status, ended, false);
        status.put("phase", "Failed");
        status.put("reason", "DeadlineExceeded");
        status.put("message", "Pod was active on the node longer than the specified deadline");
        return body;
    }

    /** The uid keeps a patch from hitting a later pod of the same name. */
    private static ObjectNode body(PodFacts pod) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("metadata").put("uid", pod.metadata().uid());
        return body;
    }

    private static List<String> names(PodFacts pod) {
        return pod.spec().containers().stream().map(ContainerFacts::name).toList();
    }

    private static void condition(ArrayNode conditions, String type, String time) {
        conditions
                .addObject()
                .put("lastTransitionTime", time)
                .put("status", "True")
                .put("type", type);
    }

    /** {@code clear}: a reason that may be there from before has to go. */
    private static void readiness(ArrayNode conditions, List<String> unready, String time, boolean clear) {
        for (String type : List.of("Ready", "ContainersReady")) {
            ObjectNode condition = conditions.addObject().put("lastTransitionTime", time);
            condition.put("status", unready.isEmpty() ? "True" : "False").put("type", type);
            if (unready.isEmpty() && clear) {
                condition.putNull("reason").putNull("message");
            } else if (!unready.isEmpty()) {
                condition.put("reason", "ContainersNotReady");
                condition.put("message", "containers with unready status: [" + String.join(" ", unready) + "]");
            }
        }
    }

    private static void finished(ArrayNode conditions, String reason, String time) {
        for (String type : List.of("Ready", "ContainersReady")) {
            conditions
                    .addObject()
                    .put("lastTransitionTime", time)
                    .put("status", "False")
                    .put("type", type)
                    .put("reason", reason)
                    .putNull("message");
        }
    }

    private static void initContainers(ObjectNode status, PodFacts pod, String time) {
        if (pod.spec().initContainers().isEmpty()) {
            return;
        }
        ArrayNode containers = status.putArray("initContainerStatuses");
        for (ContainerFacts container : pod.spec().initContainers()) {
            ObjectNode entry = entry(containers, container.image(), container.name(), true, 0);
            if (container.sidecar()) {
                entry.put("started", true);
                entry.putObject("state").putObject("running").put("startedAt", time);
            } else {
                entry.putObject("state")
                        .putObject("terminated")
                        .put("exitCode", 0)
                        .put("finishedAt", time)
                        .put("reason", "Completed")
                        .put("startedAt", time);
            }
        }
    }

    private static ObjectNode entry(ArrayNode containers, String image, String name, boolean ready, int restarts) {
        return containers
                .addObject()
                .put("image", image)
                .put("name", name)
                .put("ready", ready)
                .put("restartCount", restarts);
    }

    private static void containers(ObjectNode status, List<ContainerStatus> containers, boolean ready) {
        ArrayNode entries = status.putArray("containerStatuses");
        for (ContainerStatus container : containers) {
            ObjectNode entry = entry(
                    entries, container.image(), container.name(), ready && container.runs(), container.restarts());
            entry.put("started", container.runs());
            ObjectNode state = entry.putObject("state");
            switch (container.state()) {
                case Running(Instant since) -> state.putObject("running").put("startedAt", Timestamps.format(since));
                case Terminated ended -> terminated(state, ended);
                case Waiting(String reason, String message) -> {
                    ObjectNode waiting = state.putObject("waiting").put("reason", reason);
                    if (!message.isEmpty()) {
                        waiting.put("message", message);
                    }
                }
            }
            container.last().ifPresent(last -> terminated(entry.putObject("lastState"), last));
        }
    }

    private static void terminated(ObjectNode state, Terminated ended) {
        state.putObject("terminated")
                .put("exitCode", ended.exitCode())
                .put("finishedAt", Timestamps.format(ended.finishedAt()))
                .put("reason", ended.reason())
                .put("startedAt", Timestamps.format(ended.startedAt()));
    }

    private static void place(ObjectNode status, Addresses addresses, String time) {
        status.put("hostIP", addresses.hostIp());
        status.putArray("hostIPs").addObject().put("ip", addresses.hostIp());
        status.put("podIP", addresses.podIp());
        status.putArray("podIPs").addObject().put("ip", addresses.podIp());
        status.put("startTime", time);
    }
}
