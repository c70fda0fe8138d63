// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which pods are on which nodes, for those who care whom they meet there. One thread.
 *
 * <p>Pods with wishes about others are also kept apart, because they are few; and pods of one controller, because that many pods
 * are spread over the nodes without asking for it.
 */
final class Residents {
    /** A pod and its node. */
    record Resident(PodFacts pod, String node) {}

    private final Map<String, Resident> byUid = new LinkedHashMap<>();
    private final Map<String, Resident> withTerms = new LinkedHashMap<>();
    private final Map<String, Map<String, Integer>> nodesByController = new HashMap<>();

    /** A pod is on a node now; if it was on one before, or was another version of itself, that is over. */
    void put(PodFacts pod, String node) {
        Resident before = byUid.get(pod.uid());
        if (before != null) {
            count(before, -1);
        }
        Resident resident = new Resident(pod, node);
        byUid.put(pod.uid(), resident);
        count(resident, 1);
        if (pod.requirements().company().hasTerms()) {
            withTerms.put(pod.uid(), resident);
        } else {
            withTerms.remove(pod.uid());
        }
    }

    Optional<PodFacts> remove(String uid) {
        Resident gone = byUid.remove(uid);
        withTerms.remove(uid);
        if (gone == null) {
            return Optional.empty();
        }
        count(gone, -1);
        return Optional.of(gone.pod());
    }

    /** Pods that are on their way out are not counted: their places are about to be free. */
    private void count(Resident resident, int by) {
        String controller = resident.pod().controllerUid();
        if (controller.isEmpty() || resident.pod().metadata().terminating()) {
            return;
        }
        Map<String, Integer> nodes = nodesByController.computeIfAbsent(controller, uid -> new HashMap<>());
        nodes.merge(resident.node(), by, (a, b) -> a + b == 0 ? null : a + b);
        if (nodes.isEmpty()) {
            nodesByController.remove(controller);
        }
    }

    Collection<Resident> all() {
        return byUid.values();
    }

    /** Those with wishes about other pods. */
    Collection<Resident> withTerms() {
        return withTerms.values();
    }

    /** How many pods of a controller are on each node that has any. */
    Map<String, Integer> nodesOf(String controllerUid) {
        return nodesByController.getOrDefault(controllerUid, Map.of());
    }
}
