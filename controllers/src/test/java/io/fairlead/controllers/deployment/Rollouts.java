// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.deployment;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fairlead.controllers.deployment.DeploymentFacts.Spec;
import io.fairlead.controllers.deployment.DeploymentFacts.Status;
import io.fairlead.controllers.deployment.DeploymentFacts.Strategy;
import io.fairlead.controllers.internal.IntOrPercent;
import io.fairlead.controllers.internal.PodTemplate;
import io.fairlead.controllers.internal.ReplicaSetFacts;
import io.fairlead.framework.JsonCursor;
import io.fairlead.framework.LabelSelector;
import io.fairlead.framework.ObjectMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Makes Deployments and ReplicaSets for tests. */
final class Rollouts {
    static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    private static final LabelSelector SELECTOR = LabelSelector.ofLabels(Map.of("app", "web"));

    private Rollouts() {}

    /** A Deployment of {@code replicas} pods from the first template, with the usual limits, that was never looked at. */
    static Builder deployment(int replicas) {
        return new Builder(replicas);
    }

    static final class Builder {
        private int replicas;
        private int image = 1;
        private boolean paused;
        private boolean terminating;
        private Strategy strategy = Strategy.RollingUpdate.STANDARD;
        private OptionalInt historyLimit = OptionalInt.of(10);
        private Optional<Duration> deadline = Optional.of(Duration.ofMinutes(10));
        private int minReadySeconds;
        private Status status = Status.NONE;
        private Map<String, String> annotations = Map.of();

        private Builder(int replicas) {
            this.replicas = replicas;
        }

        Builder image(int number) {
            image = number;
            return this;
        }

        Builder paused() {
            paused = true;
            return this;
        }

        Builder terminating() {
            terminating = true;
            return this;
        }

        Builder recreating() {
            strategy = new Strategy.Recreate();
            return this;
        }

        Builder rolling(IntOrPercent maxSurge, IntOrPercent maxUnavailable) {
            strategy = new Strategy.RollingUpdate(maxSurge, maxUnavailable);
            return this;
        }

        Builder keeping(int revisions) {
            historyLimit = OptionalInt.of(revisions);
            return this;
        }

        Builder withoutDeadline() {
            deadline = Optional.empty();
            return this;
        }

        Builder minReadySeconds(int seconds) {
            minReadySeconds = seconds;
            return this;
        }

        Builder status(Status newStatus) {
            status = newStatus;
            return this;
        }

        Builder annotated(Map<String, String> newAnnotations) {
            annotations = newAnnotations;
            return this;
        }

        DeploymentFacts facts() {
            ObjectMetadata metadata = new ObjectMetadata(
                    "default",
                    "web",
                    "",
                    "uid-web",
                    "1",
                    2,
                    NOW,
                    terminating ? Optional.of(NOW) : Optional.empty(),
                    Map.of(),
                    annotations,
                    List.of(),
                    List.of());
            return new DeploymentFacts(
                    metadata,
                    new Spec(
                            replicas,
                            paused,
                            SELECTOR,
                            JsonNodeFactory.instance.objectNode(),
                            template(image),
                            strategy,
                            minReadySeconds,
                            historyLimit,
                            deadline),
                    status);
        }
    }

    static PodTemplate template(int image) {
        String json = "{\"metadata\":{\"labels\":{\"app\":\"web\"}},\"spec\":{\"containers\":[{\"image\":\"i:" + image
                + "\"}]}}";
        try (JsonCursor cursor = JsonCursor.of(json.getBytes(UTF_8))) {
            return PodTemplate.read(cursor);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The ReplicaSet of the template {@code image}, made in its turn, with {@code replicas} of which so many are available. */
    static ReplicaSetFacts set(int image, int replicas, int available, Map<String, String> annotations) {
        ObjectMetadata metadata = new ObjectMetadata(
                "default",
                "web-" + image,
                "",
                "uid-" + image,
                "1",
                1,
                NOW.plusSeconds(image),
                Optional.empty(),
                Map.of(),
                annotations,
                List.of(),
                List.of());
        ReplicaSetFacts.Status status =
                new ReplicaSetFacts.Status(replicas, replicas, available, available, OptionalInt.of(0), 1, List.of());
        return new ReplicaSetFacts(metadata, replicas, Duration.ZERO, SELECTOR, template(image), status);
    }

    /** The same for a Deployment of {@code desired} pods and {@code max} at most, as its revision {@code image}. */
    static ReplicaSetFacts set(int image, int replicas, int available, int desired, int max) {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put(Revisions.REVISION, Integer.toString(image));
        annotations.put(Revisions.DESIRED, Integer.toString(desired));
        annotations.put(Revisions.MAX, Integer.toString(max));
        return set(image, replicas, available, annotations);
    }

    static DeploymentPlan plan(Builder deployment, ReplicaSetFacts... sets) {
        return plan(deployment, Set.of(), NOW, sets);
    }

    static DeploymentPlan plan(Builder deployment, Set<String> withPods, Instant now, ReplicaSetFacts... sets) {
        return DeploymentPlanner.plan(Observed.of(deployment.facts(), List.of(sets), withPods, now));
    }
}
