// SPDX-License-Identifier: Apache-2.0
package io.fairlead.environment;

import java.time.Duration;

/**
 * How one thread tells another that there is something to look at.
 *
 * <p>A signal is raised or lowered. {@link #raise} raises it, and raising it twice is the same as once; {@link #await()}
 * waits until it is raised and lowers it again. Several threads may wait: one raise lets one of them go. After waking, look
 * at the state the signal is about and wait again if it is not as hoped.
 */
@Api(Api.Status.EXPERIMENTAL)
public interface Signal {
    /** Raises the signal; never blocks. */
    void raise();

    /** Waits until the signal is raised, and lowers it. */
    void await() throws InterruptedException;

    /**
     * Waits until the signal is raised or {@code timeout} has passed.
     *
     * @return whether it was raised; if so it is lowered again
     */
    boolean await(Duration timeout) throws InterruptedException;
}
