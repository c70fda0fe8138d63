// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fairlead.controllers.internal.Condition;
import io.fairlead.controllers.internal.IntOrPercent;
import io.fairlead.controllers.internal.PodTemplate;
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
import java.util.Optional;
import java.util.OptionalInt;

/** What the controller wants to know of a Deployment. */
record DeploymentFacts(ObjectMetadata metadata, Spec spec, Status status) {
    static final Source<DeploymentFacts> SOURCE = Source.of(
            ResourceType.DEPLOYMENTS,
            Projection.facts("deployment facts", DeploymentFacts::read, DeploymentFacts::metadata));

    ObjectKey key() {
        return metadata.key();
    }

    /**
     * What is wanted.
     *
     * @param selectorTree as it is in the object; not to be changed
     * @param strategy {@code RollingUpdate} unless it is Recreate
     * @param historyLimit how many old ReplicaSets to keep; empty for all
     * @param progressDeadline empty for none
     */
    record Spec(
            int replicas,
            boolean paused,
            LabelSelector selector,
            JsonNode selectorTree,
            PodTemplate template,
            Strategy strategy,
            int minReadySeconds,
            OptionalInt historyLimit,
            Optional<Duration> progressDeadline) {}

    /** How to get from one template to the next. */
    sealed interface Strategy {
        /** All old pods end before the first new one starts. */
        record Recreate() implements Strategy {}

        /** Old and new side by side, within bounds. */
        record RollingUpdate(IntOrPercent maxSurge, IntOrPercent maxUnavailable) implements Strategy {
            static final RollingUpdate STANDARD =
                    new RollingUpdate(new IntOrPercent(25, true), new IntOrPercent(25, true));
        }
    }

    /**
     * What the controller last said.
     *
     * @param terminating empty if it was never said or is not known
     * @param collisions empty if there never were any
     */
    record Status(
            long observedGeneration,
            int replicas,
            int updated,
            int ready,
            int available,
            int unavailable,
            OptionalInt terminating,
            OptionalInt collisions,
            List<Condition> conditions) {
        static final Status NONE = new Status(0, 0, 0, 0, 0, 0, OptionalInt.empty(), OptionalInt.empty(), List.of());

        Status {
            conditions = List.copyOf(conditions);
        }

        Status withConditions(List<Condition> newConditions) {
            return new Status(
                    observedGeneration,
                    replicas,
                    updated,
                    ready,
                    available,
                    unavailable,
                    terminating,
                    collisions,
                    newConditions);
        }

        Status withCollisions(int newCollisions) {
            return new Status(
                    observedGeneration,
                    replicas,
                    updated,
                    ready,
                    available,
                    unavailable,
                    terminating,
                    OptionalInt.of(newCollisions),
                    conditions);
        }

        Status withObservedGeneration(long newGeneration) {
            return new Status(
                    newGeneration,
                    replicas,
                    updated,
                    ready,
                    available,
                    unavailable,
                    terminating,
                    collisions,
                    conditions);
        }
    }

