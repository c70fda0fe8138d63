// SPDX-License-Identifier: Apache-2.0
package io.fairlead.environment;

import java.util.UUID;
import java.util.random.RandomGenerator;

/** UIDs from an ordinary source of chance, not a secure one: they must be unique, not secret, and this costs 1/20 of the time. */
final class RandomUids {
    private RandomUids() {}

    /** A version 4 UUID. */
    static UUID next(RandomGenerator random) {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
