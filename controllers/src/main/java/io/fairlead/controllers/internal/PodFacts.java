// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.internal;

import io.fairlead.framework.JsonCursor;
import io.fairlead.framework.ObjectMetadata;
import io.fairlead.framework.Projection;
import io.fairlead.framework.ResourceType;
import io.fairlead.framework.Source;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What controllers want to know of a pod.
 *
 * @param nodeName empty until it is scheduled
 * @param reason why it is in its phase; mostly empty
 * @param ready whether the condition Ready is true
 * @param readySince when that condition last changed
 * @param restarts of the container that restarted most often
 * @param sidecarRestarts of the restartable init container that restarted most often
 * @param network where it can be reached
 */
public record PodFacts(
        ObjectMetadata metadata,
        String nodeName,
        String phase,
        String reason,
        boolean ready,
        Optional<Instant> readySince,
        int restarts,
        int sidecarRestarts,
        PodNetwork network) {
    /** Shared by all controllers, so that there is one cache of pods. */
    public static final Source<PodFacts> SOURCE =
            Source.of(ResourceType.PODS, Projection.facts("pod facts", PodFacts::read, PodFacts::metadata));

    /** Whether it counts as one of its owner's: neither ended nor about to. */
    public boolean active() {
        return !ended() && !metadata.terminating();
    }

    /** Whether it is being deleted and has not ended. */
    public boolean stopping() {
        return !ended() && metadata.terminating();
    }

    /** Whether its containers have ended for good. */
    public boolean ended() {
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    /** Whether it has been ready for {@code minReady}. */
    public boolean available(Duration minReady, Instant now) {
        return availableFrom(minReady).map(from -> !from.isAfter(now)).orElse(false);
    }

    /** From when on it is available if it stays ready; empty if it is not ready. */
    public Optional<Instant> availableFrom(Duration minReady) {
        if (!ready) {
            return Optional.empty();
        }
        return Optional.of(
                minReady.isZero() ? Instant.MIN : readySince.orElse(Instant.MIN).plus(minReady));
    }

    private static PodFacts read(JsonCursor json) throws IOException {
        Fields fields = new Fields();
        json.beginObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "metadata" -> fields.metadata = ObjectMetadata.read(json);
                case "spec" -> fields.readSpec(json);
                case "status" -> fields.readStatus(json);
                default -> json.skip();
            }
        }
        return fields.toFacts();
    }

    /** What has been read so far. */
    private static final class Fields {
        private ObjectMetadata metadata = ObjectMetadata.of("", "", "");
        private String nodeName = "";
        private String phase = "";
        private String reason = "";
        private boolean ready;
        private Optional<Instant> readySince = Optional.empty();
        private int restarts;
        private final PodNetwork.Reader network = new PodNetwork.Reader();
        private Set<String> sidecars = Set.of();
        private Map<String, Integer> initRestarts = Map.of();

        private void readSpec(JsonCursor json) throws IOException {
            json.beginObject();
            while (json.nextField()) {
                switch (json.field()) {
                    case "nodeName" -> nodeName = json.shared();
                    case "initContainers" -> readInitContainers(json);
                    default -> network.readSpec(json);
                }
            }
        }

        private void readInitContainers(JsonCursor json) throws IOException {
            sidecars = new HashSet<>();
            json.beginArray();
            while (json.nextElement()) {
                String name = "";
                boolean restarted = false;
                json.beginObject();
                while (json.nextField()) {
                    switch (json.field()) {
                        case "name" -> name = json.text();
                        case "restartPolicy" -> restarted = json.text().equals("Always");
                        case "ports" -> network.readPorts(json);
                        default -> json.skip();
                    }
                }
                if (restarted) {
                    sidecars.add(name);
                }
                network.endContainer(restarted);
            }
        }

        private void readStatus(JsonCursor json) throws IOException {
            json.beginObject();
            while (json.nextField()) {
                switch (json.field()) {
                    case "phase" -> phase = json.shared();
                    case "reason" -> reason = json.shared();
                    case "conditions" -> readConditions(json);
                    case "containerStatuses" ->
                        restarts = readRestarts(json).values().stream()
                                .max(Integer::compare)
                                .orElse(0);
                    case "initContainerStatuses" -> initRestarts = readRestarts(json);
                    default -> network.readStatus(json);
                }
            }
        }

        private void readConditions(JsonCursor json) throws IOException {
            json.beginArray();
            while (json.nextElement()) {
                String type = "";
                String status = "";
                Optional<Instant> since = Optional.empty();
                json.beginObject();
                while (json.nextField()) {
                    switch (json.field()) {
                        case "type" -> type = json.shared();
                        case "status" -> status = json.shared();
                        case "lastTransitionTime" -> since = json.time();
                        default -> json.skip();
                    }
                }
                if (type.equals("Ready")) {
                    ready = status.equals(Condition.TRUE);
                    readySince = since;
                }
            }
        }

        private static Map<String, Integer> readRestarts(JsonCursor json) throws IOException {
            Map<String, Integer> counts = new HashMap<>();
            json.beginArray();
            while (json.nextElement()) {
                String name = "";
                int count = 0;
                json.beginObject();
                while (json.nextField()) {
                    switch (json.field()) {
                        case "name" -> name = json.shared();
                        case "restartCount" -> count = json.int32();
                        default -> json.skip();
                    }
                }
                counts.put(name, count);
            }
            return counts;
        }

        private PodFacts toFacts() {
            int sidecarRestarts = 0;
            for (Map.Entry<String, Integer> each : initRestarts.entrySet()) {
                if (sidecars.contains(each.getKey())) {
                    sidecarRestarts = Math.max(sidecarRestarts, each.getValue());
                }
            }
            return new PodFacts(
                    metadata,
                    nodeName,
                    phase,
                    reason,
                    ready,
                    readySince,
                    restarts,
                    sidecarRestarts,
                    network.toNetwork());
        }
    }
}
