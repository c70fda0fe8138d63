// SPDX-License-Identifier: Apache-2.0
package io.fairlead.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MaskTest {
    @Nested
    class OfAnswers {
        private final RequestMask mask = new RequestMask("t1", "127.0.0.1:1", "{\"name\":\"fixed\"}");

        @Test
        void givesEqualValuesEqualNames() {
            JsonNode masked = mask.value(
                    Json.read(
                            """
                    {"a":{"resourceVersion":"7","uid":"11111111-2222-3333-4444-555555555555"},
                     "b":{"resourceVersion":"8"},"c":{"resourceVersion":"7"}}"""));

            assertThat(masked)
                    .isEqualTo(
                            Json.read(
                                    """
                    {"a":{"resourceVersion":"<rv:1>","uid":"<uid:1>"},
                     "b":{"resourceVersion":"<rv:2>"},"c":{"resourceVersion":"<rv:1>"}}"""));
        }

        @Test
        void recognisesAGeneratedNameWhereverItStands() {
            mask.value(Json.read("{\"metadata\":{\"generateName\":\"web-\",\"name\":\"web-abcde\"}}"));

            assertThat(mask.text("pods \"web-abcde\" in t1")).isEqualTo("pods \"web-<suffix:1>\" in <ns>");
        }
    }

    @Nested
    class OfTraces {
        @Test
        void numbersHashesInOrderOfFirstSight() {
            ScenarioMask mask = new ScenarioMask("x-1", false);
            mask.learn(Json.read("{\"kind\":\"ReplicaSet\",\"metadata\":{\"name\":\"web-6d5f8b9c7\","
                    + "\"labels\":{\"pod-template-hash\":\"6d5f8b9c7\"}}}"));
            mask.learn(Json.read("{\"kind\":\"ReplicaSet\",\"metadata\":{\"name\":\"web-7c9b8f5d6\","
                    + "\"labels\":{\"pod-template-hash\":\"7c9b8f5d6\"}}}"));

            assertThat(mask.text("Scaled up replica set web-7c9b8f5d6 from 0 to 1 in x-1"))
                    .isEqualTo("Scaled up replica set web-<hash:2> from 0 to 1 in <ns>");
        }
    }

    @Nested
    class Ranges {
        @Test
        void survivesWritingAndReading() {
            TreeSet<Integer> steps = new TreeSet<>(List.of(0, 1, 2, 5, 7, 8));

            assertThat(StepRanges.format(steps)).isEqualTo("0-2 5 7-8");
            assertThat(StepRanges.parse("0-2 5 7-8")).isEqualTo(steps);
        }
    }
}
