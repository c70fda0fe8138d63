// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.schema;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonBoolean;
import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonNumber;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns a tree into the tree that Go's decoding into a struct and encoding again would give.
 *
 * <p>Names are case-sensitive; unknown fields are dropped and reported; empty values that Go leaves out are left out, and those
 * that it always writes are there; quantities and times are in their canonical form. Fields come in the order of the type,
 * members of maps by name. A type error ends in {@link Decoded.Refused} with the first one, as in Go: it goes on reading after
 * most errors, but what a value with its own rules (a time, a quantity) refuses ends the decoding and is what is told.
 *
 * <p>The given tree must not be used afterwards: the result shares parts of it. The methods may be called from any thread.
 */
public final class ObjectDecoder {
    /** As many problems as Go's strict decoder collects. */
    private static final int PROBLEMS_MAX = 100;

    private final Set<String> duplicates;
    private final boolean strict;
    private final DecodingPath path;
    private final Set<String> problems = new LinkedHashSet<>();
    private @Nullable String firstError;

    /** The value and the type of {@link #firstError}, for a decoder around this one, which knows a longer path. */
    private TypeMismatch firstMismatch = TypeMismatch.NONE;

    private ObjectDecoder(Set<String> duplicates, boolean strict, String prefix) {
        this.duplicates = duplicates;
        this.strict = strict;
        this.path = new DecodingPath(prefix);
    }

    /** Decodes {@code tree} as an object of {@code type}. */
    public static Decoded decode(JsonValue tree, StructType type) {
        return decode(tree, type, List.of(), "");
    }

    /**
     * Decodes {@code tree} as an object of {@code type}.
     *
     * @param duplicates the paths of members that occurred more than once, as a reader of JSON or YAML told them
     * @param prefix where {@code tree} stands, for the paths in problems, such as {@code metadata}; may be empty
     */
    public static Decoded decode(JsonValue tree, StructType type, Collection<String> duplicates, String prefix) {
        ObjectDecoder decoder = new ObjectDecoder(Set.copyOf(duplicates), true, prefix);
        try {
            JsonValue decoded = decoder.struct(tree, type, false);
            if (decoder.firstError != null) {
                return new Decoded.Refused(decoder.firstError);
            }
            // A null at the top leaves the struct as it is: empty.
            JsonObject object = decoded instanceof JsonObject found ? found : decoder.fields(new JsonObject(), type);
            return new Decoded.Accepted(object, List.copyOf(decoder.problems));
        } catch (DecodingStopped stopped) {
            return new Decoded.Refused(stopped.text());
        }
    }

    /** An object of {@code type} without any values: what Go writes for the zero struct. */
    public static JsonObject empty(StructType type) {
        return new ObjectDecoder(Set.of(), false, "").fields(new JsonObject(), type);
    }

    private @Nullable JsonValue value(JsonValue in, TypeRef type, boolean pointer) {
        return switch (type) {
            case TypeRef.Scalar scalar -> scalar(in, scalar);
            case TypeRef.Struct struct -> struct(in, struct.type(), pointer);
            case TypeRef.ListOf list -> list(in, list);
            case TypeRef.MapOf map -> map(in, map);
        };
    }

    private @Nullable JsonValue struct(JsonValue in, StructType type, boolean pointer) {
        return switch (in) {
            case JsonObject object -> fields(object, type);
            case JsonNull ignored -> pointer ? null : fields(new JsonObject(), type);
            case JsonArray ignored -> mismatch("array", type.goName());
            case JsonString ignored -> mismatch("string", type.goName());
            case JsonNumber ignored -> mismatch("number", type.goName());
            case JsonBoolean ignored -> mismatch("bool", type.goName());
        };
    }

    private JsonObject fields(JsonObject in, StructType type) {
        JsonValue[] decoded = new JsonValue[type.fields().size()];
        @Nullable StructType outer = path.enter(type);
        for (int i = 0; i < in.size(); i++) {
            String name = in.nameAt(i);
            StructType.Slot slot = type.slot(name);
            if (slot == null) {
                problem("unknown", name);
                continue;
            }
            duplicate(name);
            path.pushField(name);
            JsonValue value =
                    value(in.valueAt(i), slot.field().type(), slot.field().pointer());
            path.pop();
            if (value != null) {
                decoded[slot.index()] = value;
            }
        }
        path.leave(outer);
        return assemble(decoded, type);
    }

