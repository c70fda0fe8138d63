// SPDX-License-Identifier: Apache-2.0
package io.fairlead.distribution;

import static java.util.Objects.requireNonNull;

import io.fairlead.environment.Environment;
import io.fairlead.environment.Signal;
import java.time.Duration;

/** How a running command learns that it is to end. Any thread may use it. */
final class Interruption {
    /** How long a process that is asked to end is given to do so in good order. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final Signal asked;
    private final Signal ended;

    Interruption(Environment environment) {
        this.asked = requireNonNull(environment, "environment").newSignal();
        this.ended = environment.newSignal();
    }

    /** Listens for Ctrl-C and termination of this process. */
    static Interruption ofThisProcess(Environment environment) {
        Interruption interruption = new Interruption(environment);
        Runtime.getRuntime().addShutdownHook(new Thread(interruption::endInGoodOrder, "fairlead-shutdown"));
        return interruption;
    }

    /** Waits until somebody wants the command to end. */
    void await() throws InterruptedException {
        asked.await();
    }

    /** Asks the command to end. */
    void ask() {
        asked.raise();
    }

    /** The command has ended. */
    void ended() {
        ended.raise();
    }

    private void endInGoodOrder() {
        ask();
        try {
            ended.await(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
