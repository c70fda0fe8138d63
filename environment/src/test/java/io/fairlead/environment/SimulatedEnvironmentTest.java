// SPDX-License-Identifier: Apache-2.0
package io.fairlead.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SimulatedEnvironmentTest {
    private final SimulatedEnvironment environment = SimulatedEnvironment.inOrder(1);
    private final List<String> heard = new ArrayList<>();

    private void say(String word) {
        heard.add(environment.now().getEpochSecond() - SimulatedEnvironment.START.getEpochSecond() + " " + word);
    }

    @Nested
    class Time {
        @Test
        void passesOnlyWhileEverybodyWaits() throws InterruptedException {
            environment.run(() -> {
                environment.start("late", () -> {
                    environment.sleep(Duration.ofHours(2));
                    say("late");
                });
                environment.sleep(Duration.ofHours(1));
                say("first");
                environment.sleep(Duration.ofHours(1));
                say("second");
            });

            assertThat(heard).containsExactly("3600 first", "7200 late", "7200 second");
        }

        @Test
        void standsStillForTheWorld() throws InterruptedException {
            AtomicBoolean early = new AtomicBoolean();
            environment.run(() -> {
                Signal ready = environment.newSignal();
                environment.schedule(Duration.ofNanos(1), () -> early.set(true));
                environment.start("helper", () -> {
                    say("helped");
                    ready.raise();
                });
                outside(() -> {
                    // Another thread, as of a process that talks to a task.
                    Thread other = Thread.ofPlatform().start(ready::raise);
                    other.join();
                    return early.get();
                });
                ready.await();
                say(early.get() ? "too early" : "in time");
            });

            assertThat(heard).containsExactly("0 helped", "0 in time");
        }

        private void outside(java.util.concurrent.Callable<Boolean> action) {
            try {
                environment.outside(action);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Test
        void isTheTimeOfTimers() throws InterruptedException {
            environment.run(() -> {
                environment.schedule(Duration.ofSeconds(5), () -> say("timer"));
                environment
                        .schedule(Duration.ofSeconds(4), () -> say("cancelled"))
                        .cancel();
                environment.sleep(Duration.ofSeconds(9));
                say("end");
            });

            assertThat(heard).containsExactly("5 timer", "9 end");
        }

        @Test
        void endsAWaitForASignal() throws InterruptedException {
            environment.run(() -> {
                Signal signal = environment.newSignal();
                say(Boolean.toString(signal.await(Duration.ofSeconds(3))));
                environment.schedule(Duration.ofSeconds(1), signal::raise);
                say(Boolean.toString(signal.await(Duration.ofSeconds(3))));
            });

            assertThat(heard).containsExactly("3 false", "4 true");
        }
    }

    @Nested
    class Tasks {
        @Test
        void runOneAtATime() throws InterruptedException {
            AtomicInteger inside = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            environment.run(() -> {
                List<Task> tasks = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    tasks.add(environment.start("task " + i, () -> {
                        for (int j = 0; j < 20; j++) {
                            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                            inside.decrementAndGet();
                            environment.sleep(Duration.ofMillis(1));
                        }
                    }));
                }
                for (Task task : tasks) {
                    assertThat(task.join(Duration.ofMinutes(1))).isTrue();
                }
            });

            assertThat(most).hasValue(1);
        }

        @Test
        void endWhenInterrupted() throws InterruptedException {
            environment.run(() -> {
                Task sleeper = environment.start("sleeper", () -> environment.sleep(Duration.ofDays(1)));
                assertThat(sleeper.join(Duration.ofSeconds(1))).isFalse();
                sleeper.interrupt();
                assertThat(sleeper.join(Duration.ofSeconds(1))).isTrue();
                say("joined");
            });

            assertThat(heard).containsExactly("1 joined");
        }

        @Test
        void leaveASignalToOthersWhenInterruptedWithIt() throws InterruptedException {
            environment.run(() -> {
                Signal signal = environment.newSignal();
                Task first = environment.start("first", signal::await);
                Task second = environment.start("second", () -> {
                    signal.await();
                    say("second");
                });
                environment.sleep(Duration.ofSeconds(1));
                signal.raise();
                first.interrupt();
                assertThat(second.join(Duration.ofSeconds(1))).isTrue();
            });

            assertThat(heard).containsExactly("1 second");
        }

        @Test
        void goOnInAnOrderThatTheSeedDraws() throws InterruptedException {
            Set<List<String>> orders = new HashSet<>();
            for (int seed = 0; seed < 10; seed++) {
                assertThat(order(seed)).isEqualTo(order(seed));
                orders.add(order(seed));
            }

            assertThat(orders).hasSizeGreaterThan(1);
        }

        private static List<String> order(int seed) throws InterruptedException {
            SimulatedEnvironment shuffled = SimulatedEnvironment.shuffled(seed);
            List<String> order = new ArrayList<>();
            shuffled.run(() -> {
                for (int i = 0; i < 5; i++) {
                    String name = "task " + i;
                    shuffled.start(name, () -> order.add(name));
                }
                shuffled.sleep(Duration.ofSeconds(1));
            });
            return order;
        }
    }

    @Test
    void whatTheJobThrowsIsThrown() {
        assertThatThrownBy(() -> environment.run(() -> {
                    throw new IllegalArgumentException("expected");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected");
    }

    @Test
    void aRunThatCanNeverEndFails() {
        assertThatThrownBy(() -> environment.run(() -> environment.newSignal().await()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("nothing is left to happen");
    }
}
