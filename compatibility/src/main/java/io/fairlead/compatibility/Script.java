// SPDX-License-Identifier: Apache-2.0
package io.fairlead.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A list of requests with the original's answers.
 *
 * @param about its settings: name, namespace
 */
record Script(JsonNode about, List<Step> steps) {
    /** A step as written; without an answer it is only played. */
    record Step(JsonNode written, Optional<JsonNode> answer) {}

    String name() {
        return about.path("name").asText("");
    }

    /** The text in which a mask looks for what the script spells out. */
    String text() {
        ObjectNode whole = about.deepCopy();
        ArrayNode written = whole.putArray("steps");
        steps.forEach(step -> written.add(step.written()));
        return Json.write(whole);
    }

    /** The scripts of {@code topic}, such as {@code protocol/crud}. */
    static List<Script> ofTopic(String topic) {
        List<Script> scripts = new ArrayList<>();
        for (JsonNode line : lines("requests/" + topic + ".jsonl")) {
            if (line.has("script")) {
                scripts.add(new Script(line.get("script"), new ArrayList<>()));
            } else {
                JsonNode answer = line.get("answer");
                if (answer != null) {
                    Unordered.sort(answer);
                }
                scripts.getLast().steps().add(new Step(line.get("step"), Optional.ofNullable(answer)));
            }
        }
        return scripts;
    }

    static List<JsonNode> lines(String resource) {
        List<JsonNode> lines = new ArrayList<>();
        try (InputStream in = Script.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no recording " + resource);
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(Json.read(line));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + resource, e);
        }
        return lines;
    }
}
