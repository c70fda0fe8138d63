// SPDX-License-Identifier: Apache-2.0
package io.fairlead.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import io.fairlead.compatibility.TraceDigest.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * What differs between two traces of one scenario.
 *
 * <p>Looked at are the answers of steps, the events as a multiset, the final objects by kind and masked name, and for each
 * object and field the sequence of its values. Order between objects and timing may differ; sequences of numbers are reduced to
 * their turning points, so that merged writes are equal; times, generations and names of nodes do not count.
 */
final class TraceComparison {
    private static final int SHOWN_MAX = 300;

    private final List<String> differences = new ArrayList<>();

    private TraceComparison() {}

    /** One line each, beginning with what it is about: {@code event}, {@code step}, {@code final} or {@code sequence}. */
    static List<String> of(Trace wanted, Trace found) {
        TraceComparison comparison = new TraceComparison();
        comparison.events(wanted, found);
        comparison.steps(wanted, found);
        comparison.finals(wanted, found);
        comparison.sequences(wanted, found);
        return comparison.differences;
    }

    /** Masked numbers and names of nodes differ legitimately when objects race: only their kind counts. */
    static String loose(JsonNode node) {
        return loose(node.isTextual() ? node.asText() : Unordered.canonical(node));
    }

    static String loose(String text) {
        return text.replaceAll("<(suffix|hash|uid|ip|minute|nodeport):\\d+>", "<$1>")
                .replaceAll("\\bnode-\\d+\\b", "node-n");
    }

    private void events(Trace wanted, Trace found) {
        Bag<String> want = eventBag(wanted);
        Bag<String> have = eventBag(found);
        want.minus(have).keys().forEach(event -> differences.add("event missing: " + event));
        have.minus(want).keys().forEach(event -> differences.add("event extra: " + event));
    }

    private static Bag<String> eventBag(Trace trace) {
        Bag<String> bag = new Bag<>();
        for (JsonNode event : trace.events()) {
            String object = event.path("object").asText();
            // As the recordings name an event among their varying places.
            bag.add(List.of(
                            event.path("type").asText(),
                            event.path("reason").asText(),
                            loose(event.path("message").asText("")),
                            object.substring(0, Math.max(0, object.indexOf('/'))))
                    .stream()
                    .map(part -> Json.write(text(part)))
                    .collect(Collectors.joining(", ", "[", "]")));
        }
        return bag;
    }

    private void steps(Trace wanted, Trace found) {
        for (int i = 0; i < Math.min(wanted.steps().size(), found.steps().size()); i++) {
            String want = stepText(wanted.steps().get(i));
            String have = stepText(found.steps().get(i));
            if (!want.equals(have)) {
                differences.add("step: " + want + " -> " + have);
            }
        }
    }

    private static String stepText(JsonNode step) {
        String text = step.path("message").asText("");
        text = text.isEmpty() || text.equals("null") ? step.path("stdout").asText("") : text;
        return step.path("step").asText() + " "
                + step.path("code").asText(step.path("exit").asText()) + " "
                + step.path("reason").asText("") + " " + loose(text);
    }

    private void finals(Trace wanted, Trace found) {
        Map<String, List<Map<String, String>>> want = finalGroups(wanted);
        Map<String, List<Map<String, String>>> have = finalGroups(found);
        eachKey(want, have, (key, none) -> {
            List<Map<String, String>> a = want.getOrDefault(key, List.of());
            List<Map<String, String>> b = have.getOrDefault(key, List.of());
            if (a.size() != b.size()) {
                differences.add("final " + key + ": " + a.size() + " -> " + b.size() + " objects");
                return;
            }
            Set<String> fields = new TreeSet<>();
            a.forEach(object -> fields.addAll(object.keySet()));
            b.forEach(object -> fields.addAll(object.keySet()));
            for (String field : fields) {
                compare("final " + key + " " + field, values(a, field), values(b, field));
            }
        });
    }

    private static Bag<String> values(List<Map<String, String>> objects, String field) {
        Bag<String> bag = new Bag<>();
        objects.forEach(object -> bag.add(object.getOrDefault(field, "(absent)")));
        return bag;
    }

    private static Map<String, List<Map<String, String>>> finalGroups(Trace trace) {
        Map<String, List<Map<String, String>>> groups = new TreeMap<>();
        for (JsonNode object : trace.finals()) {
            String key = object.path("kind").asText() + " "
                    + loose(object.path("metadata").path("name"));
            Map<String, String> fields = new TreeMap<>();
            Flat.of(object).forEach((path, value) -> fields.put(loose(path), loose(value)));
            groups.computeIfAbsent(key, none -> new ArrayList<>()).add(fields);
        }
        return groups;
    }

