// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.watch;

import static java.util.Objects.requireNonNull;

import io.fairlead.apiserver.internal.storage.Stored;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * What one watcher wants.
 *
 * @param after the revision whose changes and earlier ones it knows
 * @param selects which objects it sees; must be cheap, for it is asked about every change of the resource
 * @param bookmarks whether it wants to be told from time to time how far it has come
 * @param timeout when the stream ends
 * @param initial objects to show as added before anything else, already selected
 * @param marksInitialEnd whether a bookmark with {@code k8s.io/initial-events-end} follows them
 */
public record WatchRequest(
        long after,
        Predicate<Stored> selects,
        FrameForm form,
        boolean bookmarks,
        Duration timeout,
        List<Stored> initial,
        boolean marksInitialEnd) {
    public WatchRequest {
        requireNonNull(selects, "selects");
        requireNonNull(form, "form");
        requireNonNull(timeout, "timeout");
        initial = List.copyOf(initial);
    }
}
