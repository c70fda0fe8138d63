// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.merge;

import static java.util.Objects.requireNonNull;

import io.fairlead.apiserver.internal.codec.JsonValue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What strategic merge patch must know about the type of an object. Any thread may call it. */
public interface PatchMeta {
    /** What is known about the member {@code name}, or null if the type has no such field. */
    @Nullable
    Member member(String name);

    /** The name of the type, for messages. */
    String name();

    /** Whether this is a struct and not a map or a scalar: only structs say how their members merge. */
    boolean struct();

    /** What is wrong with {@code value} as an object of this type, in the words of Go's converter, if it finds anything. */
    Optional<String> problem(JsonValue value);

    /**
     * A field.
     *
     * @param strategy how lists and objects combine
     * @param mergeKey the field by which items of a list are the same; empty for lists of scalars
     * @param type of the value or, in a list, of its items
     * @param list whether the value is a list
     */
    record Member(Strategy strategy, String mergeKey, PatchMeta type, boolean list) {
        public Member {
            requireNonNull(strategy, "strategy");
            requireNonNull(mergeKey, "mergeKey");
            requireNonNull(type, "type");
        }
    }

    /** How a value in a patch combines with the one that is there. */
    enum Strategy {
        /** Not said: objects merge, lists are replaced. */
        DEFAULT,
        /** Lists merge too. */
        MERGE,
        /** Objects are replaced too. */
        REPLACE
    }
}
