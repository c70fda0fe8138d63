// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/** Turns JSON into trees. Any thread may call it. */
public final class JsonReader {
    /** Deeper nesting than any honest object has; bounds the recursion of everything that walks trees. */
    private static final int DEPTH_MAX = 500;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            // Names are shared through the factory's own table; the JVM's would only make them slower to read.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxStringLength(8 * 1024 * 1024)
                    .maxNumberLength(1_000)
                    .build())
            .build();

    private JsonReader() {}

    /**
     * Reads one JSON value and nothing after it, from a text that the server itself wrote or checked.
     *
     * @throws MalformedJsonException if {@code bytes} is no JSON
     */
    public static JsonValue read(byte[] bytes) {
        return parsed(bytes, duplicate -> {});
    }

    /**
     * Reads one JSON value and nothing after it, from a text that a client sent. Of members with the same name the last counts;
     * halves of characters are read as U+FFFD.
     *
     * @param duplicates told the path of each member that repeats an earlier one, such as {@code spec.replicas}
     * @throws MalformedJsonException if {@code bytes} is no JSON
     */
    public static JsonValue read(byte[] bytes, Consumer<String> duplicates) {
        return parsed(Surrogates.paired(bytes), duplicates);
    }

    private static JsonValue parsed(byte[] bytes, Consumer<String> duplicates) {
        try (JsonParser parser = FACTORY.createParser(bytes)) {
            return document(parser, duplicates);
        } catch (JsonProcessingException e) {
            Optional<MalformedJsonException> problem = GoSyntax.problem(bytes);
            if (problem.isPresent()) {
                throw problem.get();
            }
            return readReplacing(bytes, duplicates);
        } catch (IOException e) {
            throw new UncheckedIOException("reading JSON from memory", e);
        }
    }

    /** Reads JSON whose bytes are not all UTF-8: like Go, with U+FFFD in place of those that are not. */
    private static JsonValue readReplacing(byte[] bytes, Consumer<String> duplicates) {
        try (JsonParser parser = FACTORY.createParser(new String(bytes, StandardCharsets.UTF_8))) {
            return document(parser, duplicates);
        } catch (JsonProcessingException e) {
            // Go would take it: it is beyond a bound of ours, which the message names.
            throw new MalformedJsonException(e.getOriginalMessage(), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("reading JSON from memory", e);
        }
    }

    private static JsonValue document(JsonParser parser, Consumer<String> duplicates) throws IOException {
        if (parser.nextToken() == null) {
            throw new MalformedJsonException("unexpected end of JSON input", 0);
        }
        JsonValue value = value(parser, duplicates);
        if (parser.nextToken() != null) {
            throw new JsonParseException(parser, "data after the value");
        }
        return value;
    }

    private static JsonValue value(JsonParser parser, Consumer<String> duplicates) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, duplicates);
            case START_ARRAY -> array(parser, duplicates);
            case VALUE_STRING -> new JsonString(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
            case VALUE_TRUE -> JsonBoolean.TRUE;
            case VALUE_FALSE -> JsonBoolean.FALSE;
            case VALUE_NULL -> JsonNull.NULL;
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("a JSON value cannot start with " + parser.currentToken());
        };
    }

    private static JsonNumber number(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return JsonNumber.of(parser.getLongValue());
        }
        return JsonNumber.parse(parser.getText());
    }

    private static JsonObject object(JsonParser parser, Consumer<String> duplicates) throws IOException {
        JsonObject object = new JsonObject();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            JsonValue value = value(parser, duplicates);
            int before = object.size();
            object.put(name, value);
            if (object.size() == before) {
                duplicates.accept(path(parser.getParsingContext()));
            }
        }
        return object;
    }

    private static JsonArray array(JsonParser parser, Consumer<String> duplicates) throws IOException {
        JsonArray array = new JsonArray();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser, duplicates));
        }
        return array;
    }

    /** Where the parser stands, as Kubernetes writes paths: {@code spec.containers[0].name}. */
    private static String path(JsonStreamContext context) {
        JsonStreamContext parent = context.getParent();
        String prefix = parent == null ? "" : path(parent);
        if (context.inArray()) {
            return prefix + "[" + context.getCurrentIndex() + "]";
        }
        if (context.inObject()) {
            return prefix.isEmpty() ? context.getCurrentName() : prefix + "." + context.getCurrentName();
        }
        return prefix;
    }
}
