// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GoTextTest {
    @Test
    void quotesWhatCannotBePrinted() {
        assertThat(GoText.quote("a\"b\\c")).isEqualTo("\"a\\\"b\\\\c\"");
        assertThat(GoText.quote("\u0007\u0001\u007f")).isEqualTo("\"\\a\\x01\\x7f\"");
        assertThat(GoText.quote("é \u00a0 \u200b \ud83d\ude00")).isEqualTo("\"é \\u00a0 \\u200b \ud83d\ude00\"");
    }

    @Test
    void escapesInJsonWhatHtmlWouldMisread() {
        assertThat(GoText.json(JsonReader.read(
                        "{\"a<b\":[1.5,\"&\\u001f\\b\",null,true]}".getBytes(java.nio.charset.StandardCharsets.UTF_8))))
                .isEqualTo("{\"a\\u003cb\":[1.5,\"\\u0026\\u001f\\b\",null,true]}");
    }

    @Test
    void printsValuesWithTheirMembersSorted() {
        JsonObject value = new JsonObject()
                .put("name", "c")
                .put("image", JsonNull.NULL)
                .put("ports", JsonArray.ofStrings(List.of("a", "b")));

        assertThat(GoText.plain(value)).isEqualTo("map[image:<nil> name:c ports:[a b]]");
        assertThat(GoText.plain(JsonNumber.of(1e21))).isEqualTo("1e+21");
    }

    @Test
    void knowsWhatCanBePrinted() {
        assertThat("aé 1€".codePoints()).allMatch(GoText::isPrintable);
        assertThat("\n\u00a0\u200b\ue000".codePoints()).noneMatch(GoText::isPrintable);
    }
}
