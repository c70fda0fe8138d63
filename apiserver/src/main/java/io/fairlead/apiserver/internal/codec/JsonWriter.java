// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Turns trees into compact JSON. Any thread may call it. */
public final class JsonWriter {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonWriter() {}

    /** {@code value} in UTF-8, without white space. */
    public static byte[] bytes(JsonValue value) {
        try (ByteArrayBuilder buffer = new ByteArrayBuilder(FACTORY._getBufferRecycler(), 2_000)) {
            try (JsonGenerator generator = FACTORY.createGenerator(buffer)) {
                write(value, generator);
            }
            return buffer.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("writing JSON to memory", e);
        }
    }

    /** {@code value} as a string, without white space. */
    public static String text(JsonValue value) {
        StringWriter writer = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(writer)) {
            write(value, generator);
        } catch (IOException e) {
            throw new UncheckedIOException("writing JSON to memory", e);
        }
        return writer.toString();
    }

    /** Writes {@code value} where {@code generator} stands. */
    public static void write(JsonValue value, JsonGenerator generator) throws IOException {
        switch (value) {
            case JsonObject object -> {
                generator.writeStartObject();
                for (int i = 0; i < object.size(); i++) {
                    generator.writeFieldName(object.nameAt(i));
                    write(object.valueAt(i), generator);
                }
                generator.writeEndObject();
            }
            case JsonArray array -> {
                generator.writeStartArray();
                for (int i = 0; i < array.size(); i++) {
                    write(array.get(i), generator);
                }
                generator.writeEndArray();
            }
            case JsonString string -> generator.writeString(string.value());
            case JsonNumber number -> {
                if (number.isInteger()) {
                    generator.writeNumber(number.longValue());
                } else {
                    generator.writeNumber(number.lexeme());
                }
            }
            case JsonBoolean bool -> generator.writeBoolean(bool.value());
            case JsonNull ignored -> generator.writeNull();
        }
    }
}
