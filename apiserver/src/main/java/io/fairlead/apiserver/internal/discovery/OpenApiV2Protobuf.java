// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.discovery;

import static java.util.Objects.requireNonNull;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonBoolean;
import io.fairlead.apiserver.internal.codec.JsonNumber;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.codec.JsonWriter;
import io.fairlead.apiserver.internal.schema.BackwardBuffer;
import java.util.Map;

/**
 * The second version of OpenAPI as protobuf, which clients built on client-go ask for: the messages of gnostic's {@code openapi.v2}.
 *
 * <p>Messages are written from their end to their beginning, see {@link BackwardBuffer}. Names that a document of this server does
 * not have are not known here.
 */
final class OpenApiV2Protobuf {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH = 2;

    /** Where a message that is a map, a choice or a list in disguise has its only field. */
    private static final int ONLY = 1;

    private static final Shape REFERENCE = new Shape(0, Map.of("$ref", new Member(1, OpenApiV2Protobuf::text)));

    private static final Shape SCHEMA = new Shape(
            31,
            Map.ofEntries(
                    Map.entry("$ref", new Member(1, OpenApiV2Protobuf::text)),
                    Map.entry("format", new Member(2, OpenApiV2Protobuf::text)),
                    Map.entry("title", new Member(3, OpenApiV2Protobuf::text)),
                    Map.entry("description", new Member(4, OpenApiV2Protobuf::text)),
                    Map.entry("default", new Member(5, OpenApiV2Protobuf::any)),
                    Map.entry("maximum", new Member(7, OpenApiV2Protobuf::real)),
                    Map.entry("minimum", new Member(9, OpenApiV2Protobuf::real)),
                    Map.entry("required", new Member(19, each(OpenApiV2Protobuf::text))),
                    Map.entry("enum", new Member(20, each(OpenApiV2Protobuf::any))),
                    Map.entry("additionalProperties", new Member(21, OpenApiV2Protobuf::additionalProperties)),
                    Map.entry("type", new Member(22, wrapped(each(OpenApiV2Protobuf::text)))),
                    Map.entry("items", new Member(23, wrapped(OpenApiV2Protobuf::schema))),
                    Map.entry("allOf", new Member(24, each(OpenApiV2Protobuf::schema))),
                    Map.entry("properties", new Member(25, named(ONLY, OpenApiV2Protobuf::schema)))));

    private static final Shape BODY = new Shape(
            6,
            Map.of(
                    "description", new Member(1, OpenApiV2Protobuf::text),
                    "name", new Member(2, OpenApiV2Protobuf::text),
                    "in", new Member(3, OpenApiV2Protobuf::text),
                    "required", new Member(4, OpenApiV2Protobuf::flag),
                    "schema", new Member(5, OpenApiV2Protobuf::schema)));

    private static final Shape PATH_PARAMETER = new Shape(
            22,
            Map.of(
                    "required", new Member(1, OpenApiV2Protobuf::flag),
                    "in", new Member(2, OpenApiV2Protobuf::text),
                    "description", new Member(3, OpenApiV2Protobuf::text),
                    "name", new Member(4, OpenApiV2Protobuf::text),
                    "type", new Member(5, OpenApiV2Protobuf::text),
                    "format", new Member(6, OpenApiV2Protobuf::text),
                    "uniqueItems", new Member(19, OpenApiV2Protobuf::flag)));

    private static final Shape QUERY_PARAMETER = new Shape(
            23,
            Map.of(
                    "required", new Member(1, OpenApiV2Protobuf::flag),
                    "in", new Member(2, OpenApiV2Protobuf::text),
                    "description", new Member(3, OpenApiV2Protobuf::text),
                    "name", new Member(4, OpenApiV2Protobuf::text),
                    "type", new Member(6, OpenApiV2Protobuf::text),
                    "format", new Member(7, OpenApiV2Protobuf::text),
                    "uniqueItems", new Member(20, OpenApiV2Protobuf::flag)));

    private static final Shape RESPONSE = new Shape(
            5,
            Map.of(
                    "description", new Member(1, OpenApiV2Protobuf::text),
                    "schema", new Member(2, wrapped(OpenApiV2Protobuf::schema))));

    private static final Shape OPERATION = new Shape(
            13,
            Map.of(
                    "tags", new Member(1, each(OpenApiV2Protobuf::text)),
                    "description", new Member(3, OpenApiV2Protobuf::text),
                    "operationId", new Member(5, OpenApiV2Protobuf::text),
                    "produces", new Member(6, each(OpenApiV2Protobuf::text)),
                    "consumes", new Member(7, each(OpenApiV2Protobuf::text)),
                    "parameters", new Member(8, each(OpenApiV2Protobuf::parameter)),
                    "responses", new Member(9, named(ONLY, wrapped(message(RESPONSE)))),
                    "schemes", new Member(10, each(OpenApiV2Protobuf::text))));

    private static final Shape PATH = new Shape(
            10,
            Map.of(
                    "get", new Member(2, message(OPERATION)),
                    "put", new Member(3, message(OPERATION)),
                    "post", new Member(4, message(OPERATION)),
                    "delete", new Member(5, message(OPERATION)),
                    "options", new Member(6, message(OPERATION)),
                    "head", new Member(7, message(OPERATION)),
                    "patch", new Member(8, message(OPERATION)),
                    "parameters", new Member(9, each(OpenApiV2Protobuf::parameter))));

    private static final Shape KEY = new Shape(
            5,
            Map.of(
                    "type", new Member(1, OpenApiV2Protobuf::text),
                    "name", new Member(2, OpenApiV2Protobuf::text),
                    "in", new Member(3, OpenApiV2Protobuf::text),
                    "description", new Member(4, OpenApiV2Protobuf::text)));

