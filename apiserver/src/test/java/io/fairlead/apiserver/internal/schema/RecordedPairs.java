// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.schema;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonReader;
import io.fairlead.apiserver.internal.codec.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** What the original answered to the same request once in JSON and once in protobuf. */
public final class RecordedPairs {
    private RecordedPairs() {}

    /** One answer in both forms; of a watch, the JSON is the list of its events. */
    public record Pair(String name, byte[] protobuf, JsonValue json, String contentType) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** All of them, in the order of their names. */
    public static List<Pair> all() {
        try (InputStream in = Objects.requireNonNull(
                        RecordedPairs.class.getResourceAsStream("/io/fairlead/apiserver/protobuf-pairs.jsonl.gz"));
                InputStream content = new GZIPInputStream(in)) {
            byte[] bytes = content.readAllBytes();
            return new String(new ByteArrayInputStream(bytes).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(RecordedPairs::pair)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("reading the recorded pairs", e);
        }
    }

    private static Pair pair(String line) {
        JsonObject pair = (JsonObject) JsonReader.read(line.getBytes(StandardCharsets.UTF_8));
        return new Pair(
                pair.text("name"),
                Base64.getDecoder().decode(pair.text("base64")),
                Objects.requireNonNull(pair.get("json")),
                pair.text("contentType"));
    }
}
