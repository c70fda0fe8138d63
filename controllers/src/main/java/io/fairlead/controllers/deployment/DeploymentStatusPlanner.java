// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.deployment;

import io.fairlead.controllers.deployment.DeploymentFacts.Status;
import io.fairlead.controllers.internal.Condition;
import io.fairlead.controllers.internal.ReplicaSetFacts;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToIntFunction;

/** Decides what the status of a Deployment says. Pure: the same arguments always give the same answer. */
final class DeploymentStatusPlanner {
    static final String AVAILABLE = "Available";
    static final String PROGRESSING = "Progressing";
    static final String REPLICA_FAILURE = "ReplicaFailure";

    static final String COMPLETE = "NewReplicaSetAvailable";
    static final String TIMED_OUT = "ProgressDeadlineExceeded";
    static final String PAUSED = "DeploymentPaused";

    /** Times are whole seconds: looking a little later than the deadline saves a look a little before it. */
    private static final Duration CLOCK_GRAIN = Duration.ofSeconds(1);

    private DeploymentStatusPlanner() {}

    /** The counts, and whether enough pods are available. */
    static Status counts(Observed observed) {
        DeploymentFacts deployment = observed.deployment();
        List<ReplicaSetFacts> all = observed.all();
        int available = sum(all, set -> set.status().available());
        int wanted = sum(all, ReplicaSetFacts::replicas);
        int minAvailable =
                deployment.spec().replicas() - Limits.of(deployment.spec()).unavailable();
        Condition enough = available >= minAvailable
                ? condition(
                        observed,
                        AVAILABLE,
                        Condition.TRUE,
                        "MinimumReplicasAvailable",
                        "Deployment has minimum availability.")
                : condition(
                        observed,
                        AVAILABLE,
                        Condition.FALSE,
                        "MinimumReplicasUnavailable",
                        "Deployment does not have minimum availability.");
        return new Status(
                deployment.metadata().generation(),
                sum(all, set -> set.status().replicas()),
                observed.wanted().map(set -> set.status().replicas()).orElse(0),
                sum(all, set -> set.status().ready()),
                available,
                Math.max(0, wanted - available),
                terminating(all),
                deployment.status().collisions(),
                Condition.with(deployment.status().conditions(), enough));
    }

    private static OptionalInt terminating(List<ReplicaSetFacts> all) {
        int sum = 0;
        for (ReplicaSetFacts set : all) {
            OptionalInt count = set.status().terminating();
            if (count.isEmpty() && set.status().observedGeneration() > 0) {
                // Looked at by a controller that does not count them.
                return OptionalInt.empty();
            }
            sum += count.orElse(0);
        }
        return OptionalInt.of(sum);
    }

    /** The counts, and how the rollout gets on. */
    static Status rollout(Observed observed) {
        DeploymentFacts deployment = observed.deployment();
        Status counts = counts(observed);
        List<Condition> conditions = deployment.spec().progressDeadline().isPresent()
                ? progress(observed, counts)
                : Condition.without(counts.conditions(), PROGRESSING);
        Optional<Condition> failure = failure(observed);
        return counts.withConditions(
                failure.isPresent()
                        ? Condition.with(conditions, failure.get())
                        : Condition.without(conditions, REPLICA_FAILURE));
    }

    private static List<Condition> progress(Observed observed, Status counts) {
        List<Condition> conditions = counts.conditions();
        Optional<Condition> current = progressing(observed.deployment());
        boolean wasComplete = current.isPresent() && current.get().reason().equals(COMPLETE);
        if (wasComplete && counts.replicas() == counts.updated()) {
            // No rollout: pods that come and go by themselves are no progress.
            return conditions;
        }
        String subject = observed.wanted()
                .map(set -> "ReplicaSet \"" + set.name() + "\"")
                .orElse("Deployment \"" + observed.deployment().metadata().name() + "\"");
        if (complete(observed.deployment(), counts)) {
            return Condition.with(
                    conditions,
                    condition(
                            observed,
                            PROGRESSING,
                            Condition.TRUE,
                            COMPLETE,
                            subject + " has successfully progressed."));
        }
        if (progressed(observed.deployment().status(), counts)) {
            Condition moved =
                    condition(observed, PROGRESSING, Condition.TRUE, "ReplicaSetUpdated", subject + " is progressing.");
            Condition kept = current.isPresent() && current.get().isTrue()
                    ? moved.since(current.get().lastTransitionTime())
                    : moved;
            // Not merely "with": each progress moves lastUpdateTime on, although status and reason stay the same.
            return Condition.with(Condition.without(conditions, PROGRESSING), kept);
        }
        if (overdue(observed.deployment(), observed.now())) {
            return Condition.with(
                    conditions,
                    condition(
                            observed,
                            PROGRESSING,
                            Condition.FALSE,
                            TIMED_OUT,
                            subject + " has timed out progressing."));
        }
        return conditions;
    }

    /** Whether all pods are of the wanted template, and available, by what {@code status} says. */
    static boolean complete(DeploymentFacts deployment, Status status) {
        int replicas = deployment.spec().replicas();
        return status.updated() == replicas
                && status.replicas() == replicas
                && status.available() == replicas
                && status.observedGeneration() >= deployment.metadata().generation();
    }

