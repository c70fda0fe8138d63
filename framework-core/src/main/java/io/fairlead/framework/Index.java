// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import io.fairlead.environment.Api;
import java.util.List;

/** The objects of a cache by something they have. Any thread may use it. */
@Api(Api.Status.EXPERIMENTAL)
@FunctionalInterface
public interface Index<T> {
    /** The objects filed under {@code value}: immutable, one moment, in order of first appearance under it. */
    List<T> get(String value);
}
