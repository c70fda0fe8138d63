// SPDX-License-Identifier: Apache-2.0
package io.fairlead.environment;

import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** Draws from the calling thread's generator, so that threads do not contend for one state. */
final class ThreadLocalRandomGenerator implements RandomGenerator {
    @Override
    public long nextLong() {
        return ThreadLocalRandom.current().nextLong();
    }
}
