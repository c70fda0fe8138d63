// SPDX-License-Identifier: Apache-2.0
package io.fairlead.compatibility;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A multiset in the order of its elements. */
final class Bag<T extends Comparable<T>> {
    private final Map<T, Integer> counts = new TreeMap<>();

    void add(T element) {
        counts.merge(element, 1, Integer::sum);
    }

    /** What is left when each element of {@code other} takes one of its like away. */
    Bag<T> minus(Bag<T> other) {
        Bag<T> rest = new Bag<>();
        counts.forEach((element, count) -> {
            int left = count - other.counts.getOrDefault(element, 0);
            if (left > 0) {
                rest.counts.put(element, left);
            }
        });
        return rest;
    }

    Collection<T> keys() {
        return counts.keySet();
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Bag<?> that && counts.equals(that.counts);
    }

    @Override
    public int hashCode() {
        return counts.hashCode();
    }
}
