// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.endpoints;

import io.fairlead.controllers.internal.PodFacts;
import io.fairlead.framework.ObjectKey;
import io.fairlead.framework.Timestamps;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers the {@link TriggerTimes} of the last look at each Service; as many as there are Services. Any thread may use it. */
final class TriggerMemory {
    private final Map<ObjectKey, TriggerTimes> last = new ConcurrentHashMap<>();

    /** What to write about when the change came that this look is about; empty if nothing is known of it. */
    Optional<String> look(ServiceFacts service, Collection<PodFacts> pods) {
        TriggerTimes now = TriggerTimes.of(service, pods);
        Optional<TriggerTimes> before =
                Optional.ofNullable(last.put(service.metadata().key(), now));
        return now.since(before).map(TriggerMemory::format);
    }

    private static String format(Instant time) {
        return Timestamps.format(time);
    }

    void forget(ObjectKey service) {
        last.remove(service);
    }
}
