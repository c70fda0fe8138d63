// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.apply;

import io.fairlead.apiserver.internal.apply.FieldType.Keying;
import io.fairlead.apiserver.internal.apply.FieldType.ListShape;
import io.fairlead.apiserver.internal.apply.FieldType.MapShape;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.schema.Field;
import io.fairlead.apiserver.internal.schema.StructType;
import io.fairlead.apiserver.internal.schema.TypeRef;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The field types of the built-in kinds. Any thread may call it. */
public final class FieldTypes {
    /** One for each struct of the schema at most: their number is fixed. */
    private static final Map<StructType, FieldType> STRUCTS = new ConcurrentHashMap<>();

    private FieldTypes() {}

    /** The type of the objects, or parts of objects, that {@code type} describes. */
    public static FieldType of(StructType type) {
        FieldType known = STRUCTS.get(type);
        if (known == null) {
            known = struct(type, type.atomic());
            STRUCTS.putIfAbsent(type, known);
        }
        return known;
    }

    private static FieldType struct(StructType type, boolean atomic) {
        Map<String, Supplier<FieldType>> fields = new HashMap<>();
        for (Field field : type.fields()) {
            fields.put(field.name(), () -> of(field.type()));
        }
        // Without fields it is a free-form object.
        Supplier<FieldType> rest = fields.isEmpty() ? () -> FieldType.DEDUCED : null;
        return FieldType.map(new MapShape(atomic, fields, rest));
    }

    private static FieldType of(TypeRef type) {
        return switch (type) {
            case TypeRef.Scalar scalar -> scalar(scalar.kind());
            case TypeRef.Struct struct ->
                struct.atomic() == struct.type().atomic() ? of(struct.type()) : struct(struct.type(), struct.atomic());
            case TypeRef.ListOf list -> list(list);
            case TypeRef.MapOf map -> FieldType.map(new MapShape(map.atomic(), Map.of(), () -> of(map.values())));
        };
    }

    private static FieldType list(TypeRef.ListOf list) {
        Keying keying =
                switch (list.listType()) {
                    case ATOMIC -> Keying.ATOMIC;
                    case SET -> Keying.SET;
                    case MAP -> Keying.KEYS;
                };
        Map<String, JsonValue> defaults = new HashMap<>();
        if (list.items() instanceof TypeRef.Struct items) {
            for (String key : list.keys()) {
                items.type().field(key).flatMap(Field::defaultValue).ifPresent(value -> defaults.put(key, value));
            }
        }
        return FieldType.list(new ListShape(keying, list.keys(), defaults, () -> of(list.items())));
    }

    private static FieldType scalar(TypeRef.Kind kind) {
        return switch (kind) {
            case STRING, BYTES -> FieldType.scalar(FieldType.Scalar.STRING);
            case BOOL -> FieldType.scalar(FieldType.Scalar.BOOLEAN);
            case INT32, INT64, FLOAT64 -> FieldType.scalar(FieldType.Scalar.NUMERIC);
            case QUANTITY, TIME, MICRO_TIME, DURATION -> FieldType.scalar(FieldType.Scalar.UNTYPED);
            case RAW_EXTENSION -> FieldType.ATOMIC;
            case FIELDS_V1 -> FieldType.map(new MapShape(false, Map.of(), () -> FieldType.DEDUCED));
            case INT_OR_STRING, JSON, SCHEMA_OR_ARRAY, SCHEMA_OR_BOOL, SCHEMA_OR_STRINGS -> FieldType.DEDUCED;
        };
    }
}
