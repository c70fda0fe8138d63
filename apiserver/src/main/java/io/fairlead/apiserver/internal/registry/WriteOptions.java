// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import static java.util.Objects.requireNonNull;

/**
 * How to write, as the query says it, already checked.
 *
 * @param manager under whose name fields come to be owned: {@code fieldManager}, or what the user agent begins with
 * @param force whether an apply takes fields from their owners
 * @param strictness what becomes of fields that nobody knows
 */
public record WriteOptions(boolean dryRun, String manager, boolean force, Strictness strictness) {
    public WriteOptions {
        requireNonNull(manager, "manager");
        requireNonNull(strictness, "strictness");
    }

    /** The same as a dry run, or not. */
    WriteOptions dryRun(boolean dry) {
        return new WriteOptions(dry, manager, force, strictness);
    }
}
