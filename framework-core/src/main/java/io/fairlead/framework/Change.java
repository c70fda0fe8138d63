// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import static java.util.Objects.requireNonNull;

import io.fairlead.environment.Api;

/** How the cache of an informer changed by one object. */
@Api(Api.Status.EXPERIMENTAL)
public sealed interface Change<T> {
    /** The object as it is now; of a deleted one, its last known state. */
    T object();

    /**
     * The cache has an object that it had not.
     *
     * @param initial whether it was there when the informer was started
     */
    record Added<T>(T object, boolean initial) implements Change<T> {
        public Added {
            requireNonNull(object, "object");
        }
    }

    /** The cache has another version of an object. Its uid may differ: what happened in between was then not seen. */
    record Updated<T>(T old, T object) implements Change<T> {
        public Updated {
            requireNonNull(old, "old");
            requireNonNull(object, "object");
        }
    }

    /**
     * The object is gone.
     *
     * @param object its last state that is known
     * @param noticedLate whether its deletion was not seen, so that {@code object} may be older than its last state
     */
    record Deleted<T>(T object, boolean noticedLate) implements Change<T> {
        public Deleted {
            requireNonNull(object, "object");
        }
    }
}
