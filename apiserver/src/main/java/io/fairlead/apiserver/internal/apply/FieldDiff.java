// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.apply;

import io.fairlead.apiserver.internal.apply.FieldType.Field;
import io.fairlead.apiserver.internal.apply.FieldType.Keying;
import io.fairlead.apiserver.internal.apply.FieldType.ListShape;
import io.fairlead.apiserver.internal.apply.FieldType.MapShape;
import io.fairlead.apiserver.internal.apply.FieldType.Shape;
import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which fields differ between two objects. A field is in one of the three sets at most.
 *
 * @param removed the first object has them, the second does not
 * @param modified both have them, with other values
 * @param added the second object has them, the first does not
 * @param all of these
 */
record FieldDiff(FieldSet removed, FieldSet modified, FieldSet added, FieldSet all) {
    /** Between objects that are the same. */
    static final FieldDiff NONE = new FieldDiff(FieldSet.EMPTY, FieldSet.EMPTY, FieldSet.EMPTY);

    FieldDiff(FieldSet removed, FieldSet modified, FieldSet added) {
        this(removed, modified, added, removed.union(modified).union(added));
    }

    /**
     * Compares {@code left} with {@code right}.
     *
     * @throws FieldTypeException if a list that differs has items that cannot be told apart by its keys
     */
    static FieldDiff between(FieldType type, JsonObject left, JsonObject right) {
        Walk walk = new Walk();
        walk.compare(type, left, right);
        return new FieldDiff(walk.removed.build(), walk.modified.build(), walk.added.build());
    }

    /** This without the fields of {@code excluded} and what lies below them. */
    FieldDiff without(FieldSet excluded) {
        return excluded.isEmpty()
                ? this
                : new FieldDiff(
                        removed.recursiveDifference(excluded),
                        modified.recursiveDifference(excluded),
                        added.recursiveDifference(excluded));
    }

    /**
     * One comparison: where it stands, and what it has found.
     *
     * <p>It descends only where the two differ, and names (and so parses, writes or looks up) elements only there.
     */
    private static final class Walk {
        private final FieldSetBuilder removed = new FieldSetBuilder();
        private final FieldSetBuilder modified = new FieldSetBuilder();
        private final FieldSetBuilder added = new FieldSetBuilder();
        private PathElement[] path = new PathElement[16];
        private int depth;

        /** Compares the values at the path; one of them may be absent. */
        void compare(FieldType type, @Nullable JsonValue left, @Nullable JsonValue right) {
            if (left == right) {
                return;
            }
            Shape of = left == null || right == null ? type.shapeOf(left == null ? right : left) : type.shapeOf(right);
            boolean alike = left == null || right == null || type.deduced(left) == type.deduced(right);
            if (!alike && type.shapeOf(left) != of) {
                compareAs(type, type.shapeOf(left), left, right);
            }
            boolean leaf = compareAs(type, of, left, right);
            if (!leaf && left == null) {
                insert(added);
            } else if (!leaf && right == null) {
                insert(removed);
            }
        }

        /** Returns whether the two are leaves, or wholes. */
        private boolean compareAs(FieldType type, Shape shape, @Nullable JsonValue left, @Nullable JsonValue right) {
            return switch (shape) {
                case SCALAR -> leaf(left, right);
                case LIST -> {
                    ListShape list = type.list;
                    JsonArray before = left instanceof JsonArray array ? array : null;
                    JsonArray after = right instanceof JsonArray array ? array : null;
                    boolean empty = (before == null || before.isEmpty()) && (after == null || after.isEmpty());
                    if (list == null || list.keying == Keying.ATOMIC || empty) {
                        yield leaf(left, right);
                    }
                    items(list, before, after);
                    yield false;
                }
                case MAP -> {
                    MapShape map = type.map;
                    JsonObject before = left instanceof JsonObject object ? object : null;
                    JsonObject after = right instanceof JsonObject object ? object : null;
                    boolean empty = (before == null || before.isEmpty()) && (after == null || after.isEmpty());
                    if (map == null || map.atomic || empty) {
                        yield leaf(left, right);
                    }
                    members(map, before, after);
                    yield false;
                }
            };
        }

        private boolean leaf(@Nullable JsonValue left, @Nullable JsonValue right) {
            if (left == null) {
                insert(added);
            } else if (right == null) {
                insert(removed);
            } else if (!right.equals(left)) {
                insert(modified);
            }
            return true;
        }

