// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import io.fairlead.environment.Api;

/** Says which keys a change concerns. Called on the informer's task: short, and without blocking. */
@Api(Api.Status.EXPERIMENTAL)
@FunctionalInterface
public interface Mapper<S> {
    void map(Change<S> change, Trigger trigger);
}
