// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.GroupVersionKind;
import io.fairlead.apiserver.internal.storage.Stored;
import java.util.List;
import java.util.OptionalLong;

/** What a request for objects gave; not yet in the form the client wants. */
public sealed interface Answer {
    /** An object as it is stored. */
    record One(int code, Resource resource, Stored object) implements Answer {}

    /**
     * An object that is not stored like this: the outcome of a dry run, a {@code Scale}, a {@code Status}.
     *
     * @param resource to which it belongs, for its columns in a table
     */
    record Tree(int code, Resource resource, GroupVersionKind kind, JsonObject object) implements Answer {}

    /**
     * Objects as they were at {@code revision}.
     *
     * @param continueToken where the next page begins; empty if this is all
     * @param remaining how many there are after these, if it is known
     */
    record Many(Resource resource, List<Stored> items, long revision, String continueToken, OptionalLong remaining)
            implements Answer {
        public Many {
            items = List.copyOf(items);
        }
    }
}
