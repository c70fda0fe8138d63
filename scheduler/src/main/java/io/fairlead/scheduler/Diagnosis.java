// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Why no node will do.
 *
 * @param nodes how many there are
 * @param reasons how many nodes have each reason; a node may have several
 * @param hopeless how many nodes would not do even if all their pods went
 * @param rejectedBy empty if there are no nodes
 */
record Diagnosis(int nodes, Map<String, Integer> reasons, int hopeless, Set<Rejection> rejectedBy) {
    Diagnosis {
        reasons = Map.copyOf(reasons);
        rejectedBy = rejectedBy.isEmpty()
                ? Collections.unmodifiableSet(EnumSet.noneOf(Rejection.class))
                : Collections.unmodifiableSet(EnumSet.copyOf(rejectedBy));
    }

    /** In upstream's words, which people and tools look for. */
    String message() {
        if (nodes == 0) {
            return "no nodes available to schedule pods";
        }
        Map<String, Integer> outlook = hopeless == nodes
                ? Map.of(HOPELESS, hopeless)
                : hopeless == 0 ? Map.of(NO_VICTIMS, nodes) : Map.of(HOPELESS, hopeless, NO_VICTIMS, nodes - hopeless);
        return available(reasons) + " no new claims to deallocate, preemption: " + available(outlook);
    }

    private static final String HOPELESS = "Preemption is not helpful for scheduling";
    private static final String NO_VICTIMS = "No preemption victims found for incoming pod";

    /** Sorted as strings, so that 10 comes before 2. */
    private String available(Map<String, Integer> counts) {
        List<String> parts = new ArrayList<>(counts.size());
        counts.forEach((reason, count) -> parts.add(count + " " + reason));
        Collections.sort(parts);
        return "0/" + nodes + " nodes are available: " + String.join(", ", parts) + ".";
    }
}
