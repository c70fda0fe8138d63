// SPDX-License-Identifier: Apache-2.0
package io.fairlead.kubelet;

import io.fairlead.framework.JsonCursor;
import io.fairlead.framework.ObjectMetadata;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads of a pod what the agent needs, in one pass. */
final class PodDecoder {
    private ObjectMetadata metadata = ObjectMetadata.of("", "", "");
    private Duration deletionGrace = Duration.ZERO;
    private String nodeName = "";
    private boolean hostNetwork;
    private String restartPolicy = "Always";
    private Optional<Duration> deadline = Optional.empty();
    private List<ContainerFacts> containers = List.of();
    private List<ContainerFacts> initContainers = List.of();
    private final List<String> readinessGates = new ArrayList<>(0);
    private String phase = "";
    private boolean ready;
    private Optional<Instant> scheduledAt = Optional.empty();
    private String podIp = "";
    private Optional<Instant> startedAt = Optional.empty();
    private List<ContainerStatus> containerStatuses = List.of();

    private PodDecoder() {}

    static PodFacts decode(JsonCursor json) throws IOException {
        PodDecoder decoder = new PodDecoder();
        json.beginObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "metadata" -> decoder.readMetadata(json.raw());
                case "spec" -> decoder.readSpec(json);
                case "status" -> decoder.readStatus(json);
                default -> json.skip();
            }
        }
        return decoder.facts();
    }

    private PodFacts facts() {
        return new PodFacts(
                metadata,
                deletionGrace,
                nodeName,
                scheduledAt.orElse(metadata.creationTimestamp()),
                new PodFacts.Spec(hostNetwork, restartPolicy, deadline, containers, initContainers, readinessGates),
                new PodFacts.Status(phase, ready, podIp, startedAt, containerStatuses));
    }

    /** Reads it twice if it says that the pod is to end: how fast is not among what all objects have. */
    private void readMetadata(byte[] raw) throws IOException {
        try (JsonCursor json = JsonCursor.of(raw)) {
            metadata = ObjectMetadata.read(json);
        }
        if (metadata.terminating()) {
            try (JsonCursor json = JsonCursor.of(raw)) {
                json.beginObject();
                while (json.nextField()) {
                    if (json.field().equals("deletionGracePeriodSeconds")) {
                        deletionGrace = Duration.ofSeconds(json.integer());
                    } else {
                        json.skip();
                    }
                }
            }
        }
    }

    private void readSpec(JsonCursor json) throws IOException {
        json.beginObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "nodeName" -> nodeName = json.shared();
                case "hostNetwork" -> hostNetwork = json.bool();
                case "restartPolicy" -> restartPolicy = json.shared();
                case "activeDeadlineSeconds" ->
                    deadline = json.isNull() ? skipped(json) : Optional.of(Duration.ofSeconds(json.integer()));
                case "containers" -> containers = ContainerFacts.readAll(json);
                case "initContainers" -> initContainers = ContainerFacts.readAll(json);
                case "readinessGates" -> json.each(this::readReadinessGate);
                default -> json.skip();
            }
        }
    }

    private static Optional<Duration> skipped(JsonCursor json) throws IOException {
        json.skip();
        return Optional.empty();
    }

    private void readReadinessGate(JsonCursor json) throws IOException {
        json.beginObject();
        while (json.nextField()) {
            if (json.field().equals("conditionType")) {
                readinessGates.add(json.shared());
            } else {
                json.skip();
            }
        }
    }

    private void readStatus(JsonCursor json) throws IOException {
        json.beginObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "phase" -> phase = json.shared();
                case "podIP" -> podIp = json.text();
                case "startTime" -> startedAt = json.time();
                case "containerStatuses" -> containerStatuses = ContainerStatus.readAll(json);
                case "conditions" -> json.each(this::readCondition);
                default -> json.skip();
            }
        }
    }

    private void readCondition(JsonCursor json) throws IOException {
        String type = "";
        boolean isTrue = false;
        Optional<Instant> since = Optional.empty();
        json.beginObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "type" -> type = json.shared();
                case "status" -> isTrue = json.shared().equals("True");
                case "lastTransitionTime" -> since = json.time();
                default -> json.skip();
            }
        }
        if (type.equals("Ready")) {
            ready = isTrue;
        } else if (type.equals("PodScheduled") && isTrue) {
            scheduledAt = since;
        }
    }
}
