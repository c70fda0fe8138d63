// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

import java.util.Set;

/** A pod that waits for a node, and how it has fared so far. Belongs to one {@link SchedulingQueue}. */
final class QueuedPod {
    private PodFacts facts;
    Place place = Place.ACTIVE;
    /** Since when it waits where it is. */
    long sinceNanos;
    /** When it may be tried again; of pods in {@link Place#BACKOFF}. */
    long readyAtNanos;
    /** How often it was found unplaceable, or could not be bound, in a row. */
    int attempts;
    /** Whether the last attempt ended in an error, which says nothing about nodes. */
    boolean failed;

    Set<Rejection> rejectedBy = Set.of();
    /** Unique: makes every order total. */
    final long number;

    QueuedPod(PodFacts facts, long number, long nowNanos) {
        this.facts = facts;
        this.number = number;
        this.sinceNanos = nowNanos;
    }

    /** Where a pod waits. */
    enum Place {
        /** To be tried as soon as its turn comes. */
        ACTIVE,
        /** To be tried after a while. */
        BACKOFF,
        /** Until something changes that may help it. */
        UNSCHEDULABLE,
        /** Until somebody opens its last gate. */
        GATED,
        /** Being tried. */
        IN_WORK
    }

    PodFacts facts() {
        return facts;
    }

    void replace(PodFacts newFacts) {
        facts = newFacts;
    }
}
