// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.environment.Environment;
import io.fairlead.environment.Task;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SignalQueueTest {
    private static final int KEYS = 50;

    private final Environment environment = Environment.real();
    private final SignalQueue<Integer> queue = new SignalQueue<>(
            environment,
            RetryLimits.STANDARD.withoutRate(),
            Duration.ofMinutes(1),
            QueueMetrics.of(new SimpleMeterRegistry(), "test"));

    @Test
    void neverHandsAKeyToTwoWorkersAndLosesNone() throws InterruptedException {
        AtomicIntegerArray wanted = new AtomicIntegerArray(KEYS);
        AtomicIntegerArray done = new AtomicIntegerArray(KEYS);
        AtomicIntegerArray atWork = new AtomicIntegerArray(KEYS);
        AtomicInteger doubled = new AtomicInteger();
        AtomicInteger behind = new AtomicInteger(KEYS);
        CountDownLatch caughtUp = new CountDownLatch(1);
        int last = 200;
        List<Task> tasks = new ArrayList<>();
        for (int worker = 0; worker < 8; worker++) {
            tasks.add(environment.start("worker", () -> {
                for (Optional<Integer> taken = queue.take(); taken.isPresent(); taken = queue.take()) {
                    int key = taken.get();
                    if (atWork.incrementAndGet(key) > 1) {
                        doubled.incrementAndGet();
                    }
                    int seen = wanted.get(key);
                    if (done.getAndSet(key, seen) < last && seen == last && behind.decrementAndGet() == 0) {
                        caughtUp.countDown();
                    }
                    atWork.decrementAndGet(key);
                    queue.done(key);
                }
            }));
        }
        for (int round = 1; round <= last; round++) {
            for (int key = 0; key < KEYS; key++) {
                wanted.set(key, round);
                queue.add(key, Priority.NORMAL);
            }
        }

        assertThat(caughtUp.await(15, TimeUnit.SECONDS)).isTrue();
        queue.shutDown();
        for (Task task : tasks) {
            assertThat(task.join(Duration.ofSeconds(10))).isTrue();
        }
        assertThat(doubled).hasValue(0);
    }

    @Test
    void wakesAWorkerWhenADelayIsOver() throws InterruptedException {
        queue.addAfter(1, Duration.ofMillis(20), Priority.NORMAL);

        assertThat(queue.take()).contains(1);
    }

    @Test
    void aRetriedKeyComesBack() throws InterruptedException {
        queue.retry(1, Priority.NORMAL);

        assertThat(queue.take()).contains(1);
        assertThat(queue.failures(1)).isEqualTo(1);
    }

    @Test
    void aHeldKeyComesBackWhenReleased() throws InterruptedException {
        queue.add(1, Priority.NORMAL);
        queue.take();
        queue.done(1, true);
        queue.add(1, Priority.NORMAL);
        assertThat(queue.depth()).isZero();
        queue.release(1);

        assertThat(queue.take()).contains(1);
    }

    @Test
    void nothingComesAfterTheShutDown() throws InterruptedException {
        queue.add(1, Priority.NORMAL);
        queue.shutDown();

        assertThat(queue.take()).isEmpty();
        assertThat(queue.take()).isEmpty();
    }
}
