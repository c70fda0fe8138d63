// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.endpoints;

import io.fairlead.framework.ObjectKey;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long to wait for more changes of a Service's pods before looking at them.
 *
 * <p>The original does not wait. A look costs in proportion to the pods, and what comes of it is read by every node: so the many pods
 * of a large Service that change together are one write, and a small Service is written as the original writes it. Any thread may
 * use it.
 */
final class Batches {
    private static final Duration WAIT_FOR_EACH_POD = Duration.ofNanos(500_000);
    private static final Duration WAIT_MAX = Duration.ofMillis(50);

    /** By Service; as many as there are Services. */
    private final Map<ObjectKey, Duration> waits = new ConcurrentHashMap<>();

    Duration waitFor(ObjectKey service) {
        return waits.getOrDefault(service, Duration.ZERO);
    }

    /** A look at {@code service} has found so many pods. */
    void found(ObjectKey service, int pods) {
        Duration wait = WAIT_FOR_EACH_POD.multipliedBy(pods);
        waits.put(service, wait.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : wait);
    }

    void forget(ObjectKey service) {
        waits.remove(service);
    }
}
