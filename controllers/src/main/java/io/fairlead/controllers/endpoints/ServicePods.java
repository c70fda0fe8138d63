// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.endpoints;

import io.fairlead.controllers.internal.PodFacts;
import io.fairlead.framework.Change;
import io.fairlead.framework.Lister;
import io.fairlead.framework.Mapper;
import io.fairlead.framework.ObjectMetadata;
import java.util.List;
import java.util.Map;

/** Which pods are behind a Service, and which Services are in front of a pod. */
final class ServicePods {
    private ServicePods() {}

    static List<PodFacts> of(ServiceFacts service, Lister<PodFacts> pods) {
        return pods.inNamespace(service.metadata().namespace()).stream()
                .filter(pod -> service.selects(pod.metadata().labels()))
                .toList();
    }

    /**
     * Wakes the Services that select a pod, or did before it changed.
     *
     * @param batches how long to wait for more of them
     */
    static Mapper<PodFacts> wakesServices(Lister<ServiceFacts> services, Batches batches) {
        return (change, trigger) -> {
            ObjectMetadata now = change.object().metadata();
            Map<String, String> before = change instanceof Change.Updated<PodFacts>(PodFacts old, PodFacts ignored)
                    ? old.metadata().labels()
                    : now.labels();
            for (ServiceFacts service : services.inNamespace(now.namespace())) {
                if (service.selects(now.labels()) || service.selects(before)) {
                    trigger.wakeAfter(
                            service.metadata().key(),
                            batches.waitFor(service.metadata().key()));
                }
            }
        };
    }

    /** Whether the change is seen in an endpoint. */
    static boolean matters(Change<PodFacts> change) {
        return !(change instanceof Change.Updated<PodFacts>(PodFacts old, PodFacts now))
                || old.ready() != now.ready()
                || old.ended() != now.ended()
                || !old.readySince().equals(now.readySince())
                || !old.nodeName().equals(now.nodeName())
                || !old.network().equals(now.network())
                || old.metadata().terminating() != now.metadata().terminating()
                || !old.metadata().uid().equals(now.metadata().uid())
                || !old.metadata().labels().equals(now.metadata().labels());
    }
}
