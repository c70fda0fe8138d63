// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against what the original's library made of the same texts. */
class YamlTest {
    @ParameterizedTest
    @MethodSource("written")
    void writesAsTheOriginalDoes(JsonObject expected) {
        assertThat(YamlWriter.text(Objects.requireNonNull(expected.get("write"))))
                .isEqualTo(expected.text("yaml"));
    }

    @ParameterizedTest
    @MethodSource("read")
    void readsAsTheOriginalDoes(JsonObject expected) {
        List<String> duplicates = new ArrayList<>();

        JsonValue value = YamlReader.read(bytes(expected.text("read")), duplicates::add);

        assertThat(value).isEqualTo(expected.get("json"));
        String strict = duplicates.isEmpty() ? "" : "yaml: unmarshal errors:\n  " + String.join("\n  ", duplicates);
        assertThat(strict).isEqualTo(expected.text("strict"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesAsTheOriginalDoes(JsonObject expected) {
        Throwable thrown = catchThrowable(() -> YamlReader.read(bytes(expected.text("read")), duplicate -> {}));

        assertThat(thrown)
                .as(expected.text("read"))
                .isInstanceOf(MalformedYamlException.class)
                .hasMessage(expected.text("error"));
    }

    @Test
    void boundsWhatAliasesCanBecome() {
        StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            text.append("a").append(i).append(": &a").append(i).append(" [");
            text.append(("*a" + (i - 1) + ", ").repeat(10)).append("x]\n");
        }

        assertThatThrownBy(() -> YamlReader.read(bytes(text.toString()), duplicate -> {}))
                .hasMessage("yaml: document contains excessive aliasing");
    }

    static Stream<JsonObject> written() {
        return cases().filter(each -> each.has("write"));
    }

    static Stream<JsonObject> read() {
        return cases().filter(each -> each.has("read") && !each.has("error"));
    }

    static Stream<JsonObject> refused() {
        return cases().filter(each -> each.has("error"));
    }

    private static Stream<JsonObject> cases() {
        try (InputStream in =
                Objects.requireNonNull(YamlTest.class.getResourceAsStream("/io/fairlead/apiserver/yaml-cases.jsonl"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().map(line ->
                    (JsonObject) JsonReader.read(bytes(line)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("reading the cases", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
