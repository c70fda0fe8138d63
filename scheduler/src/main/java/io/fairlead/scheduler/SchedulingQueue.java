// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

import io.fairlead.scheduler.QueuedPod.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The pods that wait for a node, each in one place: to be tried now, after a while, when something changes, or when its gates open.
 *
 * <p>A function of what it is told and when; it reads no clock. One thread. It holds as many pods as the cluster has waiting.
 */
final class SchedulingQueue {
    private static final long BACKOFF_FIRST_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long BACKOFF_MAX_NANOS = Duration.ofSeconds(10).toNanos();
    /** Pods whose wait ends within the same second are tried by priority, as upstream does. */
    private static final long BACKOFF_WINDOW_NANOS = Duration.ofSeconds(1).toNanos();
    /** After so long a pod is tried again even if nothing happened: what might help it may have gone unnoticed. */
    static final long FORGOTTEN_NANOS = Duration.ofMinutes(5).toNanos();

    private static final Comparator<QueuedPod> FIRST = Comparator.comparing(
                    (QueuedPod pod) -> -(long) pod.facts().priority())
            .thenComparing(pod -> pod.sinceNanos)
            .thenComparing(pod -> pod.number);

    private static final Comparator<QueuedPod> SOONEST = Comparator.comparing(
                    (QueuedPod pod) -> pod.readyAtNanos / BACKOFF_WINDOW_NANOS)
            .thenComparing(FIRST);

    private static final Comparator<QueuedPod> LONGEST =
            Comparator.comparing((QueuedPod pod) -> pod.sinceNanos).thenComparing(pod -> pod.number);

    private final Map<String, QueuedPod> byUid = new HashMap<>();
    private final TreeSet<QueuedPod> active = new TreeSet<>(FIRST);
    private final TreeSet<QueuedPod> backoff = new TreeSet<>(SOONEST);
    private final TreeSet<QueuedPod> unschedulable = new TreeSet<>(LONGEST);
    private long lastNumber;

    /** A pod has appeared that needs a node, or one that waits has changed. */
    void put(PodFacts pod, long nowNanos) {
        QueuedPod queued = byUid.get(pod.uid());
        if (queued == null) {
            QueuedPod fresh = new QueuedPod(pod, ++lastNumber, nowNanos);
            byUid.put(pod.uid(), fresh);
            enter(fresh, pod.gated() ? Place.GATED : Place.ACTIVE);
            return;
        }
        boolean different = pod.asksForOtherThan(queued.facts());
        Place before = queued.place;
        leave(queued);
        queued.replace(pod);
        if (pod.gated()) {
            enter(queued, Place.GATED);
        } else if (before == Place.GATED || (before == Place.UNSCHEDULABLE && different)) {
            activate(queued, nowNanos);
        } else {
            enter(queued, before);
        }
    }

    /** The pod needs no node any more. */
    void remove(String uid) {
        QueuedPod queued = byUid.remove(uid);
        if (queued != null) {
            leave(queued);
        }
    }

    /**
     * Takes the pod whose turn it is. If none is due, one that is still to wait is taken before its time, unless it had an error:
     * there is nothing else to do.
     */
    Optional<QueuedPod> take() {
        QueuedPod chosen = active.isEmpty() ? earliestWithoutError() : active.first();
        if (chosen == null) {
            return Optional.empty();
        }
        leave(chosen);
        enter(chosen, Place.IN_WORK);
        return Optional.of(chosen);
    }

    private @Nullable QueuedPod earliestWithoutError() {
        for (QueuedPod pod : backoff) {
            if (!pod.failed) {
                return pod;
            }
        }
        return null;
    }

    /** No node will do for a pod that was taken. */
    void rejected(QueuedPod pod, Diagnosis diagnosis, long nowNanos) {
        if (byUid.get(pod.facts().uid()) == pod) {
            pod.attempts++;
            pod.failed = false;
            pod.rejectedBy = diagnosis.rejectedBy();
            pod.sinceNanos = nowNanos;
            enter(pod, Place.UNSCHEDULABLE);
        }
    }

    /** A pod that was taken could not be bound, for a reason that is not about nodes. */
    void failed(PodFacts facts, int attemptsBefore, long nowNanos) {
        QueuedPod pod = byUid.computeIfAbsent(facts.uid(), uid -> new QueuedPod(facts, ++lastNumber, nowNanos));
        leave(pod);
        pod.attempts = attemptsBefore + 1;
        pod.failed = true;
        pod.sinceNanos = nowNanos;
        pod.readyAtNanos = nowNanos + backoffNanos(pod.attempts);
        enter(pod, Place.BACKOFF);
    }

    /** Something has changed: those that {@code helped} picks are worth another try. */
    void wake(Predicate<QueuedPod> helped, long nowNanos) {
        List<QueuedPod> woken = new ArrayList<>(0);
        for (QueuedPod pod : unschedulable) {
            if (helped.test(pod)) {
                woken.add(pod);
            }
        }
        for (QueuedPod pod : woken) {
            leave(pod);
            activate(pod, nowNanos);
        }
    }

    /** Moves on those whose time has come. */
    void flush(long nowNanos) {
        while (!backoff.isEmpty() && backoff.first().readyAtNanos <= nowNanos) {
            QueuedPod pod = backoff.first();
            leave(pod);
            enter(pod, Place.ACTIVE);
        }
        while (!unschedulable.isEmpty() && unschedulable.first().sinceNanos + FORGOTTEN_NANOS <= nowNanos) {
            QueuedPod pod = unschedulable.first();
            leave(pod);
            activate(pod, nowNanos);
        }
    }

    /** How long nothing will become due by itself; empty if nothing ever will. */
    Optional<Duration> idle(long nowNanos) {
        long next = Long.MAX_VALUE;
        if (!backoff.isEmpty()) {
            next = backoff.first().readyAtNanos;
        }
        if (!unschedulable.isEmpty()) {
            next = Math.min(next, unschedulable.first().sinceNanos + FORGOTTEN_NANOS);
        }
        return next == Long.MAX_VALUE ? Optional.empty() : Optional.of(Duration.ofNanos(Math.max(0, next - nowNanos)));
    }

    int size() {
        return byUid.size();
    }

    /** 1 s after the first attempt, twice as long after each further one, never more than 10 s. */
    static long backoffNanos(int attempts) {
        int doublings = Math.min(Math.max(0, attempts - 1), 8);
        return Math.min(BACKOFF_FIRST_NANOS << doublings, BACKOFF_MAX_NANOS);
    }

    private void activate(QueuedPod pod, long nowNanos) {
        pod.readyAtNanos = pod.sinceNanos + backoffNanos(pod.attempts);
        enter(pod, pod.attempts == 0 || pod.readyAtNanos <= nowNanos ? Place.ACTIVE : Place.BACKOFF);
    }

    private void enter(QueuedPod pod, Place place) {
        pod.place = place;
        switch (place) {
            case ACTIVE -> active.add(pod);
            case BACKOFF -> backoff.add(pod);
            case UNSCHEDULABLE -> unschedulable.add(pod);
            case GATED, IN_WORK -> {}
        }
    }

    private void leave(QueuedPod pod) {
        switch (pod.place) {
            case ACTIVE -> active.remove(pod);
            case BACKOFF -> backoff.remove(pod);
            case UNSCHEDULABLE -> unschedulable.remove(pod);
            case GATED, IN_WORK -> {}
        }
    }
}
