// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How to delete, already checked.
 *
 * @param propagation {@code Foreground}, {@code Background} or {@code Orphan}
 * @param orphanDependents the older way to say the same
 */
public record DeleteOptions(
        OptionalLong gracePeriodSeconds,
        Optional<String> propagation,
        Optional<Boolean> orphanDependents,
        Optional<String> uid,
        Optional<String> resourceVersion,
        boolean dryRun) {
    /** Nothing said. */
    public static final DeleteOptions DEFAULT = new DeleteOptions(
            OptionalLong.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);

    /** The same with another grace period. */
    DeleteOptions withGrace(long seconds) {
        return new DeleteOptions(OptionalLong.of(seconds), propagation, orphanDependents, uid, resourceVersion, dryRun);
    }
}
