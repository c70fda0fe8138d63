// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.schema;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What becomes of empty lists and maps when an object is stored.
 *
 * <p>The original stores built-in kinds as protobuf, which knows no difference between an empty list and none; a field that is
 * always written then reads as null. Who sets such a field to an empty list owns it all the same, so this must come after the
 * owners of fields are known. What is stored as JSON stays as it is. Pure but for the object it is given; any thread may call it.
 */
public final class StoredForm {
    private StoredForm() {}

    /** Makes always written lists and maps of {@code object}, of {@code type}, null where they are empty. */
    public static void settle(JsonObject object, StructType type) {
        if (!type.writesContainers()) {
            return;
        }
        List<Field> fields = type.fields();
        for (Field field : fields) {
            JsonValue value = object.get(field.name());
            if (value == null || value == JsonNull.NULL) {
                continue;
            }
            if (isWrittenContainer(field) && isEmpty(value)) {
                object.put(field.name(), JsonNull.NULL);
            } else {
                settle(value, field.type());
            }
        }
    }

    private static void settle(JsonValue value, TypeRef type) {
        switch (type) {
            case TypeRef.Struct struct -> {
                if (value instanceof JsonObject object) {
                    settle(object, struct.type());
                }
            }
            case TypeRef.ListOf list -> {
                if (value instanceof JsonArray items && list.items() instanceof TypeRef.Struct) {
                    items.forEach(item -> settle(item, list.items()));
                }
            }
            case TypeRef.MapOf map -> {
                if (value instanceof JsonObject members && map.values() instanceof TypeRef.Struct) {
                    members.forEach((name, member) -> settle(member, map.values()));
                }
            }
            case TypeRef.Scalar ignored -> {
                // Nothing below it.
            }
        }
    }

    private static boolean isEmpty(JsonValue value) {
        return (value instanceof JsonArray array && array.isEmpty())
                || (value instanceof JsonObject object && object.isEmpty());
    }

    private static boolean isWrittenContainer(Field field) {
        boolean container = field.type() instanceof TypeRef.ListOf || field.type() instanceof TypeRef.MapOf;
        // The items of a list are not stored as a list.
        return container && field.omit() == Field.Omit.NEVER && !field.name().equals("items");
    }

    /** Whether {@code type}, or one below it, has a field that this is about: most have none, which saves looking. */
    static boolean concerns(StructType type) {
        return concerns(type, new HashSet<>());
    }

    private static boolean concerns(StructType type, Set<StructType> seen) {
        if (type.storedAsJson() || !seen.add(type)) {
            return false;
        }
        for (Field field : type.fields()) {
            if (isWrittenContainer(field) || concernsBelow(field.type(), seen)) {
                return true;
            }
        }
        return false;
    }

    private static boolean concernsBelow(TypeRef type, Set<StructType> seen) {
        return switch (type) {
            case TypeRef.Struct struct -> concerns(struct.type(), seen);
            case TypeRef.ListOf list -> concernsBelow(list.items(), seen);
            case TypeRef.MapOf map -> concernsBelow(map.values(), seen);
            case TypeRef.Scalar ignored -> false;
        };
    }
}
