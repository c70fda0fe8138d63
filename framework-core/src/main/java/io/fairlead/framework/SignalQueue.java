// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import io.fairlead.environment.Environment;
import io.fairlead.environment.Signal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Puts a lock, a clock and a signal around {@link QueueCore}. */
final class SignalQueue<K> implements WorkQueue<K> {
    /** Waits for the signal alone when no key waits for its time; a bound all the same, as for every wait. */
    private static final Duration WAIT_MAX = Duration.ofMinutes(10);

    private final Environment environment;
    private final QueueCore<K> core;
    private final QueueMetrics metrics;
    private final ReentrantLock lock = new ReentrantLock();
    private final Signal signal;
    // Below: guarded by the lock.
    private boolean shutDown;
    private int holdTimeoutsCounted;

    SignalQueue(Environment environment, RetryLimits limits, Duration holdMax, QueueMetrics metrics) {
        this.environment = environment;
        this.core = new QueueCore<>(limits, holdMax.toNanos());
        this.metrics = metrics;
        this.signal = environment.newSignal();
    }

    @Override
    public void add(K key, Priority priority) {
        lock.lock();
        try {
            core.add(key, priority, environment.nanoTime());
        } finally {
            lock.unlock();
        }
        signal.raise();
    }

    @Override
    public void addAfter(K key, Duration delay, Priority priority) {
        lock.lock();
        try {
            core.addAfter(key, delay.toNanos(), priority, environment.nanoTime());
        } finally {
            lock.unlock();
        }
        signal.raise();
    }

    @Override
    public void retry(K key, Priority priority) {
        lock.lock();
        try {
            core.retry(key, priority, environment.nanoTime());
        } finally {
            lock.unlock();
        }
        metrics.retries().increment();
        signal.raise();
    }

    @Override
    public int failures(K key) {
        return locked(() -> core.failures(key));
    }

    @Override
    public void forget(K key) {
        lock.lock();
        try {
            core.forget(key);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<K> take() throws InterruptedException {
        while (true) {
            long waitNanos;
            lock.lock();
            try {
                if (shutDown) {
                    // One raise lets one waiter go; each lets the next one go.
                    signal.raise();
                    return Optional.empty();
                }
                long now = environment.nanoTime();
                QueueCore.Taken<K> taken = core.take(now);
                if (core.holdTimeouts() > holdTimeoutsCounted) {
                    metrics.fenceTimeouts().increment(core.holdTimeouts() - holdTimeoutsCounted);
                    holdTimeoutsCounted = core.holdTimeouts();
                }
                if (taken != null) {
                    if (core.depth() > 0) {
                        signal.raise();
                    }
                    metrics.waited().record(Duration.ofNanos(now - taken.addedNanos()));
                    return Optional.of(taken.key());
                }
                waitNanos = core.nanosUntilDue(now);
            } finally {
                lock.unlock();
            }
            signal.await(Duration.ofNanos(Math.min(waitNanos, WAIT_MAX.toNanos())));
        }
    }

    @Override
    public void done(K key) {
        done(key, false);
    }

    /** Ends the work on {@code key}; if {@code hold}, it is not handed out again before {@link #release}. */
    void done(K key, boolean hold) {
        lock.lock();
        try {
            core.done(key, hold, environment.nanoTime());
            if (core.depth() == 0) {
                return;
            }
        } finally {
            lock.unlock();
        }
        signal.raise();
    }

    /** Ends the hold on {@code key}. */
    void release(K key) {
        lock.lock();
        try {
            core.release(key);
        } finally {
            lock.unlock();
        }
        signal.raise();
    }

    @Override
    public int depth() {
        return locked(core::depth);
    }

    @Override
    public void shutDown() {
        lock.lock();
        try {
            shutDown = true;
        } finally {
            lock.unlock();
        }
        signal.raise();
    }

    private <R> R locked(Supplier<R> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