    private JsonObject assemble(@Nullable JsonValue[] decoded, StructType type) {
        List<Field> fields = type.fields();
        JsonObject out = new JsonObject();
        for (int i = 0; i < decoded.length; i++) {
            Field field = fields.get(i);
            JsonValue value = decoded[i];
            if (value == null) {
                if (field.omit() == Field.Omit.NEVER) {
                    out.append(field.name(), field.pointer() ? JsonNull.NULL : zero(field.type()));
                }
            } else if (field.omit() == Field.Omit.NEVER) {
                out.append(field.name(), value);
            } else if (field.pointer() || !isEmpty(value)) {
                out.append(field.name(), value);
            }
        }
        return out;
    }

    private static boolean isEmpty(JsonValue value) {
        return switch (value) {
            case JsonObject object -> object.isEmpty();
            case JsonArray array -> array.isEmpty();
            case JsonString string -> string.value().isEmpty();
            case JsonNumber number -> number.isInteger() ? number.longValue() == 0 : number.doubleValue() == 0;
            case JsonBoolean bool -> !bool.value();
            case JsonNull ignored -> true;
        };
    }

    private JsonValue zero(TypeRef type) {
        return switch (type) {
            case TypeRef.Struct struct -> fields(new JsonObject(), struct.type());
            case TypeRef.ListOf ignored -> JsonNull.NULL;
            case TypeRef.MapOf ignored -> JsonNull.NULL;
            case TypeRef.Scalar scalar ->
                switch (scalar.kind()) {
                    case STRING -> JsonString.EMPTY;
                    case BOOL, SCHEMA_OR_BOOL -> JsonBoolean.FALSE;
                    case INT32, INT64, FLOAT64, INT_OR_STRING -> JsonNumber.of(0);
                    case QUANTITY -> ScalarDecoder.ZERO_QUANTITY;
                    case DURATION -> ScalarDecoder.ZERO_DURATION;
                    case BYTES, TIME, MICRO_TIME, RAW_EXTENSION, FIELDS_V1, JSON, SCHEMA_OR_ARRAY, SCHEMA_OR_STRINGS ->
                        JsonNull.NULL;
                };
        };
    }

    private @Nullable JsonValue list(JsonValue in, TypeRef.ListOf type) {
        if (!(in instanceof JsonArray items)) {
            return in == JsonNull.NULL ? null : mismatch(kindOf(in), type.goName());
        }
        JsonArray out = new JsonArray(items.size());
        for (int i = 0; i < items.size(); i++) {
            path.pushIndex(i);
            JsonValue item = value(items.get(i), type.items(), false);
            path.pop();
            out.add(item == null ? zero(type.items()) : item);
        }
        return out;
    }

    private @Nullable JsonValue map(JsonValue in, TypeRef.MapOf type) {
        if (!(in instanceof JsonObject members)) {
            return in == JsonNull.NULL ? null : mismatch(kindOf(in), type.goName());
        }
        JsonObject out = new JsonObject();
        boolean sorted = true;
        for (int i = 0; i < members.size(); i++) {
            String name = members.nameAt(i);
            duplicate(name);
            path.pushKey(name);
            JsonValue value = value(members.valueAt(i), type.values(), false);
            path.pop();
            sorted &= i == 0 || members.nameAt(i - 1).compareTo(name) < 0;
            out.append(name, value == null ? zero(type.values()) : value);
        }
        if (!sorted) {
            out.sortNames();
        }
        return out;
    }

    private @Nullable JsonValue scalar(JsonValue in, TypeRef.Scalar type) {
        return switch (type.kind()) {
            case SCHEMA_OR_ARRAY -> schemaOrArray(in);
            case SCHEMA_OR_BOOL -> schemaOrBool(in);
            case SCHEMA_OR_STRINGS -> schemaOrStrings(in);
            case STRING,
                    BOOL,
                    INT32,
                    INT64,
                    FLOAT64,
                    BYTES,
                    QUANTITY,
                    TIME,
                    MICRO_TIME,
                    DURATION,
                    INT_OR_STRING,
                    RAW_EXTENSION,
                    FIELDS_V1,
                    JSON -> ScalarDecoder.decode(in, type, this);
        };
    }

