// SPDX-License-Identifier: Apache-2.0
package io.fairlead.environment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Who of the tasks of a simulated environment runs, and what time it is there.
 *
 * <p>One task has the baton. It gives it away where it waits: to a task that can go on, or, if there is none, to the one for which time
 * has to pass least. All methods but {@link #nowNanos} want the lock held, unless they say otherwise.
 */
final class Turns {
    /** A run that lasts longer on the simulated clock waits for what will never happen. */
    private static final Duration RUN_MAX = Duration.ofDays(7);

    private static final ThreadLocal<@Nullable Turn> CURRENT = new ThreadLocal<>();

    final ReentrantLock lock = new ReentrantLock();
    private final RandomGenerator random;
    private final boolean shuffled;
    private volatile long nowNanos;

    // Below: guarded by the lock.
    private final List<Turn> ready = new ArrayList<>();
    private final PriorityQueue<Due> dues =
            new PriorityQueue<>(Comparator.comparingLong(Due::atNanos).thenComparingLong(Due::number));
    private long dueCount;
    private @Nullable Turn running;
    private @Nullable Run run;
    /** How many tasks wait for something that is not of this environment. */
    private int outside;

    Turns(RandomGenerator random, boolean shuffled) {
        this.random = random;
        this.shuffled = shuffled;
    }

    /** A task: its thread has the baton, waits for it, or waits for something else. Its fields are guarded by the lock. */
    static final class Turn {
        final String name;
        final List<Turn> joiners = new ArrayList<>();

        @Nullable
        Thread thread;

        boolean ended;
        private final Semaphore baton = new Semaphore(0);
        /** Whether it needs to be made ready before it may have the baton. */
        private boolean waiting = true;

        Turn(String name) {
            this.name = name;
        }

        /** Without the lock: returns when the task has the baton. */
        void awaitBaton() {
            CURRENT.set(this);
            baton.acquireUninterruptibly();
        }
    }

    /** Something that happens when time has come to {@code atNanos}. */
    record Due(long atNanos, long number, Runnable action) {}

    /** The time during which time passes. */
    static final class Run {
        private final CountDownLatch done = new CountDownLatch(1);
        private final long endNanos;
        private volatile @Nullable Throwable failure;

        private Run(long endNanos) {
            this.endNanos = endNanos;
        }

        /** Ends it; any thread. */
        void end(@Nullable Throwable cause) {
            failure = cause;
            done.countDown();
        }

        /** What it ended with, when it has. Without the lock. */
        @Nullable
        Throwable awaitEnd() throws InterruptedException {
            done.await();
            return failure;
        }
    }

    /** The time; any thread, without the lock. */
    long nowNanos() {
        return nowNanos;
    }

    /** The task whose thread calls. Without the lock. */
    static Turn current() {
        Turn turn = CURRENT.get();
        if (turn == null) {
            throw new IllegalStateException("only tasks of a simulated environment can wait in it");
        }
        return turn;
    }

    Run beginRun() {
        if (run != null || CURRENT.get() != null) {
            throw new IllegalStateException("a run is under way");
        }
        run = new Run(nowNanos + RUN_MAX.toNanos());
        return run;
    }

    void endRun() {
        run = null;
    }

    Due due(long atNanos, Runnable action) {
        Due due = new Due(Math.max(nowNanos, atNanos), dueCount++, action);
        dues.add(due);
        if (running == null) {
            next();
        }
        return due;
    }

    void cancel(Due due) {
        dues.remove(due);
    }

    /** Gives the baton of the calling task away until the task is made ready, or {@code endNanos} is there. */
    void waitUntil(long endNanos) throws InterruptedException {
        Turn me = current();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Due due = endNanos == Long.MAX_VALUE ? null : due(endNanos, () -> makeReady(me));
        me.waiting = true;
        pass();
        lock.unlock();
        me.baton.acquireUninterruptibly();
        lock.lock();
        if (due != null) {
            dues.remove(due);
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** Gives the baton of the calling task away until {@link #comeBack}; until then time stands still. */
    void goOutside() {
        outside++;
        pass();
    }

    /** The task then has to await its baton. */
    void comeBack(Turn turn) {
        outside--;
        turn.waiting = true;
        makeReady(turn);
    }

    /** Has no effect on a task that does not wait. Any thread. */
    void makeReady(Turn turn) {
        if (turn.waiting) {
            turn.waiting = false;
            ready.add(turn);
        }
        if (running == null) {
            next();
        }
    }

    /** Ends the calling task. */
    void end(Turn turn) {
        turn.ended = true;
        // The one that ends still has the baton, so that all of these are told before any goes on.
        turn.joiners.forEach(this::makeReady);
        pass();
    }

    private void pass() {
        running = null;
        next();
    }

    /** Gives the baton to a task that can go on, letting time pass until there is one. */
    private void next() {
        while (running == null) {
            if (!ready.isEmpty()) {
                Turn turn = ready.remove(shuffled ? random.nextInt(ready.size()) : 0);
                running = turn;
                turn.baton.release();
                return;
            }
            if (run == null || outside > 0 || run.done.getCount() == 0) {
                // Somebody outside goes on, or nobody is to.
                return;
            }
            Due due = dues.poll();
            if (due == null) {
                run.end(new IllegalStateException("nothing is left to happen, and the run has not ended"));
            } else if (due.atNanos() > run.endNanos) {
                run.end(new IllegalStateException("the run has not ended within " + RUN_MAX.toDays() + " days"));
            } else {
                // One at a time: what follows from it is done before the next, even if that is due at the same moment.
                nowNanos = Math.max(nowNanos, due.atNanos());
                due.action().run();
            }
        }
    }
}
