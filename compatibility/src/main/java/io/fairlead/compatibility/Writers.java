// SPDX-License-Identifier: Apache-2.0
package io.fairlead.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Guesses from managed fields who made a change, as the recordings do; their times are whole seconds, so it is a guess. */
final class Writers {
    private static final Pattern LAST_DOT = Pattern.compile("\\.(?![^\\[]*\"\\])");

    private record Entry(String manager, String operation, String subresource, String apiVersion) {
        static Entry of(JsonNode node) {
            return new Entry(
                    node.path("manager").asText(""),
                    node.path("operation").asText(""),
                    node.path("subresource").asText(""),
                    node.path("apiVersion").asText(""));
        }

        String text() {
            return manager
                    + (subresource.isEmpty() ? "" : "/" + subresource)
                    + (operation.equals("Apply") ? " (apply)" : "");
        }
    }

    private Writers() {}

    /** Who turned {@code before} into {@code after}, by changing the fields {@code changed}; null if nothing tells. */
    static @Nullable String of(@Nullable JsonNode before, JsonNode after, Collection<String> changed) {
        if (changed.contains("spec.nodeName")) {
            return "(binding)";
        }
        if (changed.contains("metadata.deletionTimestamp") || changed.contains("metadata.deletionGracePeriodSeconds")) {
            return "(delete)";
        }
        Map<Entry, JsonNode> old = new HashMap<>();
        if (before != null) {
            before.path("metadata").path("managedFields").forEach(entry -> old.put(Entry.of(entry), entry));
        }
        List<JsonNode> entries = new ArrayList<>();
        after.path("metadata").path("managedFields").forEach(entries::add);
        Set<Entry> grew = grown(old, entries);
        if (grew.isEmpty() && !changed.isEmpty()) {
            newestOf(candidates(entries, changed), grew);
        }
        String text = grew.stream().map(Entry::text).collect(Collectors.toCollection(TreeSet::new)).stream()
                .collect(Collectors.joining(", "));
        return text.isEmpty() ? null : text;
    }

    private static Set<Entry> grown(Map<Entry, JsonNode> old, List<JsonNode> entries) {
        Set<Entry> grew = new HashSet<>();
        for (JsonNode entry : entries) {
            JsonNode was = old.get(Entry.of(entry));
            boolean later = was == null || !was.path("time").equals(entry.path("time"));
            if (!old.isEmpty() && later) {
                grew.add(Entry.of(entry));
            }
        }
        if (!grew.isEmpty()) {
            return grew;
        }
        for (JsonNode entry : entries) {
            JsonNode was = old.get(Entry.of(entry));
            if (was != null
                    && entry.path("fieldsV1").toString().length()
                            > was.path("fieldsV1").toString().length()) {
                grew.add(Entry.of(entry));
            }
        }
        if (!grew.isEmpty()) {
            return grew;
        }
        for (JsonNode entry : entries) {
            JsonNode was = old.get(Entry.of(entry));
            if (was == null
                    || !was.path("time").equals(entry.path("time"))
                    || !was.path("fieldsV1").equals(entry.path("fieldsV1"))) {
                grew.add(Entry.of(entry));
            }
        }
        return grew;
    }

    /** The same manager wrote again within the second: entries of that part of the object. */
    private static List<JsonNode> candidates(List<JsonNode> entries, Collection<String> changed) {
        Set<String> last = new HashSet<>();
        for (String path : changed) {
            String[] parts = LAST_DOT.split(path, -1);
            String tail = parts[parts.length - 1];
            tail = tail.substring(tail.lastIndexOf("[\"") < 0 ? 0 : tail.lastIndexOf("[\"") + 2);
            last.add(tail.replaceAll("[\"\\]]+$", ""));
        }
        List<JsonNode> named = entries.stream()
                .filter(entry -> last.stream()
                        .anyMatch(name -> entry.path("fieldsV1").toString().contains("\"f:" + name + "\"")))
                .toList();
        if (!named.isEmpty()) {
            return named;
        }
        String part = changed.stream().allMatch(path -> path.startsWith("status")) ? "status" : "";
        List<JsonNode> sameAspect = entries.stream()
                .filter(entry -> entry.path("subresource").asText("").equals(part))
                .toList();
        return sameAspect.isEmpty() ? entries : sameAspect;
    }

    private static void newestOf(List<JsonNode> candidates, Set<Entry> into) {
        JsonNode newest = null;
        for (JsonNode entry : candidates) {
            if (newest == null
                    || entry.path("time")
                                    .asText("")
                                    .compareTo(newest.path("time").asText(""))
                            > 0) {
                newest = entry;
            }
        }
        if (newest != null) {
            into.add(Entry.of(newest));
        }
    }
}
