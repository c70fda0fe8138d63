// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.schema;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonBoolean;
import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonNumber;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonReader;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.codec.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads protobuf messages into trees. The result has what the message has; what JSON leaves out or always writes is
 * {@link ObjectDecoder}'s business. Fields that the type does not have are skipped.
 */
final class ProtobufDecoder {
    /** Deeper than any honest object; bounds the recursion. */
    private static final int DEPTH_MAX = 500;

    private final byte[] bytes;
    private int at;
    private int depth;

    private ProtobufDecoder(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The tree of the message {@code bytes}, without an envelope. */
    static JsonObject message(byte[] bytes, StructType type) {
        ProtobufDecoder decoder = new ProtobufDecoder(bytes);
        JsonObject object = new JsonObject();
        decoder.fields(object, type, bytes.length);
        return object;
    }

    /** The fields of a message that is no struct of the schema, of those that are bytes; of several with a number the last. */
    static Map<Integer, byte[]> byteFields(byte[] bytes) {
        ProtobufDecoder decoder = new ProtobufDecoder(bytes);
        Map<Integer, byte[]> fields = new HashMap<>();
        while (decoder.at < bytes.length) {
            long tag = decoder.varint();
            if ((tag & 7) == 2) {
                fields.put((int) (tag >>> 3), decoder.content(decoder.end()));
            } else {
                decoder.skip(tag);
            }
        }
        return fields;
    }

    private void fields(JsonObject object, StructType type, int end) {
        if (++depth > DEPTH_MAX) {
            throw new MalformedProtobufException("proto: exceeded max depth");
        }
        while (at < end) {
            long tag = varint();
            Field field = type.protobufField((int) (tag >>> 3));
            if (field == null) {
                skip(tag);
            } else if (field.inlined()) {
                fields(object, ((TypeRef.Struct) field.type()).type(), end());
            } else {
                field(object, field, (int) (tag & 7));
            }
        }
        depth--;
        if (at != end) {
            throw truncated();
        }
    }

    private void field(JsonObject object, Field field, int wireType) {
        switch (field.type()) {
            case TypeRef.ListOf list -> {
                JsonArray array = object.childArray(field.name());
                if (list.wrapped()) {
                    items(array, list, end());
                } else if (wireType == 2 && isNumber(list.items())) {
                    int end = end();
                    while (at < end) {
                        array.add(value(list.items(), 0));
                    }
                } else {
                    array.add(value(list.items(), wireType));
                }
            }
            case TypeRef.MapOf map -> entry(object.child(field.name()), map);
            case TypeRef.Struct ignored -> object.put(field.name(), value(field.type(), wireType));
            case TypeRef.Scalar ignored -> object.put(field.name(), value(field.type(), wireType));
        }
    }

    private static boolean isNumber(TypeRef type) {
        return type instanceof TypeRef.Scalar scalar && scalar.kind().wireType() == 0;
    }

    private void items(JsonArray array, TypeRef.ListOf type, int end) {
        while (at < end) {
            long tag = varint();
            if (tag >>> 3 == 1) {
                array.add(value(type.items(), (int) (tag & 7)));
            } else {
                skip(tag);
            }
        }
    }

    private void entry(JsonObject map, TypeRef.MapOf type) {
        int end = end();
        String key = "";
        JsonValue value = JsonNull.NULL;
        while (at < end) {
            long tag = varint();
            switch ((int) (tag >>> 3)) {
                case 1 -> key = text();
                case 2 -> value = value(type.values(), (int) (tag & 7));
                default -> skip(tag);
            }
        }
        map.put(key, value);
    }

    private JsonValue value(TypeRef type, int wireType) {
        return switch (type) {
            case TypeRef.Struct struct -> {
                JsonObject object = new JsonObject();
                fields(object, struct.type(), end());
                yield object;
            }
            case TypeRef.ListOf list -> {
                JsonArray array = new JsonArray();
                items(array, list, end());
                yield array;
            }
            case TypeRef.Scalar scalar -> scalar(scalar.kind(), wireType);
            case TypeRef.MapOf ignored -> throw new IllegalStateException("protobuf has no lists or maps of maps");
        };
    }

    private JsonValue scalar(TypeRef.Kind kind, int wireType) {
        if (wireType != kind.wireType()) {
            throw new MalformedProtobufException("proto: wrong wireType = " + wireType);
        }
        return switch (kind) {
            case STRING -> new JsonString(text());
            case BOOL -> JsonBoolean.of(varint() != 0);
            case INT32 -> int32(varint());
            case INT64 -> JsonNumber.of(varint());
            case FLOAT64 -> JsonNumber.of(Double.longBitsToDouble(fixed64()));
            case BYTES -> new JsonString(Base64.getEncoder().encodeToString(content(end())));
            case QUANTITY -> quantity();
            case TIME, MICRO_TIME -> time(kind);
            case INT_OR_STRING -> intOrString();
            case RAW_EXTENSION, FIELDS_V1, JSON -> json();
            case SCHEMA_OR_ARRAY, SCHEMA_OR_BOOL, SCHEMA_OR_STRINGS -> schema(kind);
            case DURATION -> throw new IllegalStateException("no served type has a duration");
        };
    }

    /** Go keeps the lower half of what is too large. */
    private static JsonNumber int32(long number) {
        int lower = (int) number;
        return JsonNumber.of((long) lower);
    }

    private JsonValue quantity() {
        byte[] text = byteFields(content(end())).get(1);
        return text == null || text.length == 0
                ? JsonNull.NULL
                : new JsonString(new String(text, StandardCharsets.UTF_8));
    }

    private JsonValue time(TypeRef.Kind kind) {
        int end = end();
        if (at == end) {
            return JsonNull.NULL;
        }
        long seconds = 0;
        long nanos = 0;
        while (at < end) {
            long tag = varint();
            switch ((int) (tag >>> 3)) {
                case 1 -> seconds = varint();
                case 2 -> nanos = varint();
                default -> skip(tag);
            }
        }
        try {
            Instant instant = Instant.ofEpochSecond(seconds, nanos);
            return new JsonString(
                    kind == TypeRef.Kind.TIME ? GoTime.formatSeconds(instant) : GoTime.formatMicros(instant));
        } catch (DateTimeException e) {
            throw new MalformedProtobufException("proto: time out of range");
        }
    }

    private JsonValue intOrString() {
        int end = end();
        boolean string = false;
        long number = 0;
        String text = "";
        while (at < end) {
            long tag = varint();
            switch ((int) (tag >>> 3)) {
                case 1 -> string = varint() == 1;
                case 2 -> number = varint();
                case 3 -> text = text();
                default -> skip(tag);
            }
        }
        return string ? new JsonString(text) : int32(number);
    }

    private JsonValue json() {
        byte[] text = byteFields(content(end())).get(1);
        if (text == null || text.length == 0) {
            return JsonNull.NULL;
        }
        try {
            return JsonReader.read(text);
        } catch (MalformedJsonException e) {
            throw new MalformedProtobufException(String.valueOf(e.getMessage()));
        }
    }

    private JsonValue schema(TypeRef.Kind kind) {
        StructType type = Schema.builtIn().typeNamed(Schema.JSON_SCHEMA);
        int end = end();
        boolean orBool = kind == TypeRef.Kind.SCHEMA_OR_BOOL;
        JsonArray array = new JsonArray();
        JsonValue single = orBool ? JsonBoolean.FALSE : JsonNull.NULL;
        while (at < end) {
            long tag = varint();
            int number = (int) (tag >>> 3);
            if (orBool && number == 1) {
                single = JsonBoolean.of(varint() != 0);
            } else if (number == (orBool ? 2 : 1)) {
                JsonObject object = new JsonObject();
                fields(object, type, end());
                single = object;
            } else if (kind == TypeRef.Kind.SCHEMA_OR_STRINGS && number == 2) {
                array.add(text());
            } else if (kind == TypeRef.Kind.SCHEMA_OR_ARRAY && number == 2) {
                JsonObject object = new JsonObject();
                fields(object, type, end());
                array.add(object);
            } else {
                skip(tag);
            }
        }
        return array.isEmpty() ? single : array;
    }

    /** Reads a length and answers where what it measures ends. */
    private int end() {
        long length = varint();
        if (length < 0 || length > bytes.length - at) {
            throw truncated();
        }
        return at + (int) length;
    }

    private byte[] content(int end) {
        byte[] content = Arrays.copyOfRange(bytes, at, end);
        at = end;
        return content;
    }

    private String text() {
        int end = end();
        String text = new String(bytes, at, end - at, StandardCharsets.UTF_8);
        at = end;
        return text;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at >= bytes.length) {
                throw truncated();
            }
            byte b = bytes[at++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new MalformedProtobufException("proto: integer overflow");
    }

    private long fixed64() {
        if (bytes.length - at < 8) {
            throw truncated();
        }
        long value = 0;
        for (int i = 7; i >= 0; i--) {
            value = value << 8 | (bytes[at + i] & 0xff);
        }
        at += 8;
        return value;
    }

    private void skip(long tag) {
        switch ((int) (tag & 7)) {
            case 0 -> varint();
            case 1 -> fixed64();
            case 2 -> at = end();
            case 5 -> {
                if (bytes.length - at < 4) {
                    throw truncated();
                }
                at += 4;
            }
            default -> throw new MalformedProtobufException("proto: illegal wireType " + (tag & 7));
        }
    }

    private static MalformedProtobufException truncated() {
        return new MalformedProtobufException("unexpected EOF");
    }
}