    private void sequences(Trace wanted, Trace found) {
        Map<String, Bag<String>> want = sequenceBags(wanted);
        Map<String, Bag<String>> have = sequenceBags(found);
        eachKey(want, have, (key, none) -> {
            Bag<String> a = want.getOrDefault(key, new Bag<>());
            Bag<String> b = have.getOrDefault(key, new Bag<>());
            // How many objects went the same way is the business of their lives alone.
            boolean sameWays = !key.endsWith(" (life)") && new HashSet<>(a.keys()).equals(new HashSet<>(b.keys()));
            if (!sameWays) {
                compare("sequence " + key, a, b);
            }
        });
    }

    private static Map<String, Bag<String>> sequenceBags(Trace trace) {
        Map<List<String>, Map<String, List<JsonNode>>> objects = new LinkedHashMap<>();
        for (JsonNode write : trace.writes()) {
            List<String> id =
                    List.of(write.path("kind").asText(), write.path("name").asText());
            Map<String, List<JsonNode>> fields = objects.computeIfAbsent(id, none -> new TreeMap<>());
            switch (write.path("type").asText()) {
                case "ADDED" -> {
                    Flat.of(write.path("object")).forEach((path, value) -> append(fields, loose(path), value));
                    append(fields, "(life)", text("added"));
                    append(fields, "(created by)", write.path("by"));
                }
                case "MODIFIED" ->
                    write.path("changed")
                            .properties()
                            .forEach(change -> change(fields, loose(change.getKey()), change.getValue()));
                default -> append(fields, "(life)", text("deleted"));
            }
        }
        Map<String, Bag<String>> bags = new TreeMap<>();
        objects.forEach((id, fields) -> fields.forEach((path, values) -> {
            if (!isVarying(path)) {
                bags.computeIfAbsent(id.get(0) + " " + loose(id.get(1)) + " " + path, none -> new Bag<>())
                        .add(turns(values).toString());
            }
        }));
        return bags;
    }

    private static void change(Map<String, List<JsonNode>> fields, String path, JsonNode change) {
        JsonNode before = change.path(0);
        JsonNode after = change.path(1);
        boolean number = before.isIntegralNumber() || after.isIntegralNumber();
        if (!fields.containsKey(path)) {
            append(fields, path, before.isNull() && number ? IntNode.valueOf(0) : before);
        }
        append(fields, path, after.isNull() && number ? IntNode.valueOf(0) : after);
    }

    private static void append(Map<String, List<JsonNode>> fields, String path, JsonNode value) {
        JsonNode kept = value.isIntegralNumber() ? value : text(loose(value));
        fields.computeIfAbsent(path, none -> new ArrayList<>()).add(kept);
    }

    private static JsonNode text(String text) {
        return Json.MAPPER.getNodeFactory().textNode(text);
    }

    private static boolean isVarying(String path) {
        return path.endsWith("Time")
                || path.endsWith("Timestamp")
                || path.endsWith(".time")
                || path.endsWith("startedAt")
                || path.endsWith("finishedAt")
                || path.equals("metadata.generation")
                || path.equals("metadata.uid")
                || path.endsWith("bservedGeneration")
                || path.contains("last-change-trigger-time");
    }

    /** The sequence without repetitions, numbers reduced to their turning points. */
    private static List<JsonNode> turns(List<JsonNode> values) {
        List<JsonNode> turns = new ArrayList<>();
        for (JsonNode value : values) {
            int size = turns.size();
            if (size > 0 && turns.get(size - 1).equals(value)) {
                continue;
            }
            boolean onward = size > 1
                    && value.isIntegralNumber()
                    && turns.get(size - 1).isIntegralNumber()
                    && turns.get(size - 2).isIntegralNumber()
                    && (turns.get(size - 1).asLong() - turns.get(size - 2).asLong())
                                    * (value.asLong() - turns.get(size - 1).asLong())
                            > 0;
            if (onward) {
                turns.set(size - 1, value);
            } else {
                turns.add(value);
            }
        }
        return turns;
    }

    private static <V> void eachKey(Map<String, V> a, Map<String, V> b, BiConsumer<String, V> action) {
        Set<String> keys = new TreeSet<>(a.keySet());
        keys.addAll(b.keySet());
        for (String key : keys) {
            action.accept(key, a.containsKey(key) ? a.get(key) : b.get(key));
        }
    }

    private void compare(String where, Bag<String> wanted, Bag<String> found) {
        if (!wanted.equals(found)) {
            differences.add(where + ": " + shown(wanted.minus(found)) + " -> " + shown(found.minus(wanted)));
        }
    }

    private static String shown(Bag<String> bag) {
        String text = bag.isEmpty() ? "(none)" : String.join(" | ", bag.keys());
        return text.length() < SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "…";
    }

    /** The part of a difference by which a recording's list of varying places names it. */
    static List<String> place(String difference) {
        for (String kind : Arrays.asList("event missing", "event extra", "step", "final", "sequence")) {
            if (difference.startsWith(kind)) {
                String rest = difference.substring(kind.length()).replaceFirst("^:? ", "");
                boolean fields = kind.equals("final") || kind.equals("sequence");
                return List.of(kind, fields ? loose(rest).split(": ", 2)[0] : loose(rest));
            }
        }
        return List.of("", difference);
    }
}
