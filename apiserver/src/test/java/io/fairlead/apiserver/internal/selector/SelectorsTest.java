// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorsTest {
    @Nested
    class Labels {
        private final Map<String, String> labels = Map.of("app", "web", "tier", "front", "n", "7", "empty", "");

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "app=web | true",
                    "app==web,tier=front | true",
                    "app=db | false",
                    "app!=db | true",
                    "missing!=x | true",
                    "app in (db,web) | true",
                    "app notin (db, web) | false",
                    "app | true",
                    "!app | false",
                    "!missing | true",
                    "n>5 | true",
                    "n<5 | false",
                    "app>5 | false",
                    "empty= | true",
                    "empty in (,x) | true",
                    "in notin (in) | true",
                })
        void select(String selector, boolean expected) {
            assertThat(LabelSelector.parse(selector.strip()).matches(labels)).isEqualTo(expected);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '~',
                value = {
                    "a=b, | found '', expected: identifier after ','",
                    "a b | unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt",
                    "a in b | unable to parse requirement: found 'b' expected: '('",
                    "a in (b | unable to parse requirement: found '', expected: ',' or ')'",
                    "!!a | unable to parse requirement: found '!', expected: identifier",
                    "n>=5 | unable to parse requirement: found '=', expected: identifier",
                })
        void thatCannotBeReadAreRefusedInUpstreamsWords(String selector, String message) {
            assertThatThrownBy(() -> LabelSelector.parse(selector.strip())).hasMessage(message.strip());
        }

        @Test
        void ofObjectsAreWrittenAsInQueries() {
            JsonObject selector = new JsonObject()
                    .put("matchLabels", new JsonObject().put("b", "1"))
                    .put(
                            "matchExpressions",
                            JsonArray.of(
                                    new JsonObject().put("key", "a").put("operator", "Exists"),
                                    new JsonObject()
                                            .put("key", "c")
                                            .put("operator", "In")
                                            .put("values", JsonArray.ofStrings(List.of("y", "x")))));
            assertThat(LabelSelector.of(selector)).hasToString("a,b=1,c in (x,y)");
        }
    }

    @Nested
    class Fields {
        @Test
        void compareEachNamedField() {
            FieldSelector selector = FieldSelector.parse("spec.nodeName=a,status.phase!=Failed");
            assertThat(selector.matches(field -> field.equals("spec.nodeName") ? "a" : "Running"))
                    .isTrue();
            assertThat(selector.matches(field -> field.equals("spec.nodeName") ? "a" : "Failed"))
                    .isFalse();
            assertThat(selector.exactly("spec.nodeName")).contains("a");
        }

        @Test
        void mayHaveEscapedCharactersInTheirValues() {
            FieldSelector selector = FieldSelector.parse("metadata.name=a\\,b\\=c");
            assertThat(selector.requirements())
                    .containsExactly(new FieldSelector.Requirement("metadata.name", true, "a,b=c"));
        }

        @Test
        void withoutAnOperatorAreRefused() {
            assertThatThrownBy(() -> FieldSelector.parse("metadata.name"))
                    .hasMessage("invalid selector: 'metadata.name'; can't understand 'metadata.name'");
        }
    }
}
