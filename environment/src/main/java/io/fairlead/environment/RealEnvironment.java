// SPDX-License-Identifier: Apache-2.0
package io.fairlead.environment;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Time, chance and threads of the machine; tasks are virtual threads, timers share one daemon thread. */
final class RealEnvironment implements Environment {
    private static final Logger LOG = System.getLogger(RealEnvironment.class.getName());
    private static final RealEnvironment INSTANCE = new RealEnvironment();

    private final ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(1, action -> {
        Thread thread = new Thread(action, "fairlead-timers");
        thread.setDaemon(true);
        return thread;
    });
    private final ThreadLocalRandomGenerator random = new ThreadLocalRandomGenerator();

    private RealEnvironment() {
        timers.setRemoveOnCancelPolicy(true);
    }

    static RealEnvironment instance() {
        return INSTANCE;
    }

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public UUID newUid() {
        return RandomUids.next(random);
    }

    @Override
    public Task start(String name, Job job) {
        Thread thread = Thread.ofVirtual().name(name).start(() -> {
            try {
                job.run();
            } catch (InterruptedException e) {
                // Asked to end, and did: the normal way for a task to finish early.
                Thread.currentThread().interrupt();
            } catch (RuntimeException | Error e) {
                LOG.log(Level.ERROR, "task " + name + " failed", e);
            }
        });
        return new ThreadTask(thread);
    }

    @Override
    public Executor executor() {
        return command -> start("executor", command::run);
    }

    @Override
    public Timer schedule(Duration delay, Runnable action) {
        ScheduledFuture<?> future = timers.schedule(
                () -> {
                    try {
                        action.run();
                    } catch (RuntimeException | Error e) {
                        LOG.log(Level.ERROR, "timer action failed", e);
                    }
                },
                Math.max(0, delay.toNanos()),
                TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (duration.isPositive()) {
            Thread.sleep(duration);
        }
    }

    @Override
    public Signal newSignal() {
        return new SemaphoreSignal();
    }

    private record ThreadTask(Thread thread) implements Task {
        @Override
        public void interrupt() {
            thread.interrupt();
        }

        @Override
        public boolean join(Duration timeout) throws InterruptedException {
            return thread.join(timeout);
        }
    }

    private static final class SemaphoreSignal implements Signal {
        private final Semaphore raised = new Semaphore(0);

        @Override
        public void raise() {
            // Two raises at once may leave two permits: one wake-up too many, which every waiter must bear anyway.
            if (raised.availablePermits() == 0) {
                raised.release();
            }
        }

        @Override
        public void await() throws InterruptedException {
            raised.acquire();
        }

        @Override
        public boolean await(Duration timeout) throws InterruptedException {
            return raised.tryAcquire(Math.max(0, timeout.toNanos()), TimeUnit.NANOSECONDS);
        }
    }
}
