// SPDX-License-Identifier: Apache-2.0
package io.fairlead.compatibility;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reading, walking and ordering of the JSON in scripts and answers. */
final class Json {
    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    static JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("recorded data must be JSON", e);
        }
    }

    /** The value, if {@code bytes} are JSON and nothing else. */
    static Optional<JsonNode> tryRead(byte[] bytes) {
        try {
            JsonNode node = MAPPER.readTree(bytes);
            return node == null || node.isMissingNode() ? Optional.empty() : Optional.of(node);
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    static String write(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("writing JSON to memory", e);
        }
    }

    /** As the recorder wrote bodies, with blanks: answers quote them. */
    static String writeAsRecorded(JsonNode node) {
        try {
            return MAPPER.writer(new RecordedSeparators()).writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("writing JSON to memory", e);
        }
    }

    /** A blank behind every comma and colon. */
    private static final class RecordedSeparators extends MinimalPrettyPrinter {
        private static final long serialVersionUID = 1;

        @Override
        public void writeObjectFieldValueSeparator(JsonGenerator generator) throws IOException {
            generator.writeRaw(": ");
        }

        @Override
        public void writeObjectEntrySeparator(JsonGenerator generator) throws IOException {
            generator.writeRaw(", ");
        }

        @Override
        public void writeArrayValueSeparator(JsonGenerator generator) throws IOException {
            generator.writeRaw(", ");
        }
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /** What stands at a path such as {@code metadata.labels.a} or {@code items.0.kind}; empty if nothing does. */
    static Optional<JsonNode> lookup(JsonNode node, String path) {
        JsonNode at = node;
        for (String part : path.split("\\.", -1)) {
            at = at.isArray() ? at.path(index(part)) : at.path(part);
        }
        return at.isMissingNode() ? Optional.empty() : Optional.of(at);
    }

    /** Like {@link #lookup}, but null where there is nothing; {@code *} stands for every item of a list. */
    static JsonNode pick(JsonNode node, String path) {
        JsonNode at = node;
        String[] parts = path.split("\\.", -1);
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].equals("*")) {
                String rest = String.join(".", List.of(parts).subList(i + 1, parts.length));
                ArrayNode items = array();
                at.forEach(item -> items.add(rest.isEmpty() ? item : pick(item, rest)));
                return items;
            }
            if (at.isMissingNode() || at.isNull() || at.isValueNode()) {
                return MAPPER.nullNode();
            }
            at = at.isArray() ? at.path(index(parts[i])) : at.path(parts[i]);
        }
        return at.isMissingNode() ? MAPPER.nullNode() : at;
    }

    private static int index(String part) {
        try {
            return Integer.parseInt(part);
        } catch (NumberFormatException noIndex) {
            return -1;
        }
    }

    /** The places at which two values differ, one line each. */
    static List<String> differences(JsonNode wanted, JsonNode found) {
        Map<String, String> left = new TreeMap<>();
        Map<String, String> right = new TreeMap<>();
        flatten(wanted, "", left);
        flatten(found, "", right);
        List<String> lines = new ArrayList<>();
        left.forEach((path, value) -> {
            String other = right.remove(path);
            if (other == null) {
                lines.add(path + ": recorded " + value + ", now absent");
            } else if (!other.equals(value)) {
                lines.add(path + ": recorded " + value + "\n        now " + other);
            }
        });
        right.forEach((path, value) -> lines.add(path + ": recorded absent, now " + value));
        return lines;
    }

    private static void flatten(JsonNode node, String path, Map<String, String> into) {
        if (node.isContainerNode() && !node.isEmpty()) {
            node.properties().forEach(member -> flatten(member.getValue(), path + "." + member.getKey(), into));
            if (node.isArray()) {
                for (int i = 0; i < node.size(); i++) {
                    flatten(node.get(i), path + "[" + i + "]", into);
                }
            }
            return;
        }
        into.put(path, node.toString());
    }
}
