// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import io.fairlead.environment.Environment;
import io.fairlead.environment.Signal;
import io.fairlead.environment.Task;
import io.fairlead.environment.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/** The machine's environment, in which all waits are shorter and the monotonic clock is faster by the same factor. */
record HurriedEnvironment(int factor) implements Environment {
    @Override
    public Clock clock() {
        return Environment.real().clock();
    }

    @Override
    public long nanoTime() {
        return Environment.real().nanoTime() * factor;
    }

    @Override
    public RandomGenerator random() {
        return Environment.real().random();
    }

    @Override
    public UUID newUid() {
        return Environment.real().newUid();
    }

    @Override
    public Task start(String name, Job job) {
        return Environment.real().start(name, job);
    }

    @Override
    public Executor executor() {
        return Environment.real().executor();
    }

    @Override
    public Timer schedule(Duration delay, Runnable action) {
        return Environment.real().schedule(delay.dividedBy(factor), action);
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        Environment.real().sleep(duration.dividedBy(factor));
    }

    @Override
    public Signal newSignal() {
        Signal signal = Environment.real().newSignal();
        return new Signal() {
            @Override
            public void raise() {
                signal.raise();
            }

            @Override
            public void await() throws InterruptedException {
                signal.await();
            }

            @Override
            public boolean await(Duration timeout) throws InterruptedException {
                return signal.await(timeout.dividedBy(factor));
            }
        };
    }
}
