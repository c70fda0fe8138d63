// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.endpoints;

import io.fairlead.controllers.internal.PodFacts;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * When what the endpoints of a Service depend on last changed: lets people measure how long it takes until nodes know of it. Pure.
 *
 * @param pods when the readiness of each last changed, by name
 */
record TriggerTimes(Instant service, Map<String, Instant> pods) {
    static final String ANNOTATION = "endpoints.kubernetes.io/last-change-trigger-time";

    TriggerTimes {
        pods = Map.copyOf(pods);
    }

    static TriggerTimes of(ServiceFacts service, Collection<PodFacts> pods) {
        Map<String, Instant> times = new HashMap<>();
        for (PodFacts pod : pods) {
            pod.readySince().ifPresent(time -> times.put(pod.metadata().name(), time));
        }
        return new TriggerTimes(service.metadata().creationTimestamp(), times);
    }

    /**
     * The earliest of the changes since {@code before}; empty if none of them can be told.
     *
     * @param before empty if this is the first look at the Service
     */
    Optional<Instant> since(Optional<TriggerTimes> before) {
        if (before.isEmpty()) {
            return Optional.of(service);
        }
        TriggerTimes old = before.get();
        Optional<Instant> earliest = service.isAfter(old.service) ? Optional.of(service) : Optional.empty();
        for (Map.Entry<String, Instant> pod : pods.entrySet()) {
            Instant time = pod.getValue();
            boolean changed = time.isAfter(old.pods.getOrDefault(pod.getKey(), Instant.EPOCH));
            if (changed && (earliest.isEmpty() || time.isBefore(earliest.get()))) {
                earliest = Optional.of(time);
            }
        }
        return earliest;
    }
}
