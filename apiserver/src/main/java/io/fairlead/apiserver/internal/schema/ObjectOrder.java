// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.schema;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Brings objects into the order in which Go writes them: fields as they are declared, keys of maps sorted.
 *
 * <p>What is stored must not depend on who filled in what when: else writing the same again would be a change. Pure but for the
 * object it is given; any thread may call it.
 */
public final class ObjectOrder {
    /** Where members stand that the type does not declare: behind all others, as they were. */
    private static final int UNDECLARED = Integer.MAX_VALUE;

    private ObjectOrder() {}

    /** {@code object}, of {@code type}, in order; it is taken apart. */
    public static JsonObject arranged(JsonObject object, StructType type) {
        int[] places = new int[object.size()];
        boolean ordered = true;
        for (int i = 0; i < places.length; i++) {
            String name = object.nameAt(i);
            StructType.Slot slot = type.slot(name);
            places[i] = slot == null ? UNDECLARED : slot.index();
            ordered &= i == 0 || places[i - 1] <= places[i];
            if (slot != null) {
                JsonValue value = object.valueAt(i);
                JsonValue arranged = arranged(value, slot.field().type());
                if (arranged != value) {
                    object.put(name, arranged);
                }
            }
        }
        return ordered ? object : reordered(object, places);
    }

    private static JsonObject reordered(JsonObject object, int[] places) {
        Integer[] order = new Integer[places.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Integer.compare(places[a], places[b]));
        JsonObject result = new JsonObject();
        for (int position : order) {
            result.put(object.nameAt(position), object.valueAt(position));
        }
        return result;
    }

    private static JsonValue arranged(JsonValue value, TypeRef type) {
        return switch (type) {
            case TypeRef.Struct struct -> value instanceof JsonObject object ? arranged(object, struct.type()) : value;
            case TypeRef.ListOf list -> {
                if (value instanceof JsonArray items && !(list.items() instanceof TypeRef.Scalar)) {
                    arrangeItems(items, list.items());
                }
                yield value;
            }
            case TypeRef.MapOf map -> {
                if (value instanceof JsonObject object) {
                    arrangeMembers(object, map.values());
                }
                yield value;
            }
            case TypeRef.Scalar ignored -> value;
        };
    }

    private static void arrangeItems(JsonArray items, TypeRef type) {
        for (int i = 0; i < items.size(); i++) {
            JsonValue arranged = arranged(items.get(i), type);
            if (arranged != items.get(i)) {
                items.set(i, arranged);
            }
        }
    }

    private static void arrangeMembers(JsonObject object, TypeRef type) {
        @Nullable String previous = null;
        boolean sorted = true;
        for (int i = 0; i < object.size(); i++) {
            String name = object.nameAt(i);
            sorted &= previous == null || previous.compareTo(name) < 0;
            previous = name;
            JsonValue value = object.valueAt(i);
            JsonValue arranged = arranged(value, type);
            if (arranged != value) {
                object.put(name, arranged);
            }
        }
        if (!sorted) {
            object.sortNames();
        }
    }
}
