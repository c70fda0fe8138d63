// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import io.fairlead.environment.Api;

/** Which of the waiting keys go first. A key that waits rises with time, so none waits for ever. */
@Api(Api.Status.EXPERIMENTAL)
public enum Priority {
    HIGH,
    NORMAL,
    /** For what was there at the start and for looks that nothing called for. */
    LOW
}
