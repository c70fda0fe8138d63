// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

/** Is told, on the informer's task, what a cache has seen. Must be short and must not block. */
interface CacheProgress {
    /** The cache shows this state of an object, or that it is gone. */
    void saw(ObjectMetadata metadata, boolean gone);

    /** The cache shows everything up to {@code version}. */
    void reached(long version);

    /** The cache was read anew: anything may have been seen. */
    void replaced();
}
