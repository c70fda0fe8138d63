// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.apply;

import io.fairlead.apiserver.internal.apply.FieldType.Keying;
import io.fairlead.apiserver.internal.apply.FieldType.ListShape;
import io.fairlead.apiserver.internal.apply.FieldType.MapShape;
import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import org.jspecify.annotations.Nullable;

/** Takes fields out of an object. */
final class TreePrune {
    private TreePrune() {}

    /** {@code value} without the members and items that {@code fields} has; what they stood in stays, if only empty. */
    static JsonObject without(FieldType type, JsonObject value, FieldSet fields) {
        return remove(type, value, fields) instanceof JsonObject object ? object : new JsonObject();
    }

    private static JsonValue remove(@Nullable FieldType type, JsonValue value, FieldSet fields) {
        if (fields.isEmpty() || type == null) {
            return value;
        }
        if (value instanceof JsonObject object && type.map != null) {
            return type.map.atomic ? new JsonObject() : removeMembers(type.map, object, fields);
        }
        if (value instanceof JsonArray items && type.list != null) {
            return type.list.keying == Keying.ATOMIC ? new JsonArray() : removeItems(type.list, items, fields);
        }
        return value;
    }

    private static JsonObject removeMembers(MapShape map, JsonObject object, FieldSet fields) {
        JsonObject kept = new JsonObject();
        for (int i = 0; i < object.size(); i++) {
            String name = object.nameAt(i);
            PathElement element = PathElement.field(name);
            if (!fields.hasMember(element)) {
                kept.put(name, remove(map.typeOf(name), object.valueAt(i), fields.below(element)));
            }
        }
        return kept;
    }

    private static JsonArray removeItems(ListShape list, JsonArray items, FieldSet fields) {
        JsonArray kept = new JsonArray();
        for (JsonValue item : items) {
            PathElement element = ListItems.element(list, item);
            if (!fields.hasMember(element)) {
                kept.add(remove(list.item(), item, fields.below(element)));
            }
        }
        return kept;
    }
}
