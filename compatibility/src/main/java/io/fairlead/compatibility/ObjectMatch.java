// SPDX-License-Identifier: Apache-2.0
package io.fairlead.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether an object is as a scenario's {@code where} and {@code selector} want it. */
final class ObjectMatch {
    private ObjectMatch() {}

    static boolean matches(JsonNode object, JsonNode where) {
        for (Map.Entry<String, JsonNode> each : where.properties()) {
            JsonNode have = Flat.at(object, each.getKey());
            JsonNode want = each.getValue();
            boolean holds = want.isObject() ? holds(object, have, want) : equal(have, want);
            if (!holds) {
                return false;
            }
        }
        return true;
    }

    private static boolean equal(@Nullable JsonNode have, JsonNode want) {
        boolean wantsNothing = want.isNull() || want.asText().isEmpty() || (want.isInt() && want.asInt() == 0);
        return have == null ? wantsNothing : have.equals(want);
    }

    private static boolean holds(JsonNode object, @Nullable JsonNode have, JsonNode want) {
        Map.Entry<String, JsonNode> test = want.properties().iterator().next();
        JsonNode value = test.getValue();
        JsonNode found = have == null ? NullNode.getInstance() : have;
        return switch (test.getKey()) {
            case "sameAs" -> {
                JsonNode other = Flat.at(object, value.asText());
                yield other == null ? have == null : other.equals(have);
            }
            case "not" -> !found.equals(value);
            case "atLeast" -> found.asLong(0) >= value.asLong();
            case "atMost" -> found.asLong(0) <= value.asLong();
            case "exists" -> (have != null) == value.asBoolean();
            default ->
                Pattern.compile(value.asText())
                        .matcher(have == null ? "" : found.asText())
                        .find();
        };
    }

    static boolean selected(JsonNode object, String selector) {
        JsonNode labels = object.path("metadata").path("labels");
        for (String term : selector.split(",", -1)) {
            String[] parts = term.split("=", 2);
            if (!term.isEmpty() && !labels.path(parts[0]).asText().equals(parts[1])) {
                return false;
            }
        }
        return true;
    }
}
