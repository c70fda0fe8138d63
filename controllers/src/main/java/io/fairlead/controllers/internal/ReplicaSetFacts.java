// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.internal;

import io.fairlead.framework.JsonCursor;
import io.fairlead.framework.LabelSelector;
import io.fairlead.framework.ObjectKey;
import io.fairlead.framework.ObjectMetadata;
import io.fairlead.framework.Projection;
import io.fairlead.framework.ResourceType;
import io.fairlead.framework.Source;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** What controllers want to know of a ReplicaSet, or of a ReplicationController, which is the same under an older name. */
public record ReplicaSetFacts(
        ObjectMetadata metadata,
        int replicas,
        Duration minReady,
        LabelSelector selector,
        PodTemplate template,
        Status status) {
    /** Shared by all controllers, so that there is one cache of ReplicaSets. */
    public static final Source<ReplicaSetFacts> SOURCE = Source.of(
            ResourceType.REPLICA_SETS,
            Projection.facts("replica set facts", json -> read(json, LabelSelector::read), ReplicaSetFacts::metadata));

    /** The same of ReplicationControllers. */
    public static final Source<ReplicaSetFacts> REPLICATION_CONTROLLERS = Source.of(
            ResourceType.REPLICATION_CONTROLLERS,
            Projection.facts(
                    "replication controller facts",
                    json -> read(json, LabelSelector::readLabels),
                    ReplicaSetFacts::metadata));

    /**
     * What its controller last said of it.
     *
     * @param terminating empty if it never said
     */
    public record Status(
            int replicas,
            int fullyLabeled,
            int ready,
            int available,
            OptionalInt terminating,
            long observedGeneration,
            List<Condition> conditions) {
        public static final Status NONE = new Status(0, 0, 0, 0, OptionalInt.empty(), 0, List.of());

        public Status {
            conditions = List.copyOf(conditions);
        }

        /** The same but for what was observed. */
        public boolean sameCounts(Status other) {
            return replicas == other.replicas
                    && fullyLabeled == other.fullyLabeled
                    && ready == other.ready
                    && available == other.available
                    && terminating.equals(other.terminating)
                    && conditions.equals(other.conditions);
        }
    }

    public ObjectKey key() {
        return metadata.key();
    }

    public String name() {
        return metadata.name();
    }

    private static ReplicaSetFacts read(JsonCursor json, Projection.Decoder<LabelSelector> selectorDecoder)
            throws IOException {
        ObjectMetadata metadata = ObjectMetadata.of("", "", "");
        Spec spec = Spec.NONE;
        Status status = Status.NONE;
        json.beginObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "metadata" -> metadata = ObjectMetadata.read(json);
                case "spec" -> spec = Spec.read(json, selectorDecoder);
                case "status" -> status = readStatus(json);
                default -> json.skip();
            }
        }
        return new ReplicaSetFacts(
                metadata,
                spec.replicas,
                Duration.ofSeconds(spec.minReadySeconds),
                spec.selector,
                spec.template,
                status);
    }

    private static Status readStatus(JsonCursor json) throws IOException {
        int replicas = 0;
        int fullyLabeled = 0;
        int ready = 0;
        int available = 0;
        OptionalInt terminating = OptionalInt.empty();
        long observedGeneration = 0;
        List<Condition> conditions = List.of();
        json.beginObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "replicas" -> replicas = json.int32();
                case "fullyLabeledReplicas" -> fullyLabeled = json.int32();
                case "readyReplicas" -> ready = json.int32();
                case "availableReplicas" -> available = json.int32();
                case "terminatingReplicas" -> terminating = OptionalInt.of(json.int32());
                case "observedGeneration" -> observedGeneration = json.integer();
                case "conditions" -> conditions = Condition.readAll(json);
                default -> json.skip();
            }
        }
        return new Status(replicas, fullyLabeled, ready, available, terminating, observedGeneration, conditions);
    }

    private record Spec(int replicas, int minReadySeconds, LabelSelector selector, PodTemplate template) {
        private static final Spec NONE = new Spec(1, 0, LabelSelector.NOTHING, PodTemplate.EMPTY);

        private static Spec read(JsonCursor json, Projection.Decoder<LabelSelector> selectorDecoder)
                throws IOException {
            int replicas = NONE.replicas;
            int minReadySeconds = 0;
            LabelSelector selector = NONE.selector;
            PodTemplate template = NONE.template;
            json.beginObject();
            while (json.nextField()) {
                switch (json.field()) {
                    case "replicas" -> replicas = json.int32();
                    case "minReadySeconds" -> minReadySeconds = json.int32();
                    case "selector" -> selector = selectorDecoder.decode(json);
                    case "template" -> template = PodTemplate.read(json);
                    default -> json.skip();
                }
            }
            return new Spec(replicas, minReadySeconds, selector, template);
        }
    }
}
