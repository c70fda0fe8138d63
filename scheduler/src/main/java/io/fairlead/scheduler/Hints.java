// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says which changes are worth another look at a pod that no node would do for. Pure. */
final class Hints {
    private Hints() {}

    /**
     * Whether the pod may fit on a node that has appeared or changed.
     *
     * @param before null if the node is new
     */
    static boolean nodeHelps(QueuedPod pod, @Nullable NodeFacts before, NodeFacts now) {
        if (pod.rejectedBy.isEmpty()) {
            // There was no node at all.
            return true;
        }
        Requirements wanted = pod.facts().requirements();
        for (Rejection rejection : pod.rejectedBy) {
            boolean helps =
                    switch (rejection) {
                        case NODE_UNSCHEDULABLE -> !closed(now, wanted) && (before == null || closed(before, wanted));
                        case TAINT ->
                            !wanted.forbiddenBy(now.taints())
                                    && (before == null || wanted.forbiddenBy(before.taints()));
                        case NODE_AFFINITY -> allows(wanted, now) && (before == null || !allows(wanted, before));
                        case HOST_PORTS -> before == null;
                        case RESOURCES -> holdsMore(wanted.requests(), before, now);
                        case SPREAD, POD_AFFINITY ->
                            before == null
                                    || !before.metadata()
                                            .labels()
                                            .equals(now.metadata().labels());
                    };
            if (helps) {
                return true;
            }
        }
        return false;
    }

    /** Whether the pod may take the place of one that has gone, or may be where that was not to meet it. */
    static boolean departureHelps(QueuedPod pod, PodFacts gone) {
        Requirements wanted = pod.facts().requirements();
        Requirements taken = gone.requirements();
        return pod.rejectedBy.contains(Rejection.RESOURCES)
                || (pod.rejectedBy.contains(Rejection.HOST_PORTS) && collide(wanted.hostPorts(), taken.hostPorts()))
                || (pod.rejectedBy.contains(Rejection.SPREAD) && sameNamespace(pod, gone))
                || (pod.rejectedBy.contains(Rejection.POD_AFFINITY)
                        && !(wanted.company().apart().isEmpty()
                                && taken.company().apart().isEmpty()));
    }

    /** Whether the pod may be placed because another one has been: near to it, or because it evens things out. */
    static boolean arrivalHelps(QueuedPod pod, PodFacts arrived) {
        return (pod.rejectedBy.contains(Rejection.SPREAD) && sameNamespace(pod, arrived))
                || (pod.rejectedBy.contains(Rejection.POD_AFFINITY)
                        && !pod.facts().requirements().company().near().isEmpty());
    }

    private static boolean sameNamespace(QueuedPod pod, PodFacts other) {
        return pod.facts().metadata().namespace().equals(other.metadata().namespace());
    }

    private static boolean closed(NodeFacts node, Requirements wanted) {
        return node.unschedulable() && !Taint.UNSCHEDULABLE.toleratedBy(wanted.tolerations());
    }

    private static boolean allows(Requirements wanted, NodeFacts node) {
        return wanted.affinity().allows(node.name(), node.metadata().labels());
    }

    /** An empty node of this size would do, and one of the size before would not, or had less of something. */
    private static boolean holdsMore(Resources wanted, @Nullable NodeFacts before, NodeFacts now) {
        if (!holds(now.allocatable(), wanted)) {
            return false;
        }
        if (before == null || !holds(before.allocatable(), wanted)) {
            return true;
        }
        Resources was = before.allocatable();
        Resources is = now.allocatable();
        return is.pods() > was.pods()
                || (wanted.cpuMillis() > 0 && is.cpuMillis() > was.cpuMillis())
                || (wanted.memoryBytes() > 0 && is.memoryBytes() > was.memoryBytes())
                || (wanted.ephemeralBytes() > 0 && is.ephemeralBytes() > was.ephemeralBytes())
                || wanted.extended().keySet().stream()
                        .anyMatch(name -> is.extended().getOrDefault(name, 0L)
                                > was.extended().getOrDefault(name, 0L));
    }

    private static boolean holds(Resources node, Resources wanted) {
        for (Map.Entry<String, Long> each : wanted.extended().entrySet()) {
            if (node.extended().getOrDefault(each.getKey(), 0L) < each.getValue()) {
                return false;
            }
        }
        return node.pods() >= 1
                && node.cpuMillis() >= wanted.cpuMillis()
                && node.memoryBytes() >= wanted.memoryBytes()
                && node.ephemeralBytes() >= wanted.ephemeralBytes();
    }

    private static boolean collide(List<HostPort> some, List<HostPort> others) {
        for (HostPort port : some) {
            for (HostPort other : others) {
                if (port.collidesWith(other)) {
                    return true;
                }
            }
        }
        return false;
    }
}
