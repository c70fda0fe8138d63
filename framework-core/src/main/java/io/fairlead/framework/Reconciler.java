// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import io.fairlead.environment.Api;

/**
 * Brings the world closer to what one object asks for.
 *
 * <p>Called by up to as many workers at once as the controller has, but never twice at once for one key. May block. What it throws
 * is logged with the key and retried like {@link Outcome.Retry}.
 */
@Api(Api.Status.EXPERIMENTAL)
@FunctionalInterface
public interface Reconciler<T> {
    /** Looks at {@code object} as the cache has it now, and does what is next. */
    Outcome reconcile(T object, Context context) throws InterruptedException;

    /** The object of the key that was woken is not, or no longer, in the cache. */
    default Outcome removed(ObjectKey key, Context context) throws InterruptedException {
        return Outcome.settled();
    }
}
