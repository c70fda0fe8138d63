// SPDX-License-Identifier: Apache-2.0
package io.fairlead.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An object as a map from field paths to values; items of lists are named by their key: {@code conditions[type=Ready]}. */
final class Flat {
    private static final List<String> LIST_KEYS =
            List.of("type", "name", "uid", "ip", "key", "containerPort", "port", "topologyKey");
    private static final Pattern UNUSUAL = Pattern.compile("[./]");

    private Flat() {}

    static Map<String, JsonNode> of(JsonNode node) {
        Map<String, JsonNode> flat = new LinkedHashMap<>();
        flatten(node, "", flat);
        return flat;
    }

    /** The fields that differ, each with the value before and after; null where there is none. */
    static ObjectNode changes(JsonNode before, JsonNode after) {
        Map<String, JsonNode> old = of(before);
        Map<String, JsonNode> fresh = of(after);
        Set<String> paths = new TreeSet<>(old.keySet());
        paths.addAll(fresh.keySet());
        ObjectNode changes = Json.object();
        for (String path : paths) {
            JsonNode a = old.get(path);
            JsonNode b = fresh.get(path);
            boolean same = a == null ? b == null : a.equals(b);
            if (!same && !(isNothing(a) && isNothing(b))) {
                changes.putArray(path).add(orNull(a)).add(orNull(b));
            }
        }
        return changes;
    }

    /** The value at a path in the notation of {@link #of}, with {@code [0]} for positions; null if there is none. */
    static @Nullable JsonNode at(JsonNode node, String path) {
        JsonNode at = node;
        for (String part : parts(path)) {
            if (part.startsWith("[\"")) {
                at = at.path(part.substring(2, part.length() - 2));
            } else if (part.startsWith("[") && part.contains("=")) {
                at = item(at, part.substring(1, part.length() - 1).split("=", 2));
            } else if (part.startsWith("[")) {
                at = at.path(Integer.parseInt(part.substring(1, part.length() - 1)));
            } else {
                at = at.path(part);
            }
        }
        return at.isMissingNode() || at.isNull() ? null : at;
    }

    private static List<String> parts(String path) {
        return Pattern.compile("\\[\\w+=[^\\]]+\\]|\\[\"[^\"]+\"\\]|\\[\\d+\\]|[^.\\[\\]]+")
                .matcher(path)
                .results()
                .map(match -> match.group())
                .toList();
    }

    private static JsonNode item(JsonNode list, String[] keyAndValue) {
        for (JsonNode item : list) {
            if (item.path(keyAndValue[0]).asText().equals(keyAndValue[1])) {
                return item;
            }
        }
        return list.path("");
    }

    private static void flatten(JsonNode node, String path, Map<String, JsonNode> into) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties().forEach(member -> {
                boolean unusual = UNUSUAL.matcher(member.getKey()).find();
                String name = unusual ? "[\"" + member.getKey() + "\"]" : (path.isEmpty() ? "" : ".") + member.getKey();
                flatten(member.getValue(), path + name, into);
            });
        } else if (node.isArray() && !node.isEmpty() && allObjects(node)) {
            flattenList(node, path, into);
        } else {
            into.put(path, node);
        }
    }

    private static void flattenList(JsonNode list, String path, Map<String, JsonNode> into) {
        for (String key : LIST_KEYS) {
            if (isKey(list, key)) {
                list.forEach(item -> flatten(item, path + "[" + key + "=" + pythonText(item.get(key)) + "]", into));
                return;
            }
        }
        boolean endpoints = true;
        for (JsonNode item : list) {
            endpoints &= item.path("addresses").path(0).isTextual();
        }
        if (endpoints) {
            list.forEach(item ->
                    flatten(item, path + "[" + item.path("addresses").get(0).asText() + "]", into));
        } else if (list.size() == 1) {
            flatten(list.get(0), path + "[0]", into);
        } else {
            into.put(path, list);
        }
    }

    private static String pythonText(JsonNode node) {
        return node.isTextual() ? node.asText() : node.toString();
    }

    private static boolean isKey(JsonNode list, String key) {
        Set<String> seen = new HashSet<>();
        for (JsonNode item : list) {
            if (!item.has(key) || !seen.add(pythonText(item.get(key)))) {
                return false;
            }
        }
        return true;
    }

    private static boolean allObjects(JsonNode list) {
        for (JsonNode item : list) {
            if (!item.isObject()) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNothing(@Nullable JsonNode node) {
        return node == null || node.isNull() || (node.isContainerNode() && node.isEmpty());
    }

    private static JsonNode orNull(@Nullable JsonNode node) {
        return node == null ? Json.MAPPER.nullNode() : node;
    }

    /** A copy with the members in order of their names, for comparing as text. */
    static Map<String, JsonNode> sorted(JsonNode node) {
        return new TreeMap<>(of(node));
    }
}
