// SPDX-License-Identifier: Apache-2.0
package io.fairlead.environment;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * The one source of time, chance, ids and threads.
 *
 * <p>{@link #real()} is the one programs run in. All methods may be called from any thread.
 */
@Api(Api.Status.EXPERIMENTAL)
public interface Environment {
    /** The environment of the machine: system clock, virtual threads, a random seed of its own. */
    static Environment real() {
        return RealEnvironment.instance();
    }

    /** The wall clock, for times that are shown or stored. May jump when the machine's clock is set. */
    Clock clock();

    /** The time now on {@link #clock()}. */
    default Instant now() {
        return clock().instant();
    }

    /** A clock in nanoseconds that never goes back, for measuring spans. Its zero means nothing. */
    long nanoTime();

    /** The source of every random choice: jitter, generated names, the order of equals. */
    RandomGenerator random();

    /** A fresh UID for an object. */
    UUID newUid();

    /**
     * Starts {@code job} on a thread of its own.
     *
     * @param name shown in thread dumps and in the message if the job throws
     */
    Task start(String name, Job job);

    /** Runs each command on a thread of its own, like {@link #start} without a handle. For libraries that want an executor. */
    Executor executor();

    /**
     * Runs {@code action} once, {@code delay} from now.
     *
     * <p>The action runs on a thread that belongs to the environment and must be short and must not block; start a task
     * from it when there is more to do.
     */
    Timer schedule(Duration delay, Runnable action);

    /** Blocks the caller for {@code duration}; returns at once if that is not positive. */
    void sleep(Duration duration) throws InterruptedException;

    /** A new, lowered signal: how a thread waits for another. */
    Signal newSignal();

    /** What a task runs; it may block and may be interrupted. */
    @FunctionalInterface
    interface Job {
        void run() throws InterruptedException;
    }
}
