// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.apply;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects a set; keeps its elements sorted. */
final class FieldSetBuilder {
    private PathElement[] elements;
    private boolean[] members;

    /** Of each element what lies below it: a {@link FieldSet}, a {@link FieldSetBuilder} or null. */
    private @Nullable Object[] below;

    private int size;

    FieldSetBuilder() {
        this(4);
    }

    FieldSetBuilder(int capacity) {
        elements = new PathElement[capacity];
        members = new boolean[capacity];
        below = new Object[capacity];
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Adds {@code element} as a member of this node. */
    void insert(PathElement element) {
        int at = position(element);
        members[at] = true;
    }

    /** The node below {@code element}. What is never filled is left out. */
    FieldSetBuilder descend(PathElement element) {
        int at = position(element);
        if (below[at] instanceof FieldSetBuilder builder) {
            return builder;
        }
        FieldSetBuilder builder = new FieldSetBuilder();
        if (below[at] instanceof FieldSet set) {
            for (int i = 0; i < set.size(); i++) {
                builder.add(set.elementAt(i), set.memberAt(i), set.childAt(i));
            }
        }
        below[at] = builder;
        return builder;
    }

    /** Adds {@code element}, unless it is neither a member nor leads to one. */
    void add(PathElement element, boolean member, @Nullable FieldSet child) {
        if (!member && (child == null || child.isEmpty())) {
            return;
        }
        int at = position(element);
        members[at] |= member;
        if (child != null && !child.isEmpty()) {
            below[at] = below[at] instanceof FieldSet present ? present.union(child) : child;
        }
    }

    /** Where {@code element} stands; adds it if it is not there. The last one first: walks come in order. */
    private int position(PathElement element) {
        int byLast = size == 0 ? -1 : elements[size - 1].compareTo(element);
        if (byLast == 0) {
            return size - 1;
        }
        int found = byLast < 0 ? -size - 1 : Arrays.binarySearch(elements, 0, size, element);
        if (found >= 0) {
            return found;
        }
        int at = -found - 1;
        if (size == elements.length) {
            int capacity = Math.max(4, size * 2);
            elements = Arrays.copyOf(elements, capacity);
            members = Arrays.copyOf(members, capacity);
            below = Arrays.copyOf(below, capacity);
        }
        System.arraycopy(elements, at, elements, at + 1, size - at);
        System.arraycopy(members, at, members, at + 1, size - at);
        System.arraycopy(below, at, below, at + 1, size - at);
        elements[at] = element;
        members[at] = false;
        below[at] = null;
        size++;
        return at;
    }

    FieldSet build() {
        return buildLike(FieldSet.EMPTY);
    }

    /** The set; {@code like} itself if it has the same members in the same nodes. */
    FieldSet buildLike(FieldSet like) {
        @Nullable FieldSet[] children = new FieldSet[size];
        int kept = 0;
        for (int i = 0; i < size; i++) {
            FieldSet child = below[i] instanceof FieldSetBuilder builder ? builder.build() : (FieldSet) below[i];
            boolean leads = child != null && !child.isEmpty();
            if (leads || members[i]) {
                elements[kept] = elements[i];
                members[kept] = members[i];
                children[kept++] = leads ? child : null;
            }
        }
        if (kept == 0) {
            return FieldSet.EMPTY;
        }
        if (isLike(like, kept, children)) {
            return like;
        }
        return new FieldSet(Arrays.copyOf(elements, kept), Arrays.copyOf(members, kept), Arrays.copyOf(children, kept));
    }

    @SuppressWarnings("ReferenceEquality") // Whether something was copied is the question, not whether it is equal.
    private boolean isLike(FieldSet like, int kept, @Nullable FieldSet[] built) {
        if (kept != like.size()) {
            return false;
        }
        for (int i = 0; i < kept; i++) {
            boolean same =
                    elements[i] == like.elementAt(i) && members[i] == like.memberAt(i) && built[i] == like.childAt(i);
            if (!same) {
                return false;
            }
        }
        return true;
    }
}
