// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import io.fairlead.apiserver.internal.selector.FieldSelector;
import io.fairlead.apiserver.internal.selector.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * How to list or watch, as the query says it.
 *
 * @param resourceVersion as written; empty if not given
 * @param match how the version is meant, as written
 * @param sendInitialEvents {@code true} or {@code false}; empty if not given
 */
public record ReadOptions(
        LabelSelector labels,
        FieldSelector fields,
        String resourceVersion,
        String match,
        long limit,
        String continueToken,
        OptionalLong timeoutSeconds,
        boolean watch,
        boolean bookmarks,
        String sendInitialEvents) {
    /** The same for the one object of that name. */
    public ReadOptions ofName(String name) {
        List<FieldSelector.Requirement> requirements = new ArrayList<>(fields.requirements());
        requirements.add(new FieldSelector.Requirement("metadata.name", true, name));
        return new ReadOptions(
                labels,
                new FieldSelector(requirements),
                resourceVersion,
                match,
                limit,
                continueToken,
                timeoutSeconds,
                watch,
                bookmarks,
                sendInitialEvents);
    }

    /** Whether the objects there are come first, and are to be told apart from what follows. */
    boolean sendsInitialEvents() {
        return sendInitialEvents.equals("true");
    }
}
