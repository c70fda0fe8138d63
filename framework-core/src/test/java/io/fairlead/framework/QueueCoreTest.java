// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QueueCoreTest {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;
    private static final long HOLD = 30 * SECOND;

    private final QueueCore<String> queue = new QueueCore<>(RetryLimits.STANDARD, HOLD);
    /** Near the end of the range: nanosecond clocks may wrap. */
    private long now = Long.MAX_VALUE - SECOND;

    private void add(String key) {
        queue.add(key, Priority.NORMAL, now);
    }

    private @Nullable String take() {
        QueueCore.Taken<String> taken = queue.take(now);
        return taken == null ? null : taken.key();
    }

    @Nested
    class Adding {
        @Test
        void handsOutInOrderAndOnce() {
            add("a");
            add("b");
            add("a");

            assertThat(take()).isEqualTo("a");
            assertThat(take()).isEqualTo("b");
            assertThat(take()).isNull();
        }

        @Test
        void aKeyInWorkIsHandedOutAgainWhenItIsDone() {
            add("a");
            take();
            add("a");
            add("a");
            assertThat(take()).isNull();

            queue.done("a", false, now);
            assertThat(take()).isEqualTo("a");
            queue.done("a", false, now);
            assertThat(take()).isNull();
            assertThat(queue.size()).isZero();
        }

        @Test
        void doneWithoutTakenIsAMistake() {
            assertThatThrownBy(() -> queue.done("a", false, now)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Nested
    class Delays {
        @Test
        void theEarliestCounts() {
            queue.addAfter("a", 5 * SECOND, Priority.NORMAL, now);
            queue.addAfter("a", 2 * SECOND, Priority.NORMAL, now);
            queue.addAfter("a", 9 * SECOND, Priority.NORMAL, now);
            assertThat(queue.nanosUntilDue(now)).isEqualTo(2 * SECOND);

            now += 2 * SECOND;
            assertThat(take()).isEqualTo("a");
            queue.done("a", false, now);
            now += 60 * SECOND;
            assertThat(take()).isNull();
            assertThat(queue.size()).isZero();
        }

        @Test
        void anAddDoesNotReplaceTheLookThatWasPlanned() {
            queue.addAfter("a", 5 * SECOND, Priority.NORMAL, now);
            add("a");
            assertThat(take()).isEqualTo("a");
            queue.done("a", false, now);

            now += 5 * SECOND;
            assertThat(take()).isEqualTo("a");
        }

        @Test
        void aDelayThatIsOverWhileTheKeyIsInWorkMakesItDirty() {
            add("a");
            take();
            queue.addAfter("a", SECOND, Priority.NORMAL, now);
            now += 2 * SECOND;
            assertThat(take()).isNull();
            queue.done("a", false, now);

            assertThat(take()).isEqualTo("a");
        }

        @Test
        void noneIsAsGoodAsNow() {
            queue.addAfter("a", 0, Priority.NORMAL, now);
            assertThat(take()).isEqualTo("a");
        }
    }

    @Nested
    class Retries {
        private List<Long> waits(QueueCore<String> core, int count) {
            List<Long> waits = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                core.retry("a", Priority.NORMAL, now);
                long wait = core.nanosUntilDue(now);
                waits.add(wait / MILLI);
                now += wait;
                core.take(now);
                core.done("a", false, now);
            }
            return waits;
        }

        @Test
        void waitTwiceAsLongEachTime() {
            QueueCore<String> core = new QueueCore<>(RetryLimits.STANDARD.withoutRate(), HOLD);
            List<Long> waits = waits(core, 20);

            assertThat(waits).startsWith(5L, 10L, 20L, 40L).endsWith(1_000_000L, 1_000_000L);
            assertThat(core.failures("a")).isEqualTo(20);
        }

        @Test
        void beginAnewAfterASuccess() {
            QueueCore<String> core = new QueueCore<>(RetryLimits.STANDARD, HOLD);
            waits(core, 5);
            core.forget("a");

            assertThat(core.failures("a")).isZero();
            assertThat(core.size()).isZero();
            assertThat(waits(core, 1)).containsExactly(5L);
        }

        @Test
        void shareARate() {
            for (int i = 0; i < 130; i++) {
                queue.retry("k" + i, Priority.NORMAL, now);
            }
            now += 5 * MILLI;
            int burst = 0;
            while (take() != null) {
                burst++;
            }
            assertThat(burst).isEqualTo(100);
            now += SECOND;
            int second = 0;
            while (take() != null) {
                second++;
            }
            assertThat(second).isEqualTo(10);
        }
    }

    @Nested
    class Priorities {
        @Test
        void theMoreUrgentGoesFirst() {
            queue.add("low", Priority.LOW, now);
            queue.add("normal", Priority.NORMAL, now);
            queue.add("high", Priority.HIGH, now);

            assertThat(take()).isEqualTo("high");
            assertThat(take()).isEqualTo("normal");
            assertThat(take()).isEqualTo("low");
        }

        @Test
        void noneWaitsForEver() {
            queue.add("low", Priority.LOW, now);
            int before = 0;
            String taken = "";
            while (!"low".equals(taken) && before < 100) {
                now += 100 * MILLI;
                queue.add("urgent" + before, Priority.HIGH, now);
                taken = take();
                before++;
            }
            assertThat(taken).isEqualTo("low");
            assertThat(before).isBetween(50, 70);
        }

        @Test
        void aMoreUrgentAddMovesAKeyForward() {
            queue.add("a", Priority.LOW, now);
            queue.add("b", Priority.NORMAL, now);
            queue.add("a", Priority.HIGH, now);

            assertThat(queue.depth()).isEqualTo(2);
            assertThat(take()).isEqualTo("a");
            assertThat(take()).isEqualTo("b");
            assertThat(take()).isNull();
        }
    }

    @Nested
    class Holding {
        @Test
        void aKeyIsNotHandedOutBeforeItsWritesAreSeen() {
            add("a");
            take();
            queue.done("a", true, now);
            add("a");
            assertThat(take()).isNull();

            queue.release("a");
            assertThat(take()).isEqualTo("a");
        }

        @Test
        void aHeldKeyThatNobodyWantsIsForgottenWhenReleased() {
            add("a");
            take();
            queue.done("a", true, now);
            queue.release("a");
            queue.release("a");

            assertThat(take()).isNull();
            assertThat(queue.size()).isZero();
        }

        @Test
        void goesAheadAfterAWhileAllTheSame() {
            add("a");
            take();
            queue.done("a", true, now);
            add("a");
            assertThat(queue.nanosUntilDue(now)).isEqualTo(HOLD);
            now += HOLD;

            assertThat(take()).isEqualTo("a");
            assertThat(queue.holdTimeouts()).isEqualTo(1);
        }

        @Test
        void anEarlierHoldDoesNotEndALaterOne() {
            add("a");
            take();
            queue.done("a", true, now);
            queue.release("a");
            now += HOLD / 2;
            add("a");
            take();
            queue.done("a", true, now);
            add("a");
            now += HOLD / 2;

            assertThat(take()).isNull();
        }
    }

    /**
     * Whatever is done to it: no key is in work twice, a held key is not handed out, and every key that was added is handed out
     * after the last add.
     */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void neverLosesAndNeverDoubles(long seed) {
        Random random = new Random(seed);
        Set<String> working = new HashSet<>();
        Set<String> held = new HashSet<>();
        Map<String, Integer> added = new HashMap<>();
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 1; i <= 5_000; i++) {
            String key = "k" + random.nextInt(20);
            now += random.nextInt(50) * MILLI;
            switch (random.nextInt(6)) {
                case 0, 1 -> {
                    queue.add(
                            key,
                            List.of(Priority.HIGH, Priority.NORMAL, Priority.LOW)
                                    .get(random.nextInt(3)),
                            now);
                    added.put(key, i);
                }
                case 2 -> {
                    queue.addAfter(key, random.nextInt(500) * MILLI, Priority.NORMAL, now);
                    added.put(key, i);
                }
                case 3 -> {
                    String taken = take();
                    if (taken != null) {
                        assertThat(working.add(taken)).as("taken twice").isTrue();
                        seen.put(taken, i);
                    }
                }
                case 4 -> finish(random, working, held);
                default -> {
                    queue.release(key);
                    held.remove(key);
                }
            }
        }
        while (!working.isEmpty()) {
            finish(random, working, held);
        }
        // No key is wanted for longer than the longest delay and the longest hold.
        now += HOLD + SECOND;
        for (String taken = take(); taken != null; taken = take()) {
            seen.put(taken, Integer.MAX_VALUE);
            queue.done(taken, false, now);
        }
        added.forEach(
                (key, when) -> assertThat(seen.getOrDefault(key, 0)).as(key).isGreaterThan(when));
        assertThat(queue.size()).isZero();
        assertThat(queue.depth()).isZero();
    }

    private void finish(Random random, Set<String> working, Set<String> held) {
        if (working.isEmpty()) {
            return;
        }
        String key = working.iterator().next();
        working.remove(key);
        boolean hold = random.nextInt(3) == 0;
        queue.done(key, hold, now);
        if (hold) {
            held.add(key);
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    @Test
    void limitsAreChecked() {
        assertThatThrownBy(() -> RetryLimits.STANDARD.between(Duration.ZERO, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetryLimits(Duration.ofMillis(1), Duration.ofMillis(2), 0, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
