// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The numbers are those of gnostic's {@code OpenAPIv2.proto}. */
class OpenApiMessagesTest {
    @Test
    void aSchemaHasItsMembers() {
        ByteBuffer document = encoded(
                """
                {"definitions": {"A": {"type": "object", "required": ["b", "c"], "description": "Ä",
                  "properties": {"b": {"type": "array", "items": {"$ref": "#/definitions/A"}}}, "x-y": [1]}}}
                """);

        assertThat(texts(document, 9, 1, 1)).containsExactly("A");
        assertThat(texts(document, 9, 1, 2, 22, 1)).containsExactly("object");
        assertThat(texts(document, 9, 1, 2, 19)).containsExactly("b", "c");
        assertThat(texts(document, 9, 1, 2, 4)).containsExactly("Ä");
        assertThat(texts(document, 9, 1, 2, 25, 1, 1)).containsExactly("b");
        assertThat(texts(document, 9, 1, 2, 25, 1, 2, 23, 1, 1)).containsExactly("#/definitions/A");
        assertThat(texts(document, 9, 1, 2, 31, 1)).containsExactly("x-y");
        assertThat(texts(document, 9, 1, 2, 31, 2, 2)).containsExactly("[1]\n");
    }

    @Test
    void parametersAreWhatTheirPlaceSays() {
        ByteBuffer document = encoded(
                """
                {"paths": {"/a": {"get": {"operationId": "readA"}, "parameters": [
                  {"in": "path", "name": "n", "required": true}, {"in": "body", "name": "b"}, {"in": "query", "name": "q"}]}}}
                """);

        assertThat(texts(document, 8, 2, 1)).containsExactly("/a");
        assertThat(texts(document, 8, 2, 2, 2, 5)).containsExactly("readA");
        assertThat(texts(document, 8, 2, 2, 9, 1, 2, 4, 4)).as("path").containsExactly("n");
        assertThat(texts(document, 8, 2, 2, 9, 1, 1, 2)).as("body").containsExactly("b");
        assertThat(texts(document, 8, 2, 2, 9, 1, 2, 3, 4)).as("query").containsExactly("q");
    }

    @Test
    void answersHaveTheirCodesAndSecurityItsKey() {
        ByteBuffer document = encoded(
                """
                {"paths": {"/a": {"get": {"responses": {"200": {"description": "OK", "schema": {"type": "string"}}}}}},
                 "securityDefinitions": {"BearerToken": {"type": "apiKey", "in": "header"}}}
                """);

        assertThat(texts(document, 8, 2, 2, 2, 9, 1, 1)).containsExactly("200");
        assertThat(texts(document, 8, 2, 2, 2, 9, 1, 2, 1, 1)).containsExactly("OK");
        assertThat(texts(document, 8, 2, 2, 2, 9, 1, 2, 1, 2, 1, 22, 1)).containsExactly("string");
        assertThat(texts(document, 13, 1, 2, 2, 1)).containsExactly("apiKey");
    }

    private static ByteBuffer encoded(String document) {
        JsonObject parsed = (JsonObject) JsonReader.read(document.getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.wrap(MessageTable.of("openapi-v2-messages.txt").encode("Document", parsed));
    }

    /** What is found by following the numbers of fields through nested messages. */
    private static List<String> texts(ByteBuffer message, int... numbers) {
        List<ByteBuffer> found = List.of(message);
        for (int number : numbers) {
            found = found.stream()
                    .flatMap(each -> fields(each, number).stream())
                    .toList();
        }
        return found.stream()
                .map(each -> StandardCharsets.UTF_8.decode(each.duplicate()).toString())
                .toList();
    }

    private static List<ByteBuffer> fields(ByteBuffer message, int number) {
        ByteBuffer rest = message.duplicate();
        List<ByteBuffer> fields = new ArrayList<>();
        while (rest.hasRemaining()) {
            int tag = varint(rest);
            int value = varint(rest);
            if ((tag & 7) == 2) {
                ByteBuffer content = rest.slice(rest.position(), value);
                rest.position(rest.position() + value);
                if (tag >>> 3 == number) {
                    fields.add(content);
                }
            }
        }
        return fields;
    }

    private static int varint(ByteBuffer bytes) {
        int value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes.get();
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
