// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.endpoints;

import io.fairlead.controllers.internal.PodFacts;
import io.fairlead.framework.Context;
import io.fairlead.framework.Index;
import io.fairlead.framework.Lister;
import io.fairlead.framework.ObjectKey;
import io.fairlead.framework.ObjectMetadata;
import io.fairlead.framework.Outcome;
import io.fairlead.framework.Reconciler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Observes, plans, acts: decisions are in {@link SlicePlanner}, effects in {@link SliceActions}. */
final class SliceReconciler implements Reconciler<ServiceFacts> {
    private static final String ZONE_LABEL = "topology.kubernetes.io/zone";

    private final Lister<PodFacts> pods;
    private final Lister<ObjectMetadata> nodes;
    private final Index<Slice> slicesByService;
    private final Batches batches;
    private final TriggerMemory triggers = new TriggerMemory();

    SliceReconciler(
            Lister<PodFacts> pods, Lister<ObjectMetadata> nodes, Index<Slice> slicesByService, Batches batches) {
        this.pods = pods;
        this.nodes = nodes;
        this.slicesByService = slicesByService;
        this.batches = batches;
    }

    /** How slices are found: by namespace and name of their Service. */
    static String place(String namespace, String service) {
        return namespace + "/" + service;
    }

    @Override
    public Outcome reconcile(ServiceFacts service, Context context) throws InterruptedException {
        if (service.selector().isEmpty()) {
            // Somebody else looks after the slices, also after those that were ours while there was a selector.
            return Outcome.settled();
        }
        SliceActions actions = new SliceActions(service, context);
        List<PodFacts> selected = ServicePods.of(service, pods);
        batches.found(service.metadata().key(), selected.size());
        List<PodFacts> placed = new ArrayList<>();
        List<PodFacts> lost = new ArrayList<>();
        for (PodFacts pod : selected) {
            (onKnownNode(pod) || service.publishNotReady() ? placed : lost).add(pod);
        }
        List<Slice> slices =
                slicesByService
                        .get(place(
                                service.metadata().namespace(),
                                service.metadata().name()))
                        .stream()
                        .filter(slice -> !slice.metadata().terminating())
                        .toList();
        SlicePlan plan = service.selectsPods()
                ? SlicePlanner.plan(service, placed, this::zone, slices)
                : new SlicePlan(List.of(), List.of(), slices, Map.of());
        Optional<String> trigger = triggers.look(service, selected);
        boolean done = actions.carryOut(plan, trigger);
        for (PodFacts pod : lost) {
            actions.warnOfLost(pod);
        }
        return done && lost.isEmpty() ? Outcome.settled() : Outcome.retry("not all endpoints are written");
    }

    private boolean onKnownNode(PodFacts pod) {
        return pod.nodeName().isEmpty()
                || pod.ended()
                || nodes.get(ObjectKey.ofCluster(pod.nodeName())).isPresent();
    }

    private Optional<String> zone(String node) {
        return nodes.get(ObjectKey.ofCluster(node)).map(metadata -> metadata.label(ZONE_LABEL));
    }

    @Override
    public Outcome removed(ObjectKey key, Context context) {
        // Its slices are owned by it, and so are the garbage collector's.
        triggers.forget(key);
        batches.forget(key);
        return Outcome.settled();
    }
}
