// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.apply;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A set of fields.
 *
 * <p>A tree: each element of a node may itself be a member of the set, may lead to members below it, or both. Immutable;
 * operations share what they do not change, and answer their first operand itself if the result is the same set, so that
 * unchanged sets are told by identity.
 */
public final class FieldSet {
    /** The set without members. */
    public static final FieldSet EMPTY = new FieldSet(new PathElement[0], new boolean[0], new FieldSet[0]);

    /** What {@code fieldsV1} has at a member that leads nowhere. Nobody changes it. */
    private static final String SELF = ".";

    /** Sorted. */
    private final PathElement[] elements;

    /** Whether the element is a member. */
    private final boolean[] members;

    /** What lies below the element, never empty; null if nothing does. */
    private final @Nullable FieldSet[] children;

    /** A node of {@code elements}, which are sorted; shares all three. */
    FieldSet(PathElement[] elements, boolean[] members, @Nullable FieldSet[] children) {
        this.elements = elements;
        this.members = members;
        this.children = children;
    }

    /** The set of the members that {@code paths} name, such as {@code status} or {@code metadata.labels}. */
    public static FieldSet ofPaths(List<String> paths) {
        FieldSetBuilder root = new FieldSetBuilder();
        for (String path : paths) {
            FieldSetBuilder at = root;
            String[] names = path.split("\\.", -1);
            for (int i = 0; i < names.length; i++) {
                if (i == names.length - 1) {
                    at.insert(PathElement.field(names[i]));
                } else {
                    at = at.descend(PathElement.field(names[i]));
                }
            }
        }
        return root.build();
    }

    /** Reads a set in its written form. */
    static FieldSet parse(JsonValue fields) throws MalformedFieldsException {
        if (!(fields instanceof JsonObject object)) {
            throw new MalformedFieldsException("the fields are no object");
        }
        Parsed parsed = parseNode(object);
        return parsed.below == null ? EMPTY : parsed.below;
    }

    /** A node, and whether its own element is a member. */
    private record Parsed(@Nullable FieldSet below, boolean member) {
        static final Parsed LEAF = new Parsed(null, true);
    }

    private static Parsed parseNode(JsonObject object) throws MalformedFieldsException {
        if (object.isEmpty()) {
            return Parsed.LEAF;
        }
        FieldSetBuilder node = new FieldSetBuilder(object.size());
        boolean member = false;
        for (int i = 0; i < object.size(); i++) {
            String text = object.nameAt(i);
            if (text.equals(SELF)) {
                member = true;
                continue;
            }
            PathElement element = PathElement.parse(text);
            if (element == null) {
                continue;
            }
            if (!(object.valueAt(i) instanceof JsonObject inner)) {
                throw new MalformedFieldsException("no object at " + text);
            }
            Parsed parsed = parseNode(inner);
            node.add(element, parsed.member, parsed.below);
        }
        return node.isEmpty() ? Parsed.LEAF : new Parsed(node.build(), member);
    }

    /** This set as {@code fieldsV1}. */
    JsonObject toJson() {
        JsonObject object = new JsonObject();
        appendTo(object);
        return object;
    }

    private void appendTo(JsonObject object) {
        for (int i = 0; i < elements.length; i++) {
            JsonObject inner = new JsonObject();
            FieldSet child = children[i];
            if (child != null) {
                if (members[i]) {
                    inner.put(SELF, new JsonObject());
                }
                child.appendTo(inner);
            }
            object.put(elements[i].text(), inner);
        }
    }

    public boolean isEmpty() {
        return elements.length == 0;
    }

    /** Whether the element is a member of this node. */
    boolean hasMember(PathElement element) {
        int at = find(element);
        return at >= 0 && members[at];
    }

    /** The members below {@code element}; empty if there are none. */
    FieldSet below(PathElement element) {
        int at = find(element);
        FieldSet child = at < 0 ? null : children[at];
        return child == null ? EMPTY : child;
    }

    /** Whether the field at the end of {@code path} is a member. */
    boolean has(PathElement... path) {
        FieldSet node = this;
        for (int i = 0; i < path.length - 1; i++) {
            node = node.below(path[i]);
        }
        return node.hasMember(path[path.length - 1]);
    }

    private int find(PathElement element) {
        return Arrays.binarySearch(elements, element);
    }

    int size() {
        return elements.length;
    }

    PathElement elementAt(int position) {
        return elements[position];
    }

    boolean memberAt(int position) {
        return members[position];
    }

    @Nullable
    FieldSet childAt(int position) {
        return children[position];
    }