    private static boolean progressed(Status old, Status now) {
        return now.updated() > old.updated()
                || now.replicas() - now.updated() < old.replicas() - old.updated()
                || now.ready() > old.ready()
                || now.available() > old.available();
    }

    private static boolean overdue(DeploymentFacts deployment, Instant now) {
        Optional<Condition> current = progressing(deployment);
        if (current.isEmpty() || current.get().reason().equals(COMPLETE)) {
            return false;
        }
        return current.get().reason().equals(TIMED_OUT)
                || deadline(deployment, current.get()).isBefore(now);
    }

    /** How long to wait for progress before looking whether there was any; empty if nothing depends on it. */
    static Optional<Duration> untilOverdue(DeploymentFacts deployment, Status status, Instant now) {
        Optional<Condition> current = progressing(deployment);
        if (current.isEmpty()
                || deployment.spec().progressDeadline().isEmpty()
                || current.get().reason().equals(TIMED_OUT)
                || complete(deployment, status)) {
            return Optional.empty();
        }
        Duration left = Duration.between(now, deadline(deployment, current.get()));
        return Optional.of((left.isNegative() ? Duration.ZERO : left).plus(CLOCK_GRAIN));
    }

    private static Instant deadline(DeploymentFacts deployment, Condition current) {
        return current.lastUpdateTime()
                .orElse(Instant.EPOCH)
                .plus(deployment.spec().progressDeadline().orElse(Duration.ZERO));
    }

    /** What to say when the Deployment has been paused or resumed since the last time; empty if it has not. */
    static Optional<Status> pausedOrResumed(Observed observed) {
        DeploymentFacts deployment = observed.deployment();
        Optional<Condition> current = progressing(deployment);
        boolean timedOut = current.isPresent() && current.get().reason().equals(TIMED_OUT);
        boolean knownPaused = current.isPresent() && current.get().reason().equals(PAUSED);
        boolean paused = deployment.spec().paused();
        if (deployment.spec().progressDeadline().isEmpty() || timedOut || knownPaused == paused) {
            return Optional.empty();
        }
        Condition condition = paused
                ? condition(observed, PROGRESSING, Condition.UNKNOWN, PAUSED, "Deployment is paused")
                : condition(observed, PROGRESSING, Condition.UNKNOWN, "DeploymentResumed", "Deployment is resumed");
        return Optional.of(withCondition(deployment.status(), condition));
    }

    /** What to say of a ReplicaSet that has the wanted template already. */
    static Status found(Observed observed, ReplicaSetFacts wanted) {
        DeploymentFacts deployment = observed.deployment();
        if (deployment.spec().progressDeadline().isEmpty()
                || progressing(deployment).isPresent()) {
            return deployment.status();
        }
        return progressing(
                observed, "FoundNewReplicaSet", "Found new replica set \"" + wanted.name() + "\"", Condition.TRUE);
    }

    /** What to say when the ReplicaSet for the wanted template has been made. */
    static Status created(Observed observed, String name) {
        return progressing(
                observed, "NewReplicaSetCreated", "Created new replica set \"" + name + "\"", Condition.TRUE);
    }

    /** What to say when that could not be. */
    static Status notCreated(Observed observed, String message) {
        return progressing(observed, "ReplicaSetCreateError", message, Condition.FALSE);
    }

    private static Status progressing(Observed observed, String reason, String message, String status) {
        Status old = observed.deployment().status();
        return observed.deployment().spec().progressDeadline().isEmpty()
                ? old
                : withCondition(old, condition(observed, PROGRESSING, status, reason, message));
    }

    private static Status withCondition(Status old, Condition condition) {
        return old.withConditions(Condition.with(old.conditions(), condition));
    }

    private static Optional<Condition> progressing(DeploymentFacts deployment) {
        return Condition.find(deployment.status().conditions(), PROGRESSING);
    }

    /** The failure of the wanted ReplicaSet, or else of any. */
    private static Optional<Condition> failure(Observed observed) {
        return observed.wanted().flatMap(DeploymentStatusPlanner::failure).or(() -> observed.others().stream()
                .flatMap(set -> failure(set).stream())
                .findFirst());
    }

    private static Optional<Condition> failure(ReplicaSetFacts set) {
        return Condition.find(set.status().conditions(), REPLICA_FAILURE)
                .map(each -> new Condition(
                        each.type(),
                        each.status(),
                        each.reason(),
                        each.message(),
                        each.lastTransitionTime(),
                        each.lastTransitionTime()));
    }

    @SuppressWarnings("checkstyle:ParameterNumber") // a condition is that many words
    private static Condition condition(Observed observed, String type, String status, String reason, String message) {
        Optional<Instant> now = Optional.of(observed.now().truncatedTo(ChronoUnit.SECONDS));
        return new Condition(type, status, reason, message, now, now);
    }

    private static int sum(List<ReplicaSetFacts> sets, ToIntFunction<ReplicaSetFacts> count) {
        return sets.stream().mapToInt(count).sum();
    }
}