    private @Nullable JsonValue schemaOrArray(JsonValue in) {
        if (in instanceof JsonArray array && array.isEmpty()) {
            return null;
        }
        return in instanceof JsonArray array ? schemas(array) : in instanceof JsonObject object ? schema(object) : null;
    }

    private JsonArray schemas(JsonArray array) {
        JsonArray out = new JsonArray(array.size());
        for (JsonValue each : array) {
            out.add(schema(each));
        }
        return out;
    }

    private @Nullable JsonValue schemaOrBool(JsonValue in) {
        return switch (in) {
            case JsonObject object -> schema(object);
            case JsonBoolean bool -> bool;
            case JsonNull ignored -> null;
            case JsonArray ignored -> throw new DecodingStopped("boolean or JSON schema expected");
            case JsonString ignored -> throw new DecodingStopped("boolean or JSON schema expected");
            case JsonNumber ignored -> throw new DecodingStopped("boolean or JSON schema expected");
        };
    }

    private @Nullable JsonValue schemaOrStrings(JsonValue in) {
        if (in instanceof JsonArray array) {
            for (JsonValue each : array) {
                if (!(each instanceof JsonString)) {
                    throw stopped(new TypeMismatch(kindOf(each), "string"));
                }
            }
            return array.isEmpty() ? null : array;
        }
        return in instanceof JsonObject object ? schema(object) : null;
    }

    /** A schema inside of a value with its own decoding, which starts anew: it knows no path and is not strict. */
    private JsonValue schema(JsonValue in) {
        StructType type = Schema.builtIn().typeNamed(Schema.JSON_SCHEMA);
        ObjectDecoder inner = new ObjectDecoder(Set.of(), false, "");
        JsonValue decoded = inner.struct(in, type, false);
        if (inner.firstError != null) {
            throw stopped(inner.firstMismatch);
        }
        return decoded == null ? new JsonObject() : decoded;
    }

    /** Notes that {@code in} is no {@code goType}; decoding goes on without it. */
    @Nullable
    JsonValue mismatch(String found, String goType) {
        if (firstError == null) {
            firstMismatch = new TypeMismatch(found, goType);
            firstError = firstMismatch.text(path);
        }
        return null;
    }

    /** Notes what is wrong with a value; decoding goes on without it. */
    @Nullable
    JsonValue refuse(String message) {
        if (firstError == null) {
            firstError = message;
        }
        return null;
    }

    /** What ends the decoding at once because a value's own rules refuse it. */
    DecodingStopped stopped(TypeMismatch mismatch) {
        return new DecodingStopped(mismatch.text(path));
    }

    /** How Go calls {@code value} in messages. */
    static String kindOf(JsonValue value) {
        return switch (value) {
            case JsonObject ignored -> "object";
            case JsonArray ignored -> "array";
            case JsonString ignored -> "string";
            case JsonNumber ignored -> "number";
            case JsonBoolean ignored -> "bool";
            case JsonNull ignored -> "null";
        };
    }

    private void duplicate(String name) {
        if (!duplicates.isEmpty() && duplicates.contains(path.to(name))) {
            problem("duplicate", name);
        }
    }

    private void problem(String what, String name) {
        if (strict && problems.size() < PROBLEMS_MAX) {
            problems.add(what + " field \"" + path.to(name) + "\"");
        }
    }

    /** A value of the wrong type. */
    record TypeMismatch(String found, String goType) {
        static final TypeMismatch NONE = new TypeMismatch("", "");

        String text(DecodingPath path) {
            return "json: cannot unmarshal " + found + " into Go " + path.place() + " of type " + goType;
        }
    }

    /** Ends a decoding; never leaves {@link #decode}. */
    static final class DecodingStopped extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String text;

        DecodingStopped(String text) {
            super(text, null, false, false);
            this.text = text;
        }

        String text() {
            return text;
        }
    }
}
