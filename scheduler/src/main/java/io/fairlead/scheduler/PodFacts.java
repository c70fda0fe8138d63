// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

import io.fairlead.framework.ObjectKey;
import io.fairlead.framework.ObjectMetadata;
import io.fairlead.framework.OwnerReference;
import io.fairlead.framework.Projection;

/**
 * What the scheduler knows of a pod.
 *
 * @param nodeName empty while it has no node
 * @param gated whether something has to happen before it may be placed
 * @param finished whether it has run to its end, and takes no room any more
 */
record PodFacts(
        ObjectMetadata metadata,
        String schedulerName,
        String nodeName,
        int priority,
        boolean gated,
        boolean finished,
        Requirements requirements,
        ScheduledCondition condition) {
    /** One for each informer: it remembers the requirements of pods that are alike, so that they are one value. */
    static Projection<PodFacts> projection() {
        return Projection.facts("scheduler facts of a pod", new PodDecoder(), PodFacts::metadata);
    }

    /**
     * The condition PodScheduled as it is.
     *
     * @param status empty if there is no such condition
     */
    record ScheduledCondition(String status, String reason, String message, long observedGeneration) {
        static final ScheduledCondition NONE = new ScheduledCondition("", "", "", 0);
    }

    /** The uid of what manages the pod; empty if nothing does. */
    String controllerUid() {
        return metadata.controller().map(OwnerReference::uid).orElse("");
    }

    ObjectKey key() {
        return metadata.key();
    }

    String uid() {
        return metadata.uid();
    }

    /** Whether it takes room on a node. */
    boolean assigned() {
        return !nodeName.isEmpty() && !finished;
    }

    /** Whether it waits for a place by the scheduler called {@code name}. */
    boolean waitsFor(String name) {
        return nodeName.isEmpty() && !finished && schedulerName.equals(name);
    }

    /** Whether anything that matters for its placement differs from {@code other}. */
    boolean asksForOtherThan(PodFacts other) {
        return !requirements.equals(other.requirements)
                || priority != other.priority
                || gated != other.gated
                || metadata.terminating() != other.metadata.terminating()
                || !metadata.labels().equals(other.metadata.labels());
    }
}
