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
    private final Map<String, Seat> seats = new HashMap<>();
    private final Placement placement;

    /**
     * The room one pod takes.
     *
     * @param assumed whether only this scheduler knows of it so far
     */
    private record Seat(String node, Requirements requirements, boolean assumed) {}

    ClusterState(RandomGenerator random) {
        this.placement = new Placement(nodes, random);
    }

    NodeTable nodes() {
        return nodes;
    }

    Decision place(Requirements pod) {
        return placement.place(pod);
    }

    /** Takes room for a pod that is about to be bound. */
    void assume(String uid, String node, Requirements requirements) {
        take(uid, new Seat(node, requirements, true));
    }

    boolean isAssumed(String uid) {
        Seat seat = seats.get(uid);
        return seat != null && seat.assumed;
    }

    /** The server says that the pod is on this node. */
    void confirm(String uid, String node, Requirements requirements) {
        Seat seat = seats.get(uid);
        if (seat != null && seat.node.equals(node) && seat.requirements.equals(requirements)) {
            if (seat.assumed) {
                seats.put(uid, new Seat(node, requirements, false));
            }
            return;
        }
        take(uid, new Seat(node, requirements, false));
    }

    private void take(String uid, Seat seat) {
        vacate(uid);
        nodes.take(seat.node, seat.requirements);
        seats.put(uid, seat);
    }

    /** The pod takes no room any more; answers what it took. */
    Optional<Requirements> vacate(String uid) {
        Seat seat = seats.remove(uid);
        if (seat == null) {
            return Optional.empty();
        }
        nodes.giveBack(seat.node, seat.requirements);
        return Optional.of(seat.requirements);
    }

    /** The binding of an assumed pod failed; does nothing if the server has said otherwise meanwhile. */
    boolean forget(String uid) {
        return isAssumed(uid) && vacate(uid).isPresent();
    }
}
