// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.merge;

import io.fairlead.apiserver.internal.codec.GoText;
import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonBoolean;
import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonNumber;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.schema.Field;
import io.fairlead.apiserver.internal.schema.StructType;
import io.fairlead.apiserver.internal.schema.TypeRef;
import java.util.Base64;
import java.util.Optional;

/**
 * Whether a tree can become an object of a type, in the words of Go's converter from trees.
 *
 * <p>The result of a strategic merge patch takes this way, not that through the JSON decoder; it has other words for the same
 * faults.
 */
final class Unstructured {
    private Unstructured() {}

    /** The first thing that is wrong with {@code value} as an object of {@code type}, if anything is. */
    static Optional<String> problem(JsonValue value, StructType type) {
        if (value instanceof JsonNull) {
            return Optional.empty();
        }
        if (!(value instanceof JsonObject object)) {
            return Optional.of("cannot restore struct from: " + kind(value));
        }
        for (Field field : type.fields()) {
            JsonValue member = object.get(field.name());
            if (member != null) {
                Optional<String> problem = problem(member, field.type());
                if (problem.isPresent()) {
                    return problem;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> problem(JsonValue value, TypeRef type) {
        if (value instanceof JsonNull) {
            return Optional.empty();
        }
        return switch (type) {
            case TypeRef.Struct struct -> problem(value, struct.type());
            case TypeRef.ListOf list ->
                value instanceof JsonArray items
                        ? firstProblem(items, list.items())
                        : Optional.of("cannot restore slice from " + kind(value));
            case TypeRef.MapOf map -> {
                if (!(value instanceof JsonObject object)) {
                    yield Optional.of("cannot restore map from " + kind(value));
                }
                JsonArray values = new JsonArray();
                object.forEach((name, member) -> values.add(member));
                yield firstProblem(values, map.values());
            }
            case TypeRef.Scalar scalar -> scalarProblem(value, scalar);
        };
    }

    private static Optional<String> firstProblem(JsonArray values, TypeRef type) {
        for (JsonValue value : values) {
            Optional<String> problem = problem(value, type);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> scalarProblem(JsonValue value, TypeRef.Scalar type) {
        return switch (type.kind()) {
            case STRING -> {
                if (value instanceof JsonString) {
                    yield Optional.empty();
                }
                // Go would convert an integer to a string of one character, which nobody wants.
                yield value instanceof JsonNumber number && number.isInteger()
                        ? Optional.of("cannot convert int64 to " + type.goName())
                        : Optional.of("unrecognized type: string");
            }
            case BOOL -> value instanceof JsonBoolean ? Optional.empty() : Optional.of("unrecognized type: bool");
            case INT32, INT64 -> {
                if (!(value instanceof JsonNumber number)) {
                    yield Optional.of("unrecognized type: " + type.goName());
                }
                boolean whole = number.doubleValue() == Math.rint(number.doubleValue());
                yield whole ? Optional.empty() : Optional.of("cannot convert float64 to " + type.goName());
            }
            case FLOAT64 -> value instanceof JsonNumber ? Optional.empty() : Optional.of("unrecognized type: float64");
            case BYTES -> bytesProblem(value);
            case QUANTITY,
                    TIME,
                    MICRO_TIME,
                    DURATION,
                    INT_OR_STRING,
                    RAW_EXTENSION,
                    FIELDS_V1,
                    JSON,
                    SCHEMA_OR_ARRAY,
                    SCHEMA_OR_BOOL,
                    SCHEMA_OR_STRINGS ->
                // These read JSON themselves, with the decoder's words.
                Optional.empty();
        };
    }

    private static Optional<String> bytesProblem(JsonValue value) {
        if (!(value instanceof JsonString string)) {
            return value instanceof JsonArray
                    ? Optional.empty()
                    : Optional.of("cannot restore slice from " + kind(value));
        }
        try {
            Base64.getDecoder().decode(string.value());
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(
                    "error decoding from json: illegal base64 data at input byte " + firstBad(string.value()));
        }
    }

    private static int firstBad(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean good =
                    (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
            if (!good) {
                return i;
            }
        }
        // Too short: Go names the beginning of the last group.
        return text.length() - text.length() % 4;
    }

    /** What Go's reflection calls the value. */
    private static String kind(JsonValue value) {
        return switch (value) {
            case JsonObject ignored -> "map";
            case JsonArray ignored -> "slice";
            default -> GoText.type(value);
        };
    }
}
