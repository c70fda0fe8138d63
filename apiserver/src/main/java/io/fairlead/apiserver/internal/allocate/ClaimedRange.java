// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.allocate;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import java.util.random.RandomGenerator;

/**
 * A range of numbers of which services claim some.
 *
 * <p>A claim holds while its owner is stored with the number, and for a while before, because the write that the claim was made
 * for may still be on its way. The range's lower end is left to those who ask for a certain number; others get one of it only
 * when the rest is full. Any thread may call it.
 */
final class ClaimedRange {
    /** How long a write may take from the claim to the commit: as long as a request may take at all. */
    private static final Duration IN_FLIGHT_MAX = Duration.ofSeconds(60);

    /** One claim: who made it, and until when it holds without a stored owner. */
    private record Claim(String owner, Instant until) {}

    private final int size;
    private final int staticSize;
    private final BiPredicate<String, Integer> holds;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Integer, Claim> claims = new HashMap<>();

    /**
     * A range of the numbers from 0.
     *
     * @param staticSize how many of them are left to those who ask for a certain one
     * @param holds whether the owner is stored with the number; asked rarely
     */
    ClaimedRange(int size, int staticSize, BiPredicate<String, Integer> holds) {
        this.size = size;
        this.staticSize = staticSize;
        this.holds = holds;
    }

    /** Claims {@code number}, which must be within the range. Answers false if somebody else has it. */
    boolean claim(int number, String owner, Instant now) {
        lock.lock();
        try {
            Claim claim = claims.get(number);
            if (claim != null && !claim.owner().equals(owner) && isHeld(number, claim, now)) {
                return false;
            }
            claims.put(number, new Claim(owner, now.plus(IN_FLIGHT_MAX)));
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Whether {@code owner} could claim {@code number}. */
    boolean isFree(int number, String owner, Instant now) {
        lock.lock();
        try {
            Claim claim = claims.get(number);
            return claim == null || claim.owner().equals(owner) || !isHeld(number, claim, now);
        } finally {
            lock.unlock();
        }
    }

    /** Claims any number; empty if all are taken. */
    OptionalInt claimAny(String owner, RandomGenerator random, Instant now) {
        lock.lock();
        try {
            OptionalInt free = free(staticSize, size, random);
            if (free.isEmpty()) {
                claims.entrySet().removeIf(entry -> !isHeld(entry.getKey(), entry.getValue(), now));
                free = free(staticSize, size, random);
            }
            if (free.isEmpty()) {
                free = free(0, staticSize, random);
            }
            free.ifPresent(number -> claims.put(number, new Claim(owner, now.plus(IN_FLIGHT_MAX))));
            return free;
        } finally {
            lock.unlock();
        }
    }

    /** Lets the claim of {@code owner} on {@code number} hold only as long as the owner is stored with it. */
    void settle(int number, String owner) {
        lock.lock();
        try {
            claims.computeIfPresent(
                    number, (each, claim) -> claim.owner().equals(owner) ? new Claim(owner, Instant.MIN) : claim);
        } finally {
            lock.unlock();
        }
    }

    /** Notes that {@code owner} was found stored with {@code number}. */
    void restore(int number, String owner) {
        lock.lock();
        try {
            claims.putIfAbsent(number, new Claim(owner, Instant.MIN));
        } finally {
            lock.unlock();
        }
    }

    private boolean isHeld(int number, Claim claim, Instant now) {
        return now.isBefore(claim.until()) || holds.test(claim.owner(), number);
    }

    private OptionalInt free(int from, int to, RandomGenerator random) {
        if (from >= to) {
            return OptionalInt.empty();
        }
        int start = random.nextInt(from, to);
        for (int i = 0; i < to - from; i++) {
            int number = from + (start - from + i) % (to - from);
            if (!claims.containsKey(number)) {
                return OptionalInt.of(number);
            }
        }
        return OptionalInt.empty();
    }
}