        private void members(MapShape map, @Nullable JsonObject left, @Nullable JsonObject right) {
            int size = right == null ? 0 : right.size();
            int matched = 0;
            for (int i = 0; right != null && i < size; i++) {
                String name = right.nameAt(i);
                JsonValue before = left == null ? null : memberNear(left, name, i);
                matched += before == null ? 0 : 1;
                member(map, name, before, right.valueAt(i));
            }
            // All of the left ones have been met: nothing can be missing on the right.
            for (int i = 0; left != null && matched < left.size() && i < left.size(); i++) {
                String name = left.nameAt(i);
                if (right == null || !right.has(name)) {
                    member(map, name, left.valueAt(i), null);
                }
            }
        }

        /** The member {@code name}, which most often stands at the same position. */
        private static @Nullable JsonValue memberNear(JsonObject object, String name, int position) {
            return position < object.size() && object.nameAt(position).equals(name)
                    ? object.valueAt(position)
                    : object.get(name);
        }

        private void member(MapShape map, String name, @Nullable JsonValue left, @Nullable JsonValue right) {
            if (left != null && right != null && leafEqual(left, right)) {
                return;
            }
            Field field = map.field(name);
            push(field == null ? PathElement.field(name) : field.element);
            compare(field == null ? map.typeOf(name) : field.type(), left, right);
            depth--;
        }

        /** Whether the two are the same scalar, for which nothing has to be looked up. */
        private static boolean leafEqual(JsonValue left, JsonValue right) {
            return left == right
                    || (!(left instanceof JsonObject) && !(left instanceof JsonArray) && left.equals(right));
        }

        private void items(ListShape list, @Nullable JsonArray left, @Nullable JsonArray right) {
            if (left != null && left.equals(right)) {
                return;
            }
            PathElement[] before = ListItems.elements(list, left);
            PathElement[] after = ListItems.elements(list, right);
            if (left != null && right != null && sameAndDistinct(before, after)) {
                for (int i = 0; i < before.length; i++) {
                    item(list, after[i], left.get(i), right.get(i));
                }
                return;
            }
            Map<PathElement, List<JsonValue>> lefts = grouped(before, left);
            Map<PathElement, List<JsonValue>> rights = grouped(after, right);
            lefts.forEach((element, items) -> itemGroup(list, element, items, rights.getOrDefault(element, List.of())));
            rights.forEach((element, items) -> {
                if (!lefts.containsKey(element)) {
                    itemGroup(list, element, List.of(), items);
                }
            });
        }

        /** Whether both lists have the same items at the same places, each once. */
        private static boolean sameAndDistinct(PathElement[] before, PathElement[] after) {
            if (before.length != after.length || before.length > 32) {
                return false;
            }
            for (int i = 0; i < before.length; i++) {
                if (!before[i].equals(after[i])) {
                    return false;
                }
                for (int j = 0; j < i; j++) {
                    if (before[j].equals(before[i])) {
                        return false;
                    }
                }
            }
            return true;
        }

        private static Map<PathElement, List<JsonValue>> grouped(PathElement[] elements, @Nullable JsonArray items) {
            Map<PathElement, List<JsonValue>> groups = new LinkedHashMap<>();
            for (int i = 0; items != null && i < elements.length; i++) {
                groups.computeIfAbsent(elements[i], ignored -> new ArrayList<>(1))
                        .add(items.get(i));
            }
            return groups;
        }

        /** Compares all items with the same key; several with one key are owned together, as a whole. */
        private void itemGroup(ListShape list, PathElement element, List<JsonValue> left, List<JsonValue> right) {
            boolean leftRepeats = left.size() > 1;
            boolean rightRepeats = right.size() > 1;
            if (!leftRepeats && !rightRepeats) {
                item(list, element, left.isEmpty() ? null : left.getFirst(), right.isEmpty() ? null : right.getFirst());
                return;
            }
            if (leftRepeats && !rightRepeats && !right.isEmpty()) {
                item(list, element, null, right.getFirst());
            } else if (rightRepeats && !leftRepeats && !left.isEmpty()) {
                item(list, element, left.getFirst(), null);
            }
            push(element);
            if (leftRepeats && rightRepeats) {
                if (!left.equals(right)) {
                    insert(modified);
                }
            } else {
                insert(leftRepeats ? removed : added);
            }
            depth--;
        }

        private void item(ListShape list, PathElement element, @Nullable JsonValue left, @Nullable JsonValue right) {
            push(element);
            compare(list.item(), left, right);
            depth--;
        }

        private void push(PathElement element) {
            if (depth == path.length) {
                path = Arrays.copyOf(path, depth * 2);
            }
            path[depth++] = element;
        }

        private void insert(FieldSetBuilder root) {
            if (depth == 0) {
                return;
            }
            FieldSetBuilder node = root;
            for (int i = 0; i < depth - 1; i++) {
                node = node.descend(path[i]);
            }
            node.insert(path[depth - 1]);
        }
    }
}
