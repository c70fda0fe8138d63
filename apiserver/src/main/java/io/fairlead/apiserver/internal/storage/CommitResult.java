// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.storage;

import java.util.Optional;

/**
 * How a conditional write ended.
 *
 * <p>Losing a race is an everyday answer of a store, so it is a value. A store that cannot answer at all throws {@link
 * java.io.UncheckedIOException}; the write may then have happened or not.
 */
public sealed interface CommitResult {
    /**
     * Written and as durable as the store makes it.
     *
     * @param stored what is there now; of a deletion, what was there, with the revision of the deletion
     */
    record Committed(Stored stored) implements CommitResult {}

    /** Not written: this is what was found instead of what was expected; empty if the key does not exist. */
    record Conflict(Optional<Stored> actual) implements CommitResult {}

    /** Not written: the value has {@code sizeBytes}, and this store accepts at most {@code limitBytes}. */
    record TooLarge(int sizeBytes, int limitBytes) implements CommitResult {}
}
