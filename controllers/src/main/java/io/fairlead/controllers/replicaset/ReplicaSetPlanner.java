// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.replicaset;

import io.fairlead.controllers.internal.Condition;
import io.fairlead.controllers.internal.PodDeletionOrder;
import io.fairlead.controllers.internal.PodFacts;
import io.fairlead.controllers.internal.ReplicaSetFacts;
import io.fairlead.controllers.internal.ReplicaSetFacts.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Decides what a ReplicaSet needs, and what its status says. Pure: the same arguments always give the same answer. */
final class ReplicaSetPlanner {
    /** Bounds the work of one look, so that one huge ReplicaSet cannot starve the others. As in the original. */
    static final int BURST_MAX = 500;

    static final String FAILURE_CONDITION = "ReplicaFailure";

    private ReplicaSetPlanner() {}

    /**
     * What to make or to delete.
     *
     * @param active the pods that are the ReplicaSet's and count
     * @param related the pods that do the same work; looked at only when pods must go
     */
    static ReplicaSetPlan plan(
            ReplicaSetFacts replicaSet, Collection<PodFacts> active, Collection<PodFacts> related, Instant now) {
        int missing = replicaSet.replicas() - active.size();
        if (replicaSet.metadata().terminating() || missing == 0) {
            return new ReplicaSetPlan.Enough();
        }
        return missing > 0
                ? new ReplicaSetPlan.Create(Math.min(missing, BURST_MAX))
                : new ReplicaSetPlan.Delete(
                        PodDeletionOrder.first(Math.min(-missing, BURST_MAX), active, related, now));
    }

    /**
     * How many pods to make at once: twice as many each time, so that a template that is refused every time costs few requests.
     *
     * @param done how many have been made in this look
     */
    static int nextBatch(int done, int wanted) {
        // After batches of 1, 2, 4 ... n, 2n - 1 are done.
        return Math.min(done + 1, wanted - done);
    }

    /**
     * The status after a look.
     *
     * @param active the pods as they were when the look began
     * @param failure why making or deleting pods failed in this look, if it did
     */
    static Status status(Look look, Collection<PodFacts> active, Optional<Failure> failure) {
        ReplicaSetFacts replicaSet = look.replicaSet();
        var wantedLabels = replicaSet.template().labels().entrySet();
        int fullyLabeled = 0;
        int ready = 0;
        int available = 0;
        for (PodFacts pod : active) {
            if (pod.metadata().labels().entrySet().containsAll(wantedLabels)) {
                fullyLabeled++;
            }
            if (pod.ready()) {
                ready++;
                if (pod.available(replicaSet.minReady(), look.now())) {
                    available++;
                }
            }
        }
        return new Status(
                active.size(),
                fullyLabeled,
                ready,
                available,
                look.stopping(),
                replicaSet.metadata().generation(),
                conditions(replicaSet.status().conditions(), failure, look.now()));
    }

    private static List<Condition> conditions(List<Condition> old, Optional<Failure> failure, Instant now) {
        if (failure.isEmpty()) {
            return Condition.without(old, FAILURE_CONDITION);
        }
        if (Condition.find(old, FAILURE_CONDITION).isPresent()) {
            // The first reason stays until there is none; otherwise a text that names each pod would be written each
            // time.
            return old;
        }
        Condition condition = new Condition(
                FAILURE_CONDITION,
                Condition.TRUE,
                failure.get().reason(),
                failure.get().message(),
                Optional.empty(),
                Optional.of(now.truncatedTo(ChronoUnit.SECONDS)));
        return Condition.with(old, condition);
    }

    /** Whether {@code status} says anything that is not written yet. */
    static boolean worthWriting(ReplicaSetFacts replicaSet, Status status) {
        return !status.sameCounts(replicaSet.status())
                || status.observedGeneration() != replicaSet.status().observedGeneration();
    }

    /** How long it is until the next pod that is ready becomes available, if there is one. */
    static Optional<Duration> untilNextAvailable(ReplicaSetFacts replicaSet, Collection<PodFacts> active, Instant now) {
        if (replicaSet.minReady().isZero()) {
            return Optional.empty();
        }
        return active.stream()
                .flatMap(pod -> pod.availableFrom(replicaSet.minReady()).stream())
                .filter(from -> from.isAfter(now))
                .min(Instant::compareTo)
                .map(from -> Duration.between(now, from));
    }

    /**
     * What a status is about.
     *
     * @param stopping how many of its pods are being deleted; empty for kinds that do not say
     */
    record Look(ReplicaSetFacts replicaSet, OptionalInt stopping, Instant now) {}

    /** Why pods could not be made or deleted. */
    record Failure(String reason, String message) {}
}
