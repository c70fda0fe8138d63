// SPDX-License-Identifier: Apache-2.0
package io.fairlead.environment;

import io.fairlead.environment.Turns.Due;
import io.fairlead.environment.Turns.Run;
import io.fairlead.environment.Turns.Turn;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * An environment in which one task runs at a time, and in which time passes only when there is nothing left to do.
 *
 * <p>Tasks are threads, but a baton goes from one to the next wherever they wait for each other or for time. When all of them
 * wait, the clock jumps to the moment at which the first of them is to go on. What takes a minute of waiting on the machine takes
 * none here, and how fast or how busy the machine is makes no difference to what happens: the same seed gives the same run.
 *
 * <p>Tasks go on, and time passes, during {@link #run}. Tasks must wait for each other by signals only. Threads that are not tasks
 * may raise signals and start tasks, but not wait.
 */
@Api(Api.Status.EXPERIMENTAL)
public final class SimulatedEnvironment implements Environment {
    /** Where the clock stands at first: some whole second. */
    public static final Instant START = Instant.parse("2026-01-05T10:00:00Z");

    private static final System.Logger LOG = System.getLogger(SimulatedEnvironment.class.getName());

    private final Random random;
    private final Turns turns;
    private final ReentrantLock lock;
    private final Clock clock;

    private SimulatedEnvironment(long seed, boolean shuffled) {
        this.random = new Random(seed);
        this.turns = new Turns(random, shuffled);
        this.lock = turns.lock;
        this.clock = new SimulatedClock(START, turns::nowNanos, ZoneOffset.UTC);
    }

    /** Tasks go on in the order in which they became able to. {@code seed} decides what is drawn. */
    public static SimulatedEnvironment inOrder(long seed) {
        return new SimulatedEnvironment(seed, false);
    }

    /** Which of the tasks that can go on is next is drawn as well: another seed, another of the orders that may happen. */
    public static SimulatedEnvironment shuffled(long seed) {
        return new SimulatedEnvironment(seed, true);
    }

    /**
     * Runs {@code job} as a task and lets time pass until it has ended. One at a time, by a thread that is not a task.
     *
     * @throws IllegalStateException if the job can never end because nothing is left to happen; what the job throws is thrown as it is
     */
    public void run(Job job) throws InterruptedException {
        Run begun;
        lock.lock();
        try {
            begun = turns.beginRun();
        } finally {
            lock.unlock();
        }
        start("run", () -> begun.end(thrownBy(job)));
        try {
            rethrow(begun.awaitEnd());
        } finally {
            lock.lock();
            try {
                turns.endRun();
            } finally {
                lock.unlock();
            }
        }
    }

    private static @Nullable Throwable thrownBy(Job job) {
        try {
            job.run();
            return null;
        } catch (RuntimeException | Error | InterruptedException e) {
            return e;
        }
    }

    private static void rethrow(@Nullable Throwable failure) throws InterruptedException {
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        if (failure instanceof InterruptedException e) {
            throw e;
        }
    }

    /**
     * Lets the calling task wait for something outside, such as another process. Others go on meanwhile, but time stands still.
     *
     * @throws Exception what {@code action} throws
     */
    public <T> T outside(Callable<T> action) throws Exception {
        Turn me = Turns.current();
        lock.lock();
        try {
            turns.goOutside();
        } finally {
            lock.unlock();
        }
        try {
            return action.call();
        } finally {
            lock.lock();
            try {
                turns.comeBack(me);
            } finally {
                lock.unlock();
            }
            me.awaitBaton();
        }
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public long nanoTime() {
        return turns.nowNanos();
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
        Turn turn = new Turn(name);
        lock.lock();
        try {
            turn.thread = Thread.ofVirtual().name(name).start(() -> live(turn, job));
            turns.makeReady(turn);
        } finally {
            lock.unlock();
        }
        return new SimulatedTask(turn);
    }

    private void live(Turn turn, Job job) {
        turn.awaitBaton();
        try {
            job.run();
        } catch (InterruptedException e) {
            // Asked to end, and did: the normal way for a task to finish early.
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "task " + turn.name + " failed", e);
        } finally {
            lock.lock();
            try {
                turns.end(turn);
            } finally {
                lock.unlock();
            }
        }
    }

    @Override
    public Executor executor() {
        return command -> start("executor", command::run);
    }

    @Override
    public Timer schedule(Duration delay, Runnable action) {
        lock.lock();
        try {
            Due due = turns.due(after(delay), () -> start("timer", action::run));
            return () -> cancel(due);
        } finally {
            lock.unlock();
        }
    }

    private void cancel(Due due) {
        lock.lock();
        try {
            turns.cancel(due);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        long end = after(duration);
        lock.lock();
        try {
            while (turns.nowNanos() < end) {
                turns.waitUntil(end);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Signal newSignal() {
        return new SimulatedSignal();
    }

    private long after(Duration delay) {
        return turns.nowNanos() + Math.max(0, delay.toNanos());
    }

    private final class SimulatedTask implements Task {
        private final Turn turn;

        SimulatedTask(Turn turn) {
            this.turn = turn;
        }

        @Override
        public void interrupt() {
            lock.lock();
            try {
                Thread thread = turn.thread;
                if (!turn.ended && thread != null) {
                    thread.interrupt();
                    turns.makeReady(turn);
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public boolean join(Duration timeout) throws InterruptedException {
            Turn me = Turns.current();
            long end = after(timeout);
            lock.lock();
            try {
                while (!turn.ended && turns.nowNanos() < end) {
                    turn.joiners.add(me);
                    turns.waitUntil(end);
                }
                return turn.ended;
            } finally {
                lock.unlock();
            }
        }
    }

    private final class SimulatedSignal implements Signal {
        private final List<Turn> waiters = new ArrayList<>();
        private boolean raised;

        @Override
        public void raise() {
            lock.lock();
            try {
                if (!raised) {
                    raised = true;
                    wakeOne();
                }
            } finally {
                lock.unlock();
            }
        }

        private void wakeOne() {
            if (raised && !waiters.isEmpty()) {
                turns.makeReady(waiters.remove(0));
            }
        }

        @Override
        public void await() throws InterruptedException {
            await(Long.MAX_VALUE);
        }

        @Override
        public boolean await(Duration timeout) throws InterruptedException {
            return await(after(timeout));
        }

        private boolean await(long end) throws InterruptedException {
            Turn me = Turns.current();
            lock.lock();
            try {
                while (!raised && turns.nowNanos() < end) {
                    waiters.add(me);
                    turns.waitUntil(end);
                    waiters.remove(me);
                }
                boolean was = raised;
                raised = false;
                return was;
            } finally {
                waiters.remove(me);
                // Whoever was woken and interrupted as well leaves the signal to the next.
                wakeOne();
                lock.unlock();
            }
        }
    }
}
