// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.namespace;

import io.fairlead.framework.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was found in a namespace after all of it was deleted.
 *
 * @param counts how many objects of which kind are left, by its name and group
 * @param finalizers how many of them wait for which finalizer
 * @param undiscovered what could not be asked whether it serves anything
 * @param failures what could not be deleted
 */
record Remains(
        Map<String, Integer> counts,
        Map<String, Integer> finalizers,
        List<String> undiscovered,
        List<String> failures) {

    /** Whether the namespace may be let go. */
    boolean nothing() {
        return counts.isEmpty() && undiscovered.isEmpty() && failures.isEmpty();
    }

    /** Collects what is found, kind by kind. */
    static final class Tally {
        private final Map<String, Integer> counts = new TreeMap<>();
        private final Map<String, Integer> finalizers = new TreeMap<>();
        private final List<String> failures = new ArrayList<>();

        void left(ResourceType type, List<List<String>> finalizersOfEach) {
            if (finalizersOfEach.isEmpty()) {
                return;
            }
            counts.merge(type.plural() + "." + type.group(), finalizersOfEach.size(), Integer::sum);
            finalizersOfEach.forEach(each -> each.forEach(name -> finalizers.merge(name, 1, Integer::sum)));
        }

        void failed(String message) {
            failures.add(message);
        }

        Remains remains(List<String> undiscovered) {
            return new Remains(counts, finalizers, undiscovered, failures);
        }
    }
}
