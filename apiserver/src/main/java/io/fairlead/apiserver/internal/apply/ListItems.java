// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.apply;

import io.fairlead.apiserver.internal.apply.FieldType.Keying;
import io.fairlead.apiserver.internal.apply.FieldType.ListShape;
import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What tells the items of a list apart. */
final class ListItems {
    private ListItems() {}

    /**
     * The element that names {@code item} in a list that is no whole.
     *
     * @throws FieldTypeException if the item cannot be in such a list
     */
    static PathElement element(ListShape list, JsonValue item) {
        return list.keying == Keying.KEYS ? keyed(list, item) : PathElement.value(setMember(item));
    }

    /** The elements of the items of {@code items}, which may be null. */
    static PathElement[] elements(ListShape list, @Nullable JsonArray items) {
        PathElement[] elements = new PathElement[items == null ? 0 : items.size()];
        for (int i = 0; items != null && i < elements.length; i++) {
            try {
                elements[i] = element(list, items.get(i));
            } catch (FieldTypeException e) {
                throw new FieldTypeException("element " + i + ": " + e.getMessage());
            }
        }
        return elements;
    }

    private static PathElement keyed(ListShape list, JsonValue item) {
        if (item instanceof JsonNull) {
            throw new FieldTypeException("associative list with keys may not have a null element");
        }
        if (!(item instanceof JsonObject object)) {
            throw new FieldTypeException("associative list with keys may not have non-map elements");
        }
        String[] keys = list.keys;
        JsonValue[] values = new JsonValue[keys.length];
        int found = 0;
        for (int i = 0; i < keys.length; i++) {
            JsonValue value = object.get(keys[i]);
            value = value == null ? list.defaults[i] : value;
            if (value != null) {
                values[i] = value;
                found++;
            }
        }
        if (found == keys.length) {
            return PathElement.key(keys, values);
        }
        if (found == 0) {
            throw new FieldTypeException("associative list with keys has an element that omits all key fields "
                    + quoted(keys) + " (and doesn't have default values for any key fields)");
        }
        return withSomeKeys(keys, values, found);
    }

    private static PathElement withSomeKeys(String[] keys, JsonValue[] values, int count) {
        String[] names = new String[count];
        JsonValue[] present = new JsonValue[count];
        int at = 0;
        for (int i = 0; i < keys.length; i++) {
            if (values[i] != null) {
                names[at] = keys[i];
                present[at++] = values[i];
            }
        }
        return PathElement.key(names, present);
    }

    private static String quoted(String[] keys) {
        return "["
                + String.join(
                        " ", Arrays.stream(keys).map(key -> "\"" + key + "\"").toList()) + "]";
    }

    private static JsonValue setMember(JsonValue item) {
        return switch (item) {
            case JsonObject ignored ->
                throw new FieldTypeException("associative list without keys has an element that's a map type");
            case JsonArray ignored ->
                throw new FieldTypeException("not supported: associative list with lists as elements");
            case JsonNull ignored ->
                throw new FieldTypeException("associative list without keys has an element that's an explicit null");
            default -> item;
        };
    }
}
