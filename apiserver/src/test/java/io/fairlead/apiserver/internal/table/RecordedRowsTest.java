// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonReader;
import io.fairlead.apiserver.internal.schema.GroupVersionKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows that the original has printed, each with the object it has printed it from. */
class RecordedRowsTest {
    private static JsonObject object(String json) {
        return (JsonObject) JsonReader.read(json.getBytes(StandardCharsets.UTF_8));
    }

    static Stream<Arguments> rows() throws IOException {
        try (InputStream in = Objects.requireNonNull(RecordedRowsTest.class.getResourceAsStream("rows.jsonl"))) {
            String lines = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return lines.lines().map(RecordedRowsTest::object).map(row -> {
                JsonObject object = row.objectOrEmpty("object");
                JsonObject metadata = object.objectOrEmpty("metadata");
                return Arguments.of(
                        object.text("kind") + " " + metadata.text("namespace") + "/" + metadata.text("name"), row);
            });
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void areTheSameHere(String name, JsonObject row) {
        JsonObject object = row.objectOrEmpty("object");
        String apiVersion = object.text("apiVersion");
        int slash = apiVersion.indexOf('/');
        TableFormat format = Tables.of(new GroupVersionKind(
                slash < 0 ? "" : apiVersion.substring(0, slash), apiVersion.substring(slash + 1), object.text("kind")));
        Instant now = Instant.parse(row.text("now"));

        // The original looked at its clock a moment before its answer was noted down.
        List<String> printed = new ArrayList<>();
        for (long millis : List.of(0L, 50L, 1_000L)) {
            printed.add(
                    format.cells(object, now.minus(Duration.ofMillis(millis))).toString());
        }

        assertThat(printed).as(name).contains(row.arrayOrEmpty("cells").toString());
    }
}
