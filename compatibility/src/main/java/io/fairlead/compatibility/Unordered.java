// SPDX-License-Identifier: Apache-2.0
package io.fairlead.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Gives managed fields and causes, whose order means nothing in the original, one order, so that answers compare. */
final class Unordered {
    private Unordered() {}

    /** Sorts in place, all the way down. */
    static void sort(JsonNode node) {
        if (node instanceof ObjectNode object) {
            sortMessage(object);
            object.properties().forEach(member -> {
                String name = member.getKey().substring(member.getKey().lastIndexOf('.') + 1);
                if (member.getValue() instanceof ArrayNode list && name.equals("managedFields")) {
                    sortBy(list, Comparator.comparing(Unordered::managedFieldsKey));
                } else if (member.getValue() instanceof ArrayNode list && name.equals("causes")) {
                    sortBy(list, Comparator.comparing(Unordered::canonical));
                }
            });
        }
        node.forEach(Unordered::sort);
    }

    private static void sortMessage(ObjectNode object) {
        JsonNode causes = object.get("details.causes");
        if (causes == null) {
            causes = object.path("details").get("causes");
        }
        if (!(causes instanceof ArrayNode list) || !object.path("message").isTextual()) {
            return;
        }
        List<String> problems = new ArrayList<>();
        list.forEach(cause -> problems.add(text(cause, "field") + ": " + text(cause, "message")));
        problems.sort(Comparator.naturalOrder());
        object.put("message", sortedMessage(object.path("message").asText(), problems));
    }

    /** The message, with the problems that it lists in the order of {@code problems}; unchanged if it lists others. */
    private static String sortedMessage(String message, List<String> problems) {
        int start = message.indexOf('[');
        String rest = message.substring(start + 1);
        List<String> left = new ArrayList<>(problems);
        while (!left.isEmpty()) {
            String remaining = rest;
            String found = left.stream()
                    .filter(remaining::startsWith)
                    .max(Comparator.comparingInt(String::length))
                    .orElse(null);
            if (start < 0 || found == null) {
                return message;
            }
            left.remove(found);
            rest = rest.substring(found.length());
            rest = rest.startsWith(", ") ? rest.substring(2) : rest;
        }
        return message.substring(0, start + 1) + String.join(", ", problems) + rest;
    }

    private static String managedFieldsKey(JsonNode entry) {
        return text(entry, "manager")
                + '\0'
                + text(entry, "operation")
                + '\0'
                + text(entry, "apiVersion")
                + '\0'
                + text(entry, "subresource");
    }

    private static String text(JsonNode node, String name) {
        return node.has(name) ? node.get(name).asText() : "None";
    }

    private static void sortBy(ArrayNode list, Comparator<JsonNode> order) {
        List<JsonNode> items = new ArrayList<>();
        list.forEach(items::add);
        items.sort(order);
        list.removeAll();
        list.addAll(items);
    }

    /** JSON with members in order of their names. */
    static String canonical(JsonNode node) {
        if (node instanceof ObjectNode object) {
            StringBuilder text = new StringBuilder("{");
            object.properties().stream().sorted(Map.Entry.comparingByKey()).forEach(member -> text.append('"')
                    .append(member.getKey())
                    .append("\":")
                    .append(canonical(member.getValue()))
                    .append(','));
            return text.append('}').toString();
        }
        return node.toString();
    }
}
