// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.schema;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** The type of a field, of a list's items or of a map's values. Immutable. */
public sealed interface TypeRef {
    /** The type as Go prints it in messages, such as {@code int32}, {@code v1.PodSpec} or {@code []v1.Container}. */
    String goName();

    /** What has no fields of its own in the table: plain scalars, and structs that write themselves as one JSON value. */
    enum Kind {
        STRING,
        BOOL,
        INT32,
        INT64,
        FLOAT64,
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
        SCHEMA_OR_STRINGS
    }

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
