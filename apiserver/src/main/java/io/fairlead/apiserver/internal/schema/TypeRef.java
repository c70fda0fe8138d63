// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.schema;

import static java.util.Objects.requireNonNull;

import io.fairlead.apiserver.internal.codec.JsonBoolean;
import io.fairlead.apiserver.internal.codec.JsonNumber;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import java.util.List;
import java.util.Optional;

/** The type of a field, of a list's items or of a map's values. Immutable. */
public sealed interface TypeRef {
    /** The type as Go prints it in messages, such as {@code int32}, {@code v1.PodSpec} or {@code []v1.Container}. */
    String goName();

    /** What has no fields of its own in the table: plain scalars, and structs that write themselves as one JSON value. */
    enum Kind {
        STRING(2, new Primitive("string", "", JsonString.EMPTY)),
        BOOL(0, new Primitive("boolean", "", JsonBoolean.FALSE)),
        INT32(0, new Primitive("integer", "int32", JsonNumber.of(0))),
        INT64(0, new Primitive("integer", "int64", JsonNumber.of(0))),
        FLOAT64(1, new Primitive("number", "double", JsonNumber.of(0))),
        /** A string in base64. */
        BYTES,
        /** A quantity such as {@code 100m}: written as a string, read from a string or a number. */
        QUANTITY,
        /** A time in whole seconds, RFC 3339; null when zero. */
        TIME,
        /** A time in microseconds, RFC 3339; null when zero. */
        MICRO_TIME,
        /** A span of time as Go writes it, such as {@code 1m30s}. */
        DURATION,
        /** A 32-bit integer or a string. */
        INT_OR_STRING,
        /** Any JSON object, kept as it is; null when empty. */
        RAW_EXTENSION,
        /** A set of fields of managed fields: any JSON, kept as it is; null when empty. */
        FIELDS_V1,
        /** Any JSON value. */
        JSON,
        /** In schemas of custom resources: one schema or a list of them. */
        SCHEMA_OR_ARRAY,
        /** In schemas of custom resources: a schema or a boolean. */
        SCHEMA_OR_BOOL,
        /** In schemas of custom resources: a schema or a list of strings. */
        SCHEMA_OR_STRINGS;

        private static final int LENGTH_DELIMITED = 2;

        private final int wireType;

        @SuppressWarnings("ImmutableEnumChecker") // objects and arrays of JSON can be changed, the scalars above cannot
        private final Optional<Primitive> primitive;

        Kind() {
            this.wireType = LENGTH_DELIMITED;
            this.primitive = Optional.empty();
        }

        Kind(int wireType, Primitive primitive) {
            this.wireType = wireType;
            this.primitive = Optional.of(primitive);
        }

        /** How protobuf writes it: 0 as a varint, 1 in eight bytes, 2 with its length before it. */
        int wireType() {
            return wireType;
        }

        /** What is known of it as a type of Go's own; empty for all others. */
        public Optional<Primitive> primitive() {
            return primitive;
        }
    }

    /**
     * A type that Go has itself.
     *
     * @param openApiType such as {@code integer}
     * @param format such as {@code int32}; empty if the type says all
     * @param zero its value in a struct that nobody has filled
     */
    record Primitive(String openApiType, String format, JsonValue zero) {}

    /** How the items of a list belong together when it is merged. */
    enum ListType {
        /** The list is one value: the last writer's counts. */
        ATOMIC,
        /** Each item is its own key. */
        SET,
        /** Items are objects, told apart by the list's keys. */
        MAP
    }

    /** A leaf. */
    record Scalar(Kind kind, String goName) implements TypeRef {
        public Scalar {
            requireNonNull(kind, "kind");
            requireNonNull(goName, "goName");
        }
    }

    /**
     * A struct.
     *
     * @param atomic whether server-side apply treats it as one value
     */
    record Struct(StructType type, boolean atomic) implements TypeRef {
        public Struct {
            requireNonNull(type, "type");
        }

        @Override
        public String goName() {
            return type.goName();
        }
    }

    /**
     * A list.
     *
     * @param listType what applies to it; if the original declares nothing, what its server-side apply concludes
     * @param keys of {@link ListType#MAP}; else empty
     * @param wrapped whether protobuf has a message of its own around the list
     */
    record ListOf(TypeRef items, ListType listType, List<String> keys, boolean wrapped, String goName)
            implements TypeRef {
        public ListOf {
            requireNonNull(items, "items");
            requireNonNull(listType, "listType");
            keys = List.copyOf(keys);
            requireNonNull(goName, "goName");
        }
    }

    /**
     * A map with string keys.
     *
     * @param atomic whether server-side apply treats it as one value
     */
    record MapOf(TypeRef values, boolean atomic, String goName) implements TypeRef {
        public MapOf {
            requireNonNull(values, "values");
            requireNonNull(goName, "goName");
        }
    }
}
