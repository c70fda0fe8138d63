// SPDX-License-Identifier: Apache-2.0
package io.fairlead.environment;

/** An action that is to run later. Any thread may cancel it. */
@Api(Api.Status.EXPERIMENTAL)
@FunctionalInterface
public interface Timer {
    /** Keeps the action from running if it has not begun. May be called more than once. */
    void cancel();
}
