// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import io.fairlead.environment.Api;

/** A request that is under way. */
@Api(Api.Status.EXPERIMENTAL)
@FunctionalInterface
public interface Call<R> {
    /**
     * Waits for the answer.
     *
     * @throws ApiUnreachableException if none came; a write may then have happened or not
     */
    R await() throws InterruptedException;
}
