// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import io.fairlead.environment.Api;
import java.time.Duration;

/** Wakes keys of a controller. Any thread may use it. */
@Api(Api.Status.EXPERIMENTAL)
public interface Trigger {
    /** Reconciles {@code key} as soon as a worker is free. */
    void wake(ObjectKey key);

    /** Reconciles {@code key} after {@code delay}; an earlier wake of the same key replaces it. */
    void wakeAfter(ObjectKey key, Duration delay);
}
