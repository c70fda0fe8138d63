// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

/**
 * What a queue counts.
 *
 * @param waited how long keys were ready before they were taken
 * @param fenceTimeouts keys that went ahead although not all their writes had been seen
 */
record QueueMetrics(Timer waited, Counter retries, Counter fenceTimeouts) {
    static QueueMetrics of(MeterRegistry registry, String queue) {
        Tags tags = Tags.of("name", queue);
        return new QueueMetrics(
                registry.timer("fairlead.queue.wait", tags),
                registry.counter("fairlead.queue.retries", tags),
                registry.counter("fairlead.queue.fence.timeouts", tags));
    }
}
