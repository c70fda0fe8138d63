// SPDX-License-Identifier: Apache-2.0
package io.fairlead.environment;

import java.time.Duration;

/** A job that runs beside its starter. Any thread may use it. */
@Api(Api.Status.EXPERIMENTAL)
public interface Task {
    /** Asks the job to end by interrupting it. Returns at once; has no effect on a job that has ended. */
    void interrupt();

    /**
     * Waits until the job has ended.
     *
     * @return whether it ended within {@code timeout}
     */
    boolean join(Duration timeout) throws InterruptedException;
}