    /** What is in this set, in {@code other}, or in both. */
    @SuppressWarnings("ReferenceEquality") // A shortcut; equal sets that are two give the same result.
    FieldSet union(FieldSet other) {
        if (this == other || other.isEmpty()) {
            return this;
        }
        if (isEmpty()) {
            return other;
        }
        FieldSetBuilder out = new FieldSetBuilder(elements.length + other.elements.length);
        int i = 0;
        int j = 0;
        while (i < elements.length || j < other.elements.length) {
            int order = order(this, i, other, j);
            if (order < 0) {
                out.add(elements[i], members[i], children[i]);
                i++;
            } else if (order > 0) {
                out.add(other.elements[j], other.members[j], other.children[j]);
                j++;
            } else {
                FieldSet mine = children[i];
                FieldSet theirs = other.children[j];
                FieldSet both = mine == null ? theirs : theirs == null ? mine : mine.union(theirs);
                out.add(elements[i], members[i] || other.members[j], both);
                i++;
                j++;
            }
        }
        return out.buildLike(this);
    }

    /** What is in both sets. */
    FieldSet intersection(FieldSet other) {
        FieldSetBuilder out = new FieldSetBuilder(Math.min(elements.length, other.elements.length));
        int i = 0;
        int j = 0;
        while (i < elements.length && j < other.elements.length) {
            int order = elements[i].compareTo(other.elements[j]);
            if (order < 0) {
                i++;
            } else if (order > 0) {
                j++;
            } else {
                FieldSet mine = children[i];
                FieldSet theirs = other.children[j];
                FieldSet both = mine == null || theirs == null ? null : mine.intersection(theirs);
                out.add(elements[i], members[i] && other.members[j], both);
                i++;
                j++;
            }
        }
        return out.buildLike(this);
    }

    /** What is in this set and not in {@code other}; a field below one of {@code other} stays. */
    FieldSet difference(FieldSet other) {
        return without(other, false);
    }

    /** What is in this set, neither in {@code other} nor below one of its members. */
    FieldSet recursiveDifference(FieldSet other) {
        return without(other, true);
    }

    private FieldSet without(FieldSet other, boolean recursive) {
        if (isEmpty() || other.isEmpty()) {
            return this;
        }
        FieldSetBuilder out = new FieldSetBuilder(elements.length);
        int j = 0;
        for (int i = 0; i < elements.length; i++) {
            while (j < other.elements.length && other.elements[j].compareTo(elements[i]) < 0) {
                j++;
            }
            boolean same = j < other.elements.length && other.elements[j].compareTo(elements[i]) == 0;
            FieldSet mine = children[i];
            if (!same) {
                out.add(elements[i], members[i], mine);
                continue;
            }
            FieldSet theirs = other.children[j];
            if (mine != null && recursive && other.members[j]) {
                mine = null;
            } else if (mine != null && theirs != null) {
                mine = mine.without(theirs, recursive);
            }
            out.add(elements[i], members[i] && !other.members[j], mine);
        }
        return out.buildLike(this);
    }

    /** Which of the two elements comes first; the end of a set comes last. */
    private static int order(FieldSet left, int i, FieldSet right, int j) {
        if (i == left.elements.length) {
            return 1;
        }
        return j == right.elements.length ? -1 : left.elements[i].compareTo(right.elements[j]);
    }

    /** Whether a field is in both sets. */
    boolean intersects(FieldSet other) {
        int i = 0;
        int j = 0;
        while (i < elements.length && j < other.elements.length) {
            int order = elements[i].compareTo(other.elements[j]);
            if (order < 0) {
                i++;
            } else if (order > 0) {
                j++;
            } else {
                FieldSet mine = children[i];
                FieldSet theirs = other.children[j];
                boolean deeper = mine != null && theirs != null && mine.intersects(theirs);
                if (deeper || (members[i] && other.members[j])) {
                    return true;
                }
                i++;
                j++;
            }
        }
        return false;
    }

    /** Whether a field is in this set and in {@code written}, which is in canonical form. */
    boolean isTouchedBy(JsonObject written) {
        for (int i = 0; i < elements.length; i++) {
            if (written.get(elements[i].text()) instanceof JsonObject inner) {
                boolean member = inner.isEmpty() || inner.has(SELF);
                FieldSet child = children[i];
                if ((member && members[i]) || (child != null && child.isTouchedBy(inner))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Calls {@code action} for each field, as messages write it: those of a node before those below it. */
    void forEachPath(Consumer<String> action) {
        forEachPath("", action);
    }

    private void forEachPath(String prefix, Consumer<String> action) {
        for (int i = 0; i < elements.length; i++) {
            if (members[i]) {
                action.accept(prefix + elements[i]);
            }
        }
        for (int i = 0; i < elements.length; i++) {
            FieldSet child = children[i];
            if (child != null) {
                child.forEachPath(prefix + elements[i], action);
            }
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof FieldSet that
                        && Arrays.equals(elements, that.elements)
                        && Arrays.equals(members, that.members)
                        && Arrays.equals(children, that.children));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(elements) * 31 + Arrays.hashCode(children);
    }

    /** The paths of the fields, one per line. */
    @Override
    public String toString() {
        List<String> paths = new ArrayList<>();
        forEachPath(paths::add);
        return String.join("\n", paths);
    }
}
