// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonCursorTest {
    private static JsonCursor at(String text) throws IOException {
        return JsonCursor.of(Json.bytes(text));
    }

    @Test
    void skipsWhatNobodyReads() throws IOException {
        JsonCursor json = at("{'a':{'x':[1,{'y':2}]},'b':'two','c':[[],{}],'d':4}");
        List<String> seen = new ArrayList<>();
        json.beginObject();
        while (json.nextField()) {
            if (json.field().equals("b")) {
                seen.add(json.text());
            } else if (json.field().equals("d")) {
                seen.add("d=" + json.integer());
            }
        }

        assertThat(seen).containsExactly("two", "d=4");
    }

    @Test
    void readsNestedObjectsAndArrays() throws IOException {
        JsonCursor json = at("{'spec':{'list':[{'n':1},{'n':2}],'deep':{'deeper':{'t':true}}},'after':'x'}");
        List<Object> seen = new ArrayList<>();
        json.beginObject();
        while (json.nextField()) {
            if (!json.field().equals("spec")) {
                seen.add(json.text());
                continue;
            }
            json.beginObject();
            while (json.nextField()) {
                if (json.field().equals("list")) {
                    json.beginArray();
                    while (json.nextElement()) {
                        json.beginObject();
                        while (json.nextField()) {
                            seen.add(json.integer());
                        }
                    }
                }
            }
        }

        assertThat(seen).containsExactly(1L, 2L, "x");
    }

    @Test
    void readsArraysElementByElement() throws IOException {
        JsonCursor json = at("{'numbers':[1,2],'none':null,'words':['a',{'unread':1},'b'],'end':3}");
        List<Object> seen = new ArrayList<>();
        json.beginObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "words" ->
                    json.each(word -> {
                        if (word.isText()) {
                            seen.add(word.text());
                        }
                    });
                case "end" -> seen.add(json.integer());
                default -> seen.add(json.list(JsonCursor::integer));
            }
        }

        assertThat(seen).containsExactly(List.of(1L, 2L), List.of(), "a", "b", 3L);
    }

    @Test
    void readsNullLikeAFieldThatIsNotThere() throws IOException {
        JsonCursor json = at("{'o':null,'a':null,'s':null,'n':null,'b':null,'t':null,'m':null,'end':1}");
        List<Object> seen = new ArrayList<>();
        json.beginObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "o" -> {
                    json.beginObject();
                    assertThat(json.nextField()).isFalse();
                }
                case "a" -> {
                    json.beginArray();
                    assertThat(json.nextElement()).isFalse();
                }
                case "s" -> seen.add(json.text());
                case "n" -> seen.add(json.integer());
                case "b" -> seen.add(json.bool());
                case "t" -> seen.add(json.time());
                case "m" -> seen.add(json.strings());
                default -> seen.add(json.int32());
            }
        }

        assertThat(seen.toString()).isEqualTo("[, 0, false, Optional.empty, {}, 1]");
    }

    @Test
    void refusesAValueOfAnotherType() {
        assertThatThrownBy(() -> at("1").text()).isInstanceOf(IOException.class).hasMessageContaining("a string");
        assertThatThrownBy(() -> at("'1'").integer()).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> at("[]").beginObject()).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> at("5000000000").int32()).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> at("'yesterday'").time())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("yesterday");
    }

    @Test
    void refusesAValueThatIsCutOff() {
        assertThatThrownBy(() -> {
                    JsonCursor json = at("{'a':{'b':1");
                    json.beginObject();
                    while (json.nextField()) {
                        json.skip();
                    }
                })
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> at("")).isInstanceOf(IOException.class);
    }

    @Test
    void givesTheBytesOfAValueAsTheyCame() throws IOException {
        byte[] bytes = Json.bytes("xx{'a': {'k' : [1, 2.50, 'ü'] } ,'s':'te\\u0078t','n':17,'z':null}yy");
        JsonCursor json = JsonCursor.of(bytes, 2, bytes.length - 4);
        List<String> raw = new ArrayList<>();
        json.beginObject();
        while (json.nextField()) {
            raw.add(new String(json.raw(), StandardCharsets.UTF_8));
        }

        assertThat(raw).containsExactly(Json.of("{'k' : [1, 2.50, 'ü'] }"), Json.of("'te\\u0078t'"), "17", "null");
    }

    @Test
    void goesOnBehindATree() throws IOException {
        JsonCursor json = at("{'t':{'x':[1,2]},'after':'here'}");
        json.beginObject();
        json.nextField();
        assertThat(json.tree().toString()).isEqualTo(Json.of("{'x':[1,2]}"));

        assertThat(json.nextField()).isTrue();
        assertThat(json.text()).isEqualTo("here");
        assertThat(json.nextField()).isFalse();
    }

    @Test
    void readsAValueAgainFromItsBeginning() throws IOException {
        JsonCursor json = at("{'skip':1,'object':{'metadata':{'name':'a'},'more':[1]},'last':2}");
        json.beginObject();
        json.nextField();
        json.nextField();
        JsonCursor.Mark start = json.mark();
        json.beginObject();

        assertThat(MetadataProjection.INSTANCE.decode(json.again(start)).name()).isEqualTo("a");
    }

    @Test
    void keepsTheOrderOfMaps() throws IOException {
        assertThat(at("{'z':'1','a':'2','m':'3'}").strings().keySet()).containsExactly("z", "a", "m");
    }

    @Test
    void readsTimesOfAllForms() throws IOException {
        assertThat(at("'2026-11-21T12:43:27Z'").time()).contains(Instant.parse("2026-11-21T12:43:27Z"));
        assertThat(at("'2026-11-21T13:12:24.307193Z'").time()).contains(Instant.parse("2026-11-21T13:12:24.307193Z"));
        assertThat(at("'2026-11-21T13:12:24+01:00'").time()).contains(Instant.parse("2026-11-21T12:12:24Z"));
    }
}
