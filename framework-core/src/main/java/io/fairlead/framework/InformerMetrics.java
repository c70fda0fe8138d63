// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/** What an informer counts. */
record InformerMetrics(
        Counter events, Counter bytes, Counter streams, Counter lists, Counter failures, Counter unreadable) {
    static InformerMetrics of(MeterRegistry registry, Source<?> source) {
        Tags tags = Tags.of(
                "resource",
                source.type().toString(),
                "projection",
                source.projection().toString());
        return new InformerMetrics(
                registry.counter("fairlead.informer.events", tags),
                registry.counter("fairlead.informer.decoded.bytes", tags),
                registry.counter("fairlead.informer.streams", tags),
                registry.counter("fairlead.informer.lists", tags),
                registry.counter("fairlead.informer.failures", tags),
                registry.counter("fairlead.informer.unreadable", tags));
    }
}
