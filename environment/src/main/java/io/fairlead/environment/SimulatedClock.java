// SPDX-License-Identifier: Apache-2.0
package io.fairlead.environment;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.LongSupplier;

/** Shows the time of a simulated environment. */
final class SimulatedClock extends Clock {
    private final Instant start;
    private final LongSupplier nanosSince;
    private final ZoneId zone;

    SimulatedClock(Instant start, LongSupplier nanosSince, ZoneId zone) {
        this.start = start;
        this.nanosSince = nanosSince;
        this.zone = zone;
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new SimulatedClock(start, nanosSince, other);
    }

    @Override
    public Instant instant() {
        return start.plusNanos(nanosSince.getAsLong());
    }
}
