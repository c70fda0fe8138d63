// SPDX-License-Identifier: Apache-2.0
package io.fairlead.cluster;

import static java.util.Objects.requireNonNull;

import io.fairlead.environment.Environment;
import java.time.Duration;

/** How long requests take to reach the server: something between {@code least} and {@code most}, drawn for each. */
record Latency(Duration least, Duration most) {
    static final Latency NONE = new Latency(Duration.ZERO, Duration.ZERO);

    Latency {
        requireNonNull(least, "least");
        requireNonNull(most, "most");
        if (least.isNegative() || most.compareTo(least) < 0) {
            throw new IllegalArgumentException("a latency from " + least + " to " + most + " makes no sense");
        }
    }

    boolean isNone() {
        return most.isZero();
    }

    Duration draw(Environment environment) {
        long spread = most.minus(least).toNanos();
        return spread == 0 ? least : least.plusNanos(environment.random().nextLong(spread + 1));
    }
}
