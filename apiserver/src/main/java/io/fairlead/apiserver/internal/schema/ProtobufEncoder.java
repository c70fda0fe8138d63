// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.schema;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonBoolean;
import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonNumber;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.codec.JsonWriter;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes normalised trees as protobuf messages, byte for byte as the original does: fields by number, entries of maps by key,
 * fields that are no pointers always, also when they are zero.
 */
final class ProtobufEncoder {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;

    private final BackwardBuffer out = new BackwardBuffer();

    /** The message of {@code object}, without an envelope. */
    static byte[] message(JsonObject object, StructType type) {
        ProtobufEncoder encoder = new ProtobufEncoder();
        encoder.fields(object, type);
        return encoder.out.toBytes();
    }

    private void fields(JsonObject object, StructType type) {
        List<Field> fields = type.protobufFields();
        for (int i = fields.size() - 1; i >= 0; i--) {
            Field field = fields.get(i);
            if (field.inlined()) {
                int before = out.size();
                fields(object, ((TypeRef.Struct) field.type()).type());
                end(field.number(), before);
            } else {
                field(object.get(field.name()), field);
            }
        }
    }

    private void field(@Nullable JsonValue found, Field field) {
        JsonValue value = found == null ? JsonNull.NULL : found;
        switch (field.type()) {
            case TypeRef.ListOf list -> list(value, list, field.number());
            case TypeRef.MapOf map -> map(value, map, field.number());
            case TypeRef.Struct struct -> {
                if (value != JsonNull.NULL || !field.pointer()) {
                    struct(value, struct.type(), field.number());
                }
            }
            case TypeRef.Scalar scalar -> {
                boolean nilBytes = scalar.kind() == TypeRef.Kind.BYTES && value == JsonNull.NULL;
                if (!nilBytes && (value != JsonNull.NULL || !field.pointer())) {
                    scalar(value, scalar.kind(), field.number());
                }
            }
        }
    }

    private void list(JsonValue value, TypeRef.ListOf type, int number) {
        if (!(value instanceof JsonArray array)) {
            return;
        }
        if (type.wrapped()) {
            int before = out.size();
            items(array, type, 1);
            end(number, before);
        } else {
            items(array, type, number);
        }
    }

    private void items(JsonArray array, TypeRef.ListOf type, int number) {
        for (int i = array.size() - 1; i >= 0; i--) {
            element(array.get(i), type.items(), number);
        }
    }

    private void map(JsonValue value, TypeRef.MapOf type, int number) {
        if (!(value instanceof JsonObject object)) {
            return;
        }
        List<String> names = object.names().stream().sorted().toList();
        for (int i = names.size() - 1; i >= 0; i--) {
            int before = out.size();
            JsonValue entry = object.get(names.get(i));
            element(entry == null ? JsonNull.NULL : entry, type.values(), 2);
            out.lengthAndText(names.get(i));
            out.tag(1, BYTES);
            end(number, before);
        }
    }

    private void element(JsonValue value, TypeRef type, int number) {
        switch (type) {
            case TypeRef.Struct struct -> struct(value, struct.type(), number);
            case TypeRef.Scalar scalar -> {
                if (scalar.kind() != TypeRef.Kind.BYTES || value != JsonNull.NULL) {
                    scalar(value, scalar.kind(), number);
                }
            }
            case TypeRef.ListOf list -> {
                // A list in a list or map is always a message of its own.
                int before = out.size();
                if (value instanceof JsonArray array) {
                    items(array, list, 1);
                }
                end(number, before);
            }
            case TypeRef.MapOf ignored -> throw new IllegalStateException("protobuf has no lists or maps of maps");
        }
    }

    private void struct(JsonValue value, StructType type, int number) {
        int before = out.size();
        fields(value instanceof JsonObject object ? object : new JsonObject(), type);
        end(number, before);
    }

    private void scalar(JsonValue value, TypeRef.Kind kind, int number) {
        int before = out.size();
        switch (kind) {
            case STRING -> text(value, number);
            case BOOL -> varint(value == JsonBoolean.TRUE ? 1 : 0, number);
            case INT32, INT64 -> varint(value instanceof JsonNumber integer ? integer.longValue() : 0, number);
            case FLOAT64 -> {
                double floating = value instanceof JsonNumber each ? each.doubleValue() : 0;
                out.fixed64(Double.doubleToRawLongBits(floating));
                out.tag(number, FIXED64);
            }
            case BYTES -> {
                out.lengthAndBytes(Base64.getDecoder().decode(textOf(value)));
                out.tag(number, BYTES);
            }
            case QUANTITY -> {
                text(value == JsonNull.NULL ? ScalarDecoder.ZERO_QUANTITY : value, 1);
                end(number, before);
            }
            case TIME, MICRO_TIME -> {
                time(value, kind);
                end(number, before);
            }
            case DURATION -> throw new IllegalStateException("no served type has a duration");
            case INT_OR_STRING -> {
                text(value, 3);
                varint(value instanceof JsonNumber integer ? integer.longValue() : 0, 2);
                varint(value instanceof JsonString ? 1 : 0, 1);
                end(number, before);
            }
            case RAW_EXTENSION, FIELDS_V1, JSON -> {
                if (value != JsonNull.NULL) {
                    out.lengthAndBytes(JsonWriter.bytes(value));
                    out.tag(1, BYTES);
                }
                end(number, before);
            }
            case SCHEMA_OR_ARRAY, SCHEMA_OR_BOOL, SCHEMA_OR_STRINGS -> {
                schema(value, kind);
                end(number, before);
            }
        }
    }

    private void schema(JsonValue value, TypeRef.Kind kind) {
        StructType schema = Schema.builtIn().typeNamed(Schema.JSON_SCHEMA);
        boolean orBool = kind == TypeRef.Kind.SCHEMA_OR_BOOL;
        if (value instanceof JsonArray array) {
            for (int i = array.size() - 1; i >= 0; i--) {
                if (kind == TypeRef.Kind.SCHEMA_OR_STRINGS) {
                    text(array.get(i), 2);
                } else {
                    struct(array.get(i), schema, 2);
                }
            }
        } else if (value instanceof JsonObject) {
            struct(value, schema, orBool ? 2 : 1);
        }
        if (orBool) {
            varint(value == JsonBoolean.TRUE || value instanceof JsonObject ? 1 : 0, 1);
        }
    }

    private void time(JsonValue value, TypeRef.Kind kind) {
        if (!(value instanceof JsonString text)) {
            return;
        }
        Instant instant = Instant.parse(text.value());
        varint(kind == TypeRef.Kind.MICRO_TIME ? instant.get(ChronoField.MICRO_OF_SECOND) * 1_000L : 0, 2);
        varint(instant.getEpochSecond(), 1);
    }

    private void text(JsonValue value, int number) {
        out.lengthAndText(textOf(value));
        out.tag(number, BYTES);
    }

    private void varint(long value, int number) {
        out.varint(value);
        out.tag(number, VARINT);
    }

    private void end(int number, int before) {
        out.varint(out.size() - before);
        out.tag(number, BYTES);
    }

    private static String textOf(JsonValue value) {
        return value instanceof JsonString string ? string.value() : "";
    }
}
