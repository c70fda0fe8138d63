// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonReaderTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            `` | unexpected end of JSON input
            { | unexpected end of JSON input
            {"a" | unexpected end of JSON input
            not json | invalid character 'o' in literal null (expecting 'u')
            data: x | invalid character 'd' looking for beginning of value
            {a:1} | invalid character 'a' looking for beginning of object key string
            {"a" 1} | invalid character '1' after object key
            {"a":1 "b":2} | invalid character '"' after object key:value pair
            {"a":1,} | invalid character '}' looking for beginning of object key string
            [1 2] | invalid character '2' after array element
            [1,] | invalid character ']' looking for beginning of value
            {} x | invalid character 'x' after top-level value
            {"a":01} | invalid character '1' after object key:value pair
            {"a":-x} | invalid character 'x' in numeric literal
            {"a":1.x} | invalid character 'x' after decimal point in numeric literal
            {"a":1ex} | invalid character 'x' in exponent of numeric literal
            {"a":"\\x"} | invalid character 'x' in string escape code
            {"a":"\\u12x4"} | invalid character 'x' in \\u hexadecimal character escape
            {"a":nil} | invalid character 'i' in literal null (expecting 'u')
            {"a":'x'} | invalid character '\\'' looking for beginning of value
            """)
    void refusesInTheWordsOfGo(String text, String message) {
        assertThatThrownBy(() -> JsonReader.read(bytes(text)))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessage(message);
    }

    @Test
    void quotesControlCharacters() {
        assertThatThrownBy(() -> JsonReader.read(bytes("\"a\nb\"")))
                .hasMessage("invalid character '\\n' in string literal");
        assertThatThrownBy(() -> JsonReader.read(new byte[] {(byte) 0x9e}))
                .hasMessage("invalid character '\\u009e' looking for beginning of value");
    }

    @Test
    void replacesBytesThatAreNoUtf8() {
        byte[] text = {'"', 'a', (byte) 0xff, '"'};

        assertThat(JsonReader.read(text)).isEqualTo(new JsonString("a\ufffd"));
    }

    @Test
    void tellsRepeatedMembersAndKeepsTheLast() {
        List<String> duplicates = new ArrayList<>();

        JsonValue value =
                JsonReader.read(bytes("{\"a\":[{\"b\":1,\"b\":2}],\"c\":{\"d\":1},\"c\":3}"), duplicates::add);

        assertThat(value).hasToString("{\"a\":[{\"b\":2}],\"c\":3}");
        assertThat(duplicates).containsExactly("a[0].b", "c");
    }

    @Test
    void keepsIntegersApartFromOtherNumbers() {
        JsonArray numbers = (JsonArray) JsonReader.read(bytes("[1,1.0,12345678901234567890,1e3]"));

        assertThat(numbers).hasToString("[1,1.0,12345678901234567890,1e3]");
        assertThat(numbers.get(0)).isEqualTo(JsonNumber.of(1));
        assertThat(((JsonNumber) numbers.get(1)).isInteger()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "1.5, 1.5",
        "100.0, 100",
        "1e21, 1e+21",
        "123e-9, 1.23e-7",
        "-0.000001, -0.000001",
        "1e20, 100000000000000000000"
    })
    void writesFloatingPointNumbersAsGoDoes(double number, String text) {
        assertThat(JsonNumber.of(number)).hasToString(text);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "'\\ud800', '\ufffd'",
        "'a\\udc00b', 'a\ufffdb'",
        "'\\ud83d\\ude00', '\ud83d\ude00'",
        "'\\ud83d\\ud83d\\ude00', '\ufffd\ud83d\ude00'",
        "'\\\\ud800', '\\ud800'"
    })
    void replacesHalvesOfCharactersThatClientsSend(String escaped, String text) {
        assertThat(JsonReader.read(bytes('"' + escaped + '"'), duplicate -> {})).isEqualTo(new JsonString(text));
    }
}
