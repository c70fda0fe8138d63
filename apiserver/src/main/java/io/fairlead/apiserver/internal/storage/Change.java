// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.storage;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * One committed write.
 *
 * @param current what is there since; null after a deletion
 * @param previous what was there before; null before a creation
 */
public record Change(String key, long revision, @Nullable Stored current, @Nullable Stored previous) {
    public Change {
        requireNonNull(key, "key");
        if (current == null && previous == null) {
            throw new IllegalArgumentException("nothing before and nothing after: " + key);
        }
    }
}
