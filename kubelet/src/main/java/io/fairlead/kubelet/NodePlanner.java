// SPDX-License-Identifier: Apache-2.0
package io.fairlead.kubelet;

import java.time.Duration;
import java.time.Instant;

/** Decides when a simulated node reports. Pure. */
final class NodePlanner {
    /** As often as a kubelet whose status does not change; the lease is what shows that it lives. */
    static final Duration HEARTBEAT_EVERY = Duration.ofMinutes(5);

    private NodePlanner() {}

    static NodeStep plan(NodeFacts node, Instant now) {
        if (!node.simulated() || node.metadata().terminating()) {
            return NodeStep.REST;
        }
        if (!node.ready()) {
            return NodeStep.INITIALIZE;
        }
        boolean due = node.heartbeat().isEmpty()
                || !now.isBefore(node.heartbeat().get().plus(HEARTBEAT_EVERY));
        return due ? NodeStep.HEARTBEAT : NodeStep.REST;
    }
}
