// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

import io.fairlead.framework.JsonCursor;
import io.fairlead.framework.ObjectMetadata;
import io.fairlead.framework.Projection;
import io.fairlead.scheduler.PodFacts.ScheduledCondition;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads of a pod what the scheduler needs, in one pass. Called by one thread at a time. */
final class PodDecoder implements Projection.Decoder<PodFacts> {
    /** More templates than most clusters have; what is forgotten costs memory and time, not correctness. */
    private static final int SHARED_MAX = 1_024;

    private final Map<Requirements, Requirements> shared = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Requirements, Requirements> eldest) {
            return size() > SHARED_MAX;
        }
    };

    @Override
    public PodFacts decode(JsonCursor json) throws IOException {
        ObjectMetadata metadata = ObjectMetadata.of("", "", "");
        Spec spec = new Spec();
        Status status = new Status();
        json.beginObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "metadata" -> metadata = ObjectMetadata.read(json);
                case "spec" -> spec.read(json);
                case "status" -> status.read(json);
                default -> json.skip();
            }
        }
        Requirements requirements = spec.requirements();
        Requirements known = shared.putIfAbsent(requirements, requirements);
        return new PodFacts(
                metadata,
                spec.schedulerName,
                spec.nodeName,
                spec.priority,
                spec.gated,
                status.phase.equals("Succeeded") || status.phase.equals("Failed"),
                known == null ? requirements : known,
                status.condition);
    }

    private static final class Spec {
        private String schedulerName = "";
        private String nodeName = "";
        private int priority;
        private boolean gated;
        private Map<String, String> nodeSelector = Map.of();
        private NodeAffinity nodeAffinity = NodeAffinity.ANY;
        private List<Toleration> tolerations = List.of();
        private Company company = Company.ANY;
        private List<SpreadConstraint> spread = List.of();
        private final ContainerDemands demands = new ContainerDemands();

        private void read(JsonCursor json) throws IOException {
            json.beginObject();
            while (json.nextField()) {
                switch (json.field()) {
                    case "schedulerName" -> schedulerName = json.shared();
                    case "nodeName" -> nodeName = json.shared();
                    case "priority" -> priority = json.int32();
                    case "schedulingGates" -> gated = readGated(json);
                    case "nodeSelector" -> nodeSelector = json.strings();
                    case "affinity" -> readAffinity(json);
                    case "topologySpreadConstraints" -> spread = SpreadConstraint.readAll(json);
                    case "tolerations" -> tolerations = Toleration.readAll(json);
                    case "containers" -> demands.readContainers(json);
                    case "initContainers" -> demands.readInitContainers(json);
                    case "overhead" -> demands.readOverhead(json);
                    case "resources" -> demands.readOfPod(json);
                    default -> json.skip();
                }
            }
        }

        private static boolean readGated(JsonCursor json) throws IOException {
            boolean any = false;
            json.beginArray();
            while (json.nextElement()) {
                json.skip();
                any = true;
            }
            return any;
        }

        private void readAffinity(JsonCursor json) throws IOException {
            json.beginObject();
            while (json.nextField()) {
                switch (json.field()) {
                    case "nodeAffinity" -> nodeAffinity = NodeAffinity.read(json);
                    case "podAffinity" -> company = company.readAffinity(json);
                    case "podAntiAffinity" -> company = company.readAntiAffinity(json);
                    default -> json.skip();
                }
            }
        }

        private Requirements requirements() {
            NodeAffinity affinity = nodeSelector.isEmpty() ? nodeAffinity : nodeAffinity.withSelector(nodeSelector);
            return new Requirements(
                    demands.requests(),
                    demands.weight(),
                    affinity,
                    tolerations,
                    demands.hostPorts(),
                    spread.isEmpty() ? company : company.withSpread(spread));
        }
    }

    private static final class Status {
        private String phase = "";
        private ScheduledCondition condition = ScheduledCondition.NONE;

        private void read(JsonCursor json) throws IOException {
            json.beginObject();
            while (json.nextField()) {
                switch (json.field()) {
                    case "phase" -> phase = json.shared();
                    case "conditions" -> json.each(this::readCondition);
                    default -> json.skip();
                }
            }
        }

        private void readCondition(JsonCursor json) throws IOException {
            String type = "";
            String status = "";
            String reason = "";
            String message = "";
            long observedGeneration = 0;
            json.beginObject();
            while (json.nextField()) {
                switch (json.field()) {
                    case "type" -> type = json.shared();
                    case "status" -> status = json.shared();
                    case "reason" -> reason = json.shared();
                    case "message" -> message = json.text();
                    case "observedGeneration" -> observedGeneration = json.integer();
                    default -> json.skip();
                }
            }
            if (type.equals("PodScheduled")) {
                condition = new ScheduledCondition(status, reason, message, observedGeneration);
            }
        }
    }
}
