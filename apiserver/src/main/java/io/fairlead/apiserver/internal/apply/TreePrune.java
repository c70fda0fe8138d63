// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.apply;

import io.fairlead.apiserver.internal.apply.FieldType.Keying;
import io.fairlead.apiserver.internal.apply.FieldType.ListShape;
import io.fairlead.apiserver.internal.apply.FieldType.MapShape;
import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import org.jspecify.annotations.Nullable;

/** Takes fields out of an object. */
final class TreePrune {
    private TreePrune() {}

    /** {@code value} without the members and items that {@code fields} has; what is empty without them becomes null. */
    static JsonObject without(FieldType type, JsonObject value, FieldSet fields) {
        return remove(type, value, fields) instanceof JsonObject object ? object : new JsonObject();
    }

    private static JsonValue remove(@Nullable FieldType type, JsonValue value, FieldSet fields) {
        if (fields.isEmpty() || type == null) {
            return value;
        }
        if (value instanceof JsonObject object && type.map != null) {
            return type.map.atomic ? JsonNull.NULL : removeMembers(type.map, object, fields);
        }
        if (value instanceof JsonArray items && type.list != null) {
            return type.list.keying == Keying.ATOMIC ? JsonNull.NULL : removeItems(type.list, items, fields);
        }
        return value;
    }

    private static JsonValue removeMembers(MapShape map, JsonObject object, FieldSet fields) {
        JsonObject kept = new JsonObject();
        for (int i = 0; i < object.size(); i++) {
            String name = object.nameAt(i);
            PathElement element = PathElement.field(name);
            if (!fields.hasMember(element)) {
                kept.put(name, remove(map.typeOf(name), object.valueAt(i), fields.below(element)));
            }
        }
        return kept.isEmpty() ? JsonNull.NULL : kept;
    }

    private static JsonValue removeItems(ListShape list, JsonArray items, FieldSet fields) {
        JsonArray kept = new JsonArray();
        for (JsonValue item : items) {
            if (item instanceof JsonNull) {
                // Left by an earlier removal of all its members.
                kept.add(item);
                continue;
            }
            PathElement element = ListItems.element(list, item);
            if (!fields.hasMember(element)) {
                kept.add(remove(list.item(), item, fields.below(element)));
            }
        }
        return kept.isEmpty() ? JsonNull.NULL : kept;
    }
}
