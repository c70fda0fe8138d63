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

    private final Environment environment;
    private final Signal asked;

    Interruption(Environment environment) {
        this.environment = requireNonNull(environment, "environment");
        this.asked = environment.newSignal();
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

    /** Does not return before the command has ended, for the JVM ends by itself then: with a code that says nothing. */
    private void endInGoodOrder() {
        ask();
        try {
            environment.sleep(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