    private static final Shape INFO = new Shape(
            7,
            Map.of(
                    "title", new Member(1, OpenApiV2Protobuf::text),
                    "version", new Member(2, OpenApiV2Protobuf::text)));

    private static final Shape DOCUMENT = new Shape(
            16,
            Map.of(
                    "swagger", new Member(1, OpenApiV2Protobuf::text),
                    "info", new Member(2, message(INFO)),
                    "paths", new Member(8, named(2, message(PATH))),
                    "definitions", new Member(9, named(ONLY, OpenApiV2Protobuf::schema)),
                    "security", new Member(12, each(named(ONLY, wrapped(each(OpenApiV2Protobuf::text))))),
                    "securityDefinitions", new Member(13, named(ONLY, choice(2, message(KEY))))));

    private OpenApiV2Protobuf() {}

    static byte[] bytes(JsonObject document) {
        BackwardBuffer out = new BackwardBuffer();
        members(DOCUMENT, document, out);
        return out.toBytes();
    }

    /** Writes {@code value} as the field {@code number}. */
    private interface Form {
        void write(BackwardBuffer out, int number, JsonValue value);
    }

    private record Member(int number, Form form) {}

    /**
     * Which fields a message has.
     *
     * @param extensions the number of the field for members whose names begin with {@code x-}; 0 for none
     */
    private record Shape(int extensions, Map<String, Member> members) {}

    private static void members(Shape shape, JsonObject object, BackwardBuffer out) {
        for (String name : object.names().reversed()) {
            JsonValue value = requireNonNull(object.get(name));
            Member member = shape.members().get(name);
            if (member != null) {
                member.form().write(out, member.number(), value);
            } else if (name.startsWith("x-") && shape.extensions() > 0) {
                pair(out, shape.extensions(), name, value, OpenApiV2Protobuf::any);
            }
        }
    }

    private static Form message(Shape shape) {
        return (out, number, value) -> {
            int end = out.size();
            if (value instanceof JsonObject object) {
                members(shape, object, out);
            }
            close(out, number, end);
        };
    }

    /** A map: one message with a name and a value for each member. */
    private static Form named(int numberOfPairs, Form form) {
        return (out, number, value) -> {
            int end = out.size();
            if (value instanceof JsonObject object) {
                for (String name : object.names().reversed()) {
                    pair(out, numberOfPairs, name, requireNonNull(object.get(name)), form);
                }
            }
            close(out, number, end);
        };
    }

    private static void pair(BackwardBuffer out, int number, String name, JsonValue value, Form form) {
        int end = out.size();
        form.write(out, 2, value);
        text(out, 1, new JsonString(name));
        close(out, number, end);
    }

    /** A list's items, each as the same field; a value that is no list is its only item. */
    private static Form each(Form form) {
        return (out, number, value) -> {
            if (value instanceof JsonArray items) {
                for (int i = items.size() - 1; i >= 0; i--) {
                    form.write(out, number, items.get(i));
                }
            } else {
                form.write(out, number, value);
            }
        };
    }

    /** A message around the value that has nothing else. */
    private static Form wrapped(Form form) {
        return choice(ONLY, form);
    }

    private static Form choice(int chosen, Form form) {
        return (out, number, value) -> {
            int end = out.size();
            form.write(out, chosen, value);
            close(out, number, end);
        };
    }

    private static void schema(BackwardBuffer out, int number, JsonValue value) {
        message(SCHEMA).write(out, number, value);
    }

    private static void additionalProperties(BackwardBuffer out, int number, JsonValue value) {
        Form form =
                value instanceof JsonBoolean ? choice(2, OpenApiV2Protobuf::flag) : wrapped(OpenApiV2Protobuf::schema);
        form.write(out, number, value);
    }

    private static void parameter(BackwardBuffer out, int number, JsonValue value) {
        JsonObject parameter = value instanceof JsonObject object ? object : new JsonObject();
        Form form;
        if (parameter.has("$ref")) {
            form = choice(2, message(REFERENCE));
        } else if (parameter.text("in").equals("body")) {
            form = wrapped(wrapped(message(BODY)));
        } else if (parameter.text("in").equals("path")) {
            form = wrapped(choice(2, choice(4, message(PATH_PARAMETER))));
        } else {
            form = wrapped(choice(2, choice(3, message(QUERY_PARAMETER))));
        }
        form.write(out, number, value);
    }

    private static void text(BackwardBuffer out, int number, JsonValue value) {
        out.lengthAndText(value instanceof JsonString text ? text.value() : "");
        out.tag(number, LENGTH);
    }

    private static void flag(BackwardBuffer out, int number, JsonValue value) {
        out.varint(value.equals(JsonBoolean.TRUE) ? 1 : 0);
        out.tag(number, VARINT);
    }

    private static void real(BackwardBuffer out, int number, JsonValue value) {
        out.fixed64(Double.doubleToLongBits(value instanceof JsonNumber amount ? amount.doubleValue() : 0));
        out.tag(number, FIXED64);
    }

    /** Anything, as YAML, of which JSON is a part. */
    private static void any(BackwardBuffer out, int number, JsonValue value) {
        int end = out.size();
        out.lengthAndText(JsonWriter.text(value) + "\n");
        out.tag(2, LENGTH);
        close(out, number, end);
    }

    private static void close(BackwardBuffer out, int number, int end) {
        out.varint(out.size() - end);
        out.tag(number, LENGTH);
    }
}
