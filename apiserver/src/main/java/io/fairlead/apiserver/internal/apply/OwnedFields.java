// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.apply;

import io.fairlead.apiserver.internal.apply.FieldType.Field;
import io.fairlead.apiserver.internal.apply.FieldType.Keying;
import io.fairlead.apiserver.internal.apply.FieldType.ListShape;
import io.fairlead.apiserver.internal.apply.FieldType.MapShape;
import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields that an object has. */
final class OwnedFields {
    private OwnedFields() {}

    /** The set of all fields of {@code value}: leaves, wholes, items of lists and members of maps. */
    static FieldSet of(FieldType type, JsonValue value) {
        FieldSetBuilder root = new FieldSetBuilder();
        descend(type, value, null, null, root);
        return root.build();
    }

    /**
     * Adds the fields of {@code value}.
     *
     * @param parent the node that {@code element}, the value's own, is in; null for the whole object, which nobody owns
     * @param node the node below {@code element}
     */
    private static void descend(
            FieldType type,
            JsonValue value,
            @Nullable FieldSetBuilder parent,
            @Nullable PathElement element,
            FieldSetBuilder node) {
        switch (type.shapeOf(value)) {
            case SCALAR -> insert(parent, element);
            case LIST -> {
                ListShape list = type.list;
                if (list != null && list.keying == Keying.ATOMIC) {
                    insert(parent, element);
                } else if (list != null && value instanceof JsonArray items) {
                    items(list, items, node);
                }
            }
            case MAP -> {
                MapShape map = type.map;
                if (map != null && map.atomic) {
                    insert(parent, element);
                } else if (map != null && value instanceof JsonObject object) {
                    members(map, object, node);
                }
            }
        }
    }

    private static void insert(@Nullable FieldSetBuilder parent, @Nullable PathElement element) {
        if (parent != null && element != null) {
            parent.insert(element);
        }
    }

    private static void members(MapShape map, JsonObject object, FieldSetBuilder node) {
        for (int i = 0; i < object.size(); i++) {
            String name = object.nameAt(i);
            JsonValue value = object.valueAt(i);
            Field field = map.field(name);
            PathElement element = field == null ? PathElement.field(name) : field.element;
            FieldType type = field == null ? map.typeOf(name) : field.type();
            descend(type, value, node, element, node.descend(element));
            boolean empty = value instanceof JsonNull || (value instanceof JsonObject inner && inner.isEmpty());
            if (empty || field == null) {
                node.insert(element);
            }
        }
    }

    private static void items(ListShape list, JsonArray items, FieldSetBuilder node) {
        if (list.keying == Keying.KEYS && hasNull(items)) {
            items(list, withoutNulls(items), node);
            return;
        }
        PathElement[] elements = ListItems.elements(list, items);
        Set<PathElement> duplicates = duplicates(elements);
        for (int i = 0; i < elements.length; i++) {
            PathElement element = elements[i];
            if (!duplicates.contains(element)) {
                descend(list.item(), items.get(i), node, element, node.descend(element));
            }
            node.insert(element);
        }
    }

    private static boolean hasNull(JsonArray items) {
        for (JsonValue item : items) {
            if (item instanceof JsonNull) {
                return true;
            }
        }
        return false;
    }

    /** Items of which nothing is left after pruning have no key, and so no fields. */
    private static JsonArray withoutNulls(JsonArray items) {
        JsonArray kept = new JsonArray();
        for (JsonValue item : items) {
            if (!(item instanceof JsonNull)) {
                kept.add(item);
            }
        }
        return kept;
    }

    /** The elements that occur more than once: such items are owned together, as a whole. */
    private static Set<PathElement> duplicates(PathElement[] elements) {
        Map<PathElement, Boolean> seen = new HashMap<>();
        Set<PathElement> duplicates = new HashSet<>();
        for (PathElement element : elements) {
            if (seen.put(element, true) != null) {
                duplicates.add(element);
            }
        }
        return duplicates;
    }

    /**
     * {@code set} with all declared fields that it leads through as members: a set with {@code spec.replicas} then also has
     * {@code spec}, but of {@code metadata.labels.x} only {@code metadata} and {@code metadata.labels}.
     */
    static FieldSet withNamedParents(FieldSet set, @Nullable FieldType type) {
        FieldSetBuilder node = new FieldSetBuilder(set.size());
        MapShape map = type == null ? null : type.map;
        ListShape list = type == null ? null : type.list;
        for (int i = 0; i < set.size(); i++) {
            PathElement element = set.elementAt(i);
            boolean named = element.kind() == PathElement.Kind.FIELD;
            Field field = named && map != null ? map.field(element.name()) : null;
            FieldType below = null;
            if (field != null) {
                below = field.type();
            } else if (named && map != null) {
                below = map.rest();
            } else if (element.kind() == PathElement.Kind.KEY && list != null) {
                below = list.item();
            }
            FieldSet child = set.childAt(i);
            boolean member = set.memberAt(i) || (child != null && field != null);
            node.add(element, member, child == null ? null : withNamedParents(child, below));
        }
        return node.build();
    }

    /**
     * {@code set} as it must be since the type changed from being owned by member to being owned as a whole: who owned a part
     * now owns the whole.
     */
    static FieldSet reconciled(FieldSet set, FieldType type) {
        MapShape map = type.map;
        if (map == null) {
            return type.list == null || type.scalar != null ? set : reconciledItems(set, type.list);
        }
        if (map.declaresNothing() && map.rest() == FieldType.DEDUCED) {
            return set;
        }
        FieldSetBuilder node = new FieldSetBuilder(set.size());
        for (int i = 0; i < set.size(); i++) {
            PathElement element = set.elementAt(i);
            FieldSet child = set.childAt(i);
            FieldType below = element.kind() == PathElement.Kind.FIELD ? declared(map, element) : map.rest();
            if (child == null || below == null) {
                node.add(element, set.memberAt(i), child);
            } else if (whole(below)) {
                node.add(element, true, null);
            } else {
                node.add(element, set.memberAt(i), reconciled(child, below));
            }
        }
        return node.buildLike(set);
    }

    private static FieldSet reconciledItems(FieldSet set, ListShape list) {
        FieldSetBuilder node = new FieldSetBuilder(set.size());
        for (int i = 0; i < set.size(); i++) {
            FieldSet child = set.childAt(i);
            if (child != null && whole(list.item())) {
                node.add(set.elementAt(i), true, null);
            } else {
                FieldSet kept = child == null ? null : reconciled(child, list.item());
                node.add(set.elementAt(i), set.memberAt(i), kept);
            }
        }
        return node.buildLike(set);
    }

    private static @Nullable FieldType declared(MapShape map, PathElement element) {
        Field field = map.field(element.name());
        return field == null ? map.rest() : field.type();
    }

    private static boolean whole(FieldType type) {
        if (type.map != null) {
            return type.map.atomic;
        }
        return type.scalar == null && type.list != null && type.list.keying == Keying.ATOMIC;
    }
}
