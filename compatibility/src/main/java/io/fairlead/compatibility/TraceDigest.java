// SPDX-License-Identifier: Apache-2.0
package io.fairlead.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.compatibility.ObservedCluster.Change;
import io.fairlead.compatibility.ScenarioPlayer.Seen;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns what a scenario saw into the form of the recordings: writes, final objects and events, masked. */
final class TraceDigest {
    private static final Set<String> SKIPPED = Set.of("leases", "ipaddresses", "events", "namespaces");

    /**
     * What a scenario saw.
     *
     * @param steps the answers of its steps
     * @param writes every change but those of events, in order of their revisions
     * @param finals the objects at the end
     * @param events with their final counts
     */
    record Trace(ArrayNode steps, ArrayNode writes, ArrayNode finals, ArrayNode events) {}

    private final ScenarioPlayer play;
    private final ScenarioMask mask;
    private final Set<String> skipped = new HashSet<>(SKIPPED);
    private final Map<ObservedCluster.Key, JsonNode> previous = new HashMap<>();
    private final Map<String, ObjectNode> events = new LinkedHashMap<>();
    private final ArrayNode writes = Json.array();

    private TraceDigest(ScenarioPlayer play) {
        this.play = play;
        this.mask = new ScenarioMask(
                play.namespace, play.scenario.path("exactNodes").asBoolean(false));
        if (play.scenario.has("skipKinds")) {
            skipped.clear();
            play.scenario.get("skipKinds").forEach(kind -> skipped.add(kind.asText()));
        }
    }

    static Trace of(ScenarioPlayer play, List<JsonNode> finals) {
        return new TraceDigest(play).digest(finals);
    }

    private Trace digest(List<JsonNode> finals) {
        List<Seen> items = new ArrayList<>(play.seen);
        items.sort(Comparator.comparingLong(item -> item.change().revision()));
        items.forEach(item -> mask.learn(named(item.change())));
        items.forEach(this::add);
        ArrayNode maskedEvents = Json.array();
        events.values().forEach(event -> maskedEvents.add(mask.object(event)));
        ArrayNode steps = Json.array();
        play.results.forEach(result -> steps.add(mask.object(result)));
        return new Trace(steps, writes, finals(finals), maskedEvents);
    }

    private static JsonNode named(Change change) {
        if (change.object() instanceof ObjectNode object && !object.has("kind")) {
            object.put("kind", change.kind().kind());
            object.put("apiVersion", change.kind().apiVersion());
        }
        return change.object();
    }

    private void add(Seen item) {
        Change change = item.change();
        if (change.kind().plural().equals("events")) {
            addEvent(change.object());
            return;
        }
        ObservedCluster.Key key = ObservedCluster.Key.of(change.kind(), change.object());
        boolean watched = play.extra.contains(key.plural() + "/" + key.namespace() + "/" + key.name())
                || play.extra.contains(key.plural() + "/" + key.name());
        if (skipped.contains(key.plural()) && !watched) {
            return;
        }
        JsonNode before = previous.getOrDefault(key, change.old());
        previous.put(key, change.object());
        if (key.namespace().equals(play.namespace) && item.step() == 0) {
            return;
        }
        ObjectNode write = Json.object();
        write.put("step", item.step())
                .put("type", change.type())
                .put("kind", change.object().path("kind").asText(change.kind().kind()))
                .put("name", key.name());
        if (change.type().equals("ADDED")) {
            write.put("by", Writers.of(null, change.object(), List.of()));
            write.set("object", clean(change.object()));
        } else if (change.type().equals("MODIFIED") && !modified(change, before, write)) {
            return;
        }
        writes.add(mask.object(write));
    }

    /** Adds what changed. Returns false for a mere heartbeat of a node, which is left out. */
    private static boolean modified(Change change, @Nullable JsonNode before, ObjectNode write) {
        ObjectNode changed = before == null ? Json.object() : Flat.changes(clean(before), clean(change.object()));
        List<String> paths = new ArrayList<>();
        changed.fieldNames().forEachRemaining(paths::add);
        write.put("by", Writers.of(before, change.object(), paths));
        write.set("changed", changed);
        boolean heartbeat = !paths.isEmpty() && paths.stream().allMatch(path -> path.contains("lastHeartbeatTime"));
        return !(change.kind().plural().equals("nodes") && heartbeat);
    }

    private void addEvent(JsonNode event) {
        ObjectNode into =
                events.computeIfAbsent(event.path("metadata").path("name").asText(), none -> Json.object());
        JsonNode about = event.path("involvedObject");
        into.put("type", event.path("type").asText());
        into.put("reason", event.path("reason").asText());
        into.put("message", event.path("message").asText(""));
        into.put(
                "object", about.path("kind").asText() + "/" + about.path("name").asText());
        int count = event.path("series").path("count").asInt(event.path("count").asInt(1));
        into.put("count", Math.max(1, count));
    }

    private ArrayNode finals(List<JsonNode> objects) {
        List<JsonNode> sorted = new ArrayList<>(objects);
        sorted.sort(Comparator.comparing(
                        (JsonNode object) -> object.path("kind").asText())
                .thenComparing(object ->
                        object.path("metadata").path("creationTimestamp").asText())
                .thenComparing(object -> object.path("metadata").path("name").asText()));
        ArrayNode finals = Json.array();
        for (JsonNode object : sorted) {
            String kind = object.path("kind").asText();
            String name = object.path("metadata").path("name").asText();
            boolean everywhere = (kind.equals("ConfigMap") && name.equals("kube-root-ca.crt"))
                    || (kind.equals("ServiceAccount") && name.equals("default"));
            boolean shown = !everywhere || play.scenario.path("showDefaults").asBoolean(false);
            if (shown && !skipped.contains(ScenarioKinds.of(kind).plural())) {
                finals.add(mask.object(clean(object)));
            }
        }
        return finals;
    }

    private static JsonNode clean(JsonNode object) {
        JsonNode copy = object.deepCopy();
        if (copy.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove(List.of("resourceVersion", "managedFields", "selfLink"));
        }
        return copy;
    }
}
