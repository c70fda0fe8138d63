// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import io.fairlead.environment.Api;
import java.time.Duration;

/**
 * How fast keys that fail are tried again: the longer of the key's own wait, which doubles with each failure in a row, and the
 * wait that keeps all keys of the queue together below a rate.
 *
 * @param first wait after the first failure
 * @param longest no key waits longer than this on its own account
 * @param perSecond retries of all keys together; {@link Double#POSITIVE_INFINITY} for no limit
 * @param burst how many retries may go at once after a quiet time
 */
@Api(Api.Status.EXPERIMENTAL)
public record RetryLimits(Duration first, Duration longest, double perSecond, int burst) {
    /** What client-go's default limiter does: 5 ms to 1000 s a key, 10 a second and 100 at once for all. */
    public static final RetryLimits STANDARD = new RetryLimits(Duration.ofMillis(5), Duration.ofSeconds(1000), 10, 100);

    public RetryLimits {
        if (!first.isPositive() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("waits must be positive and rising: " + first + " to " + longest);
        }
        if (!(perSecond > 0) || burst < 1) {
            throw new IllegalArgumentException(
                    "the rate must allow something: " + perSecond + " a second, " + burst + " at once");
        }
    }

    /** Other waits of a single key. */
    public RetryLimits between(Duration newFirst, Duration newLongest) {
        return new RetryLimits(newFirst, newLongest, perSecond, burst);
    }

    /** No common rate: each key waits on its own account alone. */
    public RetryLimits withoutRate() {
        return new RetryLimits(first, longest, Double.POSITIVE_INFINITY, burst);
    }
}
