// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Which pods take room on which nodes: those the server says, and those just placed whose binding is under way. One thread.
 */
final class ClusterState {
    private final NodeTable nodes = new NodeTable();
    private final Residents residents = new Residents();
    private final Map<String, Seat> seats = new HashMap<>();
    private final Placement placement;

    /**
     * The room one pod takes.
     *
     * @param assumed whether only this scheduler knows of it so far
     */
    private record Seat(String node, PodFacts pod, boolean assumed) {}

    ClusterState(RandomGenerator random, NamespaceLabels namespaces) {
        this.placement = new Placement(nodes, residents, namespaces, random);
    }

    NodeTable nodes() {
        return nodes;
    }

    Decision place(PodFacts pod) {
        return placement.place(pod);
    }

    /** Takes room for a pod that is about to be bound. */
    void assume(PodFacts pod, String node) {
        take(new Seat(node, pod, true));
    }

    boolean isAssumed(String uid) {
        Seat seat = seats.get(uid);
        return seat != null && seat.assumed;
    }

    /** The server says that the pod is on its node; answers whether that is news. */
    boolean confirm(PodFacts pod) {
        Seat seat = seats.get(pod.uid());
        if (seat == null
                || !seat.node.equals(pod.nodeName())
                || !seat.pod.requirements().equals(pod.requirements())) {
            take(new Seat(pod.nodeName(), pod, false));
            return true;
        }
        seats.put(pod.uid(), new Seat(pod.nodeName(), pod, false));
        residents.put(pod, pod.nodeName());
        return seat.assumed;
    }

    private void take(Seat seat) {
        String uid = seat.pod.uid();
        // Where the same pod sat as it was before.
        vacate(uid);
        nodes.take(seat.node, seat.pod.requirements());
        residents.put(seat.pod, seat.node);
        seats.put(uid, seat);
    }

    /** The pod takes no room any more; answers the pod as it was if it took any. */
    Optional<PodFacts> vacate(String uid) {
        Seat seat = seats.remove(uid);
        if (seat == null) {
            return Optional.empty();
        }
        nodes.giveBack(seat.node, seat.pod.requirements());
        return residents.remove(uid);
    }

    /** The binding of an assumed pod failed; does nothing if the server has said otherwise meanwhile. */
    boolean forget(String uid) {
        return isAssumed(uid) && vacate(uid).isPresent();
    }
}
