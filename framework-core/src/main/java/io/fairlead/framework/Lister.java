// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import io.fairlead.environment.Api;
import java.util.List;
import java.util.Optional;

/**
 * Reads from the cache of an informer: never asks the server, may be behind it, and sees changes in their order.
 *
 * <p>Any thread may use it. Lists are immutable and show one moment; their order is that of first appearance.
 */
@Api(Api.Status.EXPERIMENTAL)
public interface Lister<T> {
    /** The object at {@code key} as it was last seen. */
    Optional<T> get(ObjectKey key);

    /** All objects. */
    List<T> list();

    /** The objects of one namespace. */
    List<T> inNamespace(String namespace);

    /** The objects of one namespace, or of all if that is empty, whose labels match. */
    List<T> matching(String namespace, LabelSelector selector);

    /** How many objects there are. */
    int size();
}
