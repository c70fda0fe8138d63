// SPDX-License-Identifier: Apache-2.0
package io.fairlead.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What {@code ${name}} stands for in the steps of one run of a script. */
final class Variables {
    private static final Pattern WHOLE = Pattern.compile("\\$\\{(\\w+)}");
    private static final Pattern REPEATED = Pattern.compile("\\$\\{(\\w)\\*(\\d+)}");

    private final Map<String, JsonNode> values = new HashMap<>();

    void put(String name, @Nullable JsonNode value) {
        values.put(name, value == null ? Json.MAPPER.nullNode() : value);
    }

    void put(String name, String value) {
        values.put(name, TextNode.valueOf(value));
    }

    JsonNode substitute(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = Json.object();
            object.properties()
                    .forEach(member -> copy.set(
                            substitute(TextNode.valueOf(member.getKey())).asText(), substitute(member.getValue())));
            return copy;
        }
        if (node instanceof ArrayNode list) {
            ArrayNode copy = Json.array();
            list.forEach(item -> copy.add(substitute(item)));
            return copy;
        }
        return node.isTextual() && node.asText().contains("${") ? substitute(node.asText()) : node;
    }

    private JsonNode substitute(String text) {
        var whole = WHOLE.matcher(text);
        if (whole.matches()) {
            return value(whole.group(1));
        }
        String repeated =
                REPEATED.matcher(text).replaceAll(match -> match.group(1).repeat(Integer.parseInt(match.group(2))));
        return TextNode.valueOf(WHOLE.matcher(repeated)
                .replaceAll(
                        match -> Matcher.quoteReplacement(value(match.group(1)).asText())));
    }

    private JsonNode value(String name) {
        JsonNode value = values.get(name);
        if (value == null) {
            throw new ScriptFailedException("nothing was saved as " + name);
        }
        return value;
    }
}
