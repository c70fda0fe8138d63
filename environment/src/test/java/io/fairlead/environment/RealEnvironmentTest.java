// SPDX-License-Identifier: Apache-2.0
package io.fairlead.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RealEnvironmentTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Environment environment = Environment.real();

    @Nested
    class Signals {
        @Test
        void aRaiseBeforeTheWaitIsNotLost() throws InterruptedException {
            Signal signal = environment.newSignal();

            signal.raise();

            assertThat(signal.await(LONG)).isTrue();
        }

        @Test
        void areLoweredByTheWaitThatTheyEnd() throws InterruptedException {
            Signal signal = environment.newSignal();
            signal.raise();
            signal.raise();

            assertThat(signal.await(Duration.ZERO)).isTrue();
            assertThat(signal.await(Duration.ZERO)).isFalse();
        }

        @Test
        void wakeAThreadThatWaits() throws InterruptedException {
            Signal ping = environment.newSignal();
            Signal pong = environment.newSignal();
            environment.start("echo", () -> {
                ping.await();
                pong.raise();
            });

            ping.raise();

            assertThat(pong.await(LONG)).isTrue();
        }
    }

    @Nested
    class Tasks {
        @Test
        void canBeWaitedFor() throws InterruptedException {
            AtomicBoolean ran = new AtomicBoolean();

            Task task = environment.start("job", () -> ran.set(true));

            assertThat(task.join(LONG)).isTrue();
            assertThat(ran).isTrue();
        }

        @Test
        void endWhenInterrupted() throws InterruptedException {
            Task task = environment.start("sleeper", () -> environment.sleep(Duration.ofDays(1)));

            task.interrupt();

            assertThat(task.join(LONG)).isTrue();
        }

        @Test
        void thatThrowEndAlone() throws InterruptedException {
            Task task = environment.start("broken", () -> {
                throw new IllegalStateException("expected by the test");
            });

            assertThat(task.join(LONG)).isTrue();
        }
    }

    @Nested
    class Timers {
        @Test
        void runTheirAction() throws InterruptedException {
            Signal ran = environment.newSignal();

            environment.schedule(Duration.ofMillis(1), ran::raise);

            assertThat(ran.await(LONG)).isTrue();
        }

        @Test
        void doNothingOnceCancelled() throws InterruptedException {
            AtomicBoolean ran = new AtomicBoolean();
            Signal later = environment.newSignal();
            Timer timer = environment.schedule(Duration.ofMillis(20), () -> ran.set(true));

            timer.cancel();
            environment.schedule(Duration.ofMillis(40), later::raise);

            assertThat(later.await(LONG)).isTrue();
            assertThat(ran).isFalse();
        }
    }

    @Test
    void uidsAreVersionFourAndDiffer() {
        Set<UUID> seen = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            UUID uid = environment.newUid();
            assertThat(uid.version()).isEqualTo(4);
            assertThat(uid.variant()).isEqualTo(2);
            seen.add(uid);
        }
        assertThat(seen).hasSize(1_000);
    }
}
