// SPDX-License-Identifier: Apache-2.0
package io.fairlead.kubelet;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Spreads what is reported about pods: one report after the other, each some time after the one before.
 *
 * <p>Any thread may use it.
 */
final class Pace {
    private final long apartNanos;
    private final ReentrantLock lock = new ReentrantLock();
    /** When it is the turn of pods that wait, by their uids. As many as there are pods. Guarded by the lock. */
    private final Map<String, Long> turns = new HashMap<>();
    /** The latest turn given out. Guarded by the lock. */
    private long latestNanos = Long.MIN_VALUE;

    Pace(Duration apart) {
        this.apartNanos = apart.toNanos();
    }

    /** How long a pod has to wait for its turn, which it gets by asking; zero if this is its turn, which is over then. */
    Duration untilTurn(String uid, long nowNanos) {
        if (apartNanos == 0) {
            return Duration.ZERO;
        }
        lock.lock();
        try {
            Long turn = turns.get(uid);
            if (turn == null) {
                turn = (latestNanos == Long.MIN_VALUE ? nowNanos : Math.max(latestNanos, nowNanos)) + apartNanos;
                latestNanos = turn;
                turns.put(uid, turn);
            } else if (nowNanos - turn >= 0) {
                turns.remove(uid);
                return Duration.ZERO;
            }
            return Duration.ofNanos(turn - nowNanos);
        } finally {
            lock.unlock();
        }
    }

    /** The pod has nothing to report any more. */
    void forget(String uid) {
        lock.lock();
        try {
            turns.remove(uid);
        } finally {
            lock.unlock();
        }
    }
}