    private static DeploymentFacts read(JsonCursor json) throws IOException {
        ObjectMetadata metadata = ObjectMetadata.of("", "", "");
        Spec spec = new SpecFields().toSpec();
        Status status = Status.NONE;
        json.beginObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "metadata" -> metadata = ObjectMetadata.read(json);
                case "spec" -> spec = SpecFields.read(json);
                case "status" -> status = readStatus(json);
                default -> json.skip();
            }
        }
        return new DeploymentFacts(metadata, spec, status);
    }

    private static Status readStatus(JsonCursor json) throws IOException {
        long observedGeneration = 0;
        int replicas = 0;
        int updated = 0;
        int ready = 0;
        int available = 0;
        int unavailable = 0;
        OptionalInt terminating = OptionalInt.empty();
        OptionalInt collisions = OptionalInt.empty();
        List<Condition> conditions = List.of();
        json.beginObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "observedGeneration" -> observedGeneration = json.integer();
                case "replicas" -> replicas = json.int32();
                case "updatedReplicas" -> updated = json.int32();
                case "readyReplicas" -> ready = json.int32();
                case "availableReplicas" -> available = json.int32();
                case "unavailableReplicas" -> unavailable = json.int32();
                case "terminatingReplicas" -> terminating = OptionalInt.of(json.int32());
                case "collisionCount" -> collisions = OptionalInt.of(json.int32());
                case "conditions" -> conditions = Condition.readAll(json);
                default -> json.skip();
            }
        }
        return new Status(
                observedGeneration,
                replicas,
                updated,
                ready,
                available,
                unavailable,
                terminating,
                collisions,
                conditions);
    }

    /** What has been read of a spec so far; at first, the defaults. */
    private static final class SpecFields {
        /** Written where a limit is meant to be none. */
        private static final int NO_LIMIT = Integer.MAX_VALUE;

        private int replicas = 1;
        private boolean paused;
        private JsonNode selectorTree = JsonNodeFactory.instance.objectNode();
        private PodTemplate template = PodTemplate.EMPTY;
        private boolean recreate;
        private IntOrPercent maxSurge = Strategy.RollingUpdate.STANDARD.maxSurge();
        private IntOrPercent maxUnavailable = Strategy.RollingUpdate.STANDARD.maxUnavailable();
        private int minReadySeconds;
        private int historyLimit = NO_LIMIT;
        private int progressDeadlineSeconds = NO_LIMIT;

        private static Spec read(JsonCursor json) throws IOException {
            SpecFields fields = new SpecFields();
            json.beginObject();
            while (json.nextField()) {
                fields.readField(json);
            }
            return fields.toSpec();
        }

        private void readField(JsonCursor json) throws IOException {
            switch (json.field()) {
                case "replicas" -> replicas = json.int32();
                case "paused" -> paused = json.bool();
                case "selector" -> selectorTree = json.tree();
                case "template" -> template = PodTemplate.read(json);
                case "strategy" -> readStrategy(json);
                case "minReadySeconds" -> minReadySeconds = json.int32();
                case "revisionHistoryLimit" -> historyLimit = json.isNull() ? NO_LIMIT : json.int32();
                case "progressDeadlineSeconds" -> progressDeadlineSeconds = json.isNull() ? NO_LIMIT : json.int32();
                default -> json.skip();
            }
        }

        private void readStrategy(JsonCursor json) throws IOException {
            json.beginObject();
            while (json.nextField()) {
                switch (json.field()) {
                    case "type" -> recreate = json.shared().equals("Recreate");
                    case "rollingUpdate" -> readRollingUpdate(json);
                    default -> json.skip();
                }
            }
        }

        private void readRollingUpdate(JsonCursor json) throws IOException {
            json.beginObject();
            while (json.nextField()) {
                switch (json.field()) {
                    case "maxSurge" -> maxSurge = IntOrPercent.read(json);
                    case "maxUnavailable" -> maxUnavailable = IntOrPercent.read(json);
                    default -> json.skip();
                }
            }
        }

        private Spec toSpec() throws IOException {
            return new Spec(
                    replicas,
                    paused,
                    selector(),
                    selectorTree,
                    template,
                    recreate ? new Strategy.Recreate() : new Strategy.RollingUpdate(maxSurge, maxUnavailable),
                    minReadySeconds,
                    historyLimit == NO_LIMIT ? OptionalInt.empty() : OptionalInt.of(historyLimit),
                    progressDeadlineSeconds == NO_LIMIT
                            ? Optional.empty()
                            : Optional.of(Duration.ofSeconds(progressDeadlineSeconds)));
        }

        private LabelSelector selector() throws IOException {
            try (JsonCursor json = JsonCursor.of(PodTemplate.bytes(selectorTree))) {
                return LabelSelector.read(json);
            }
        }
    }
}
