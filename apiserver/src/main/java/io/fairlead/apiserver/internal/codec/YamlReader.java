// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.codec;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Turns YAML into trees, as the library does that Kubernetes uses: scalars by the rules of YAML 1.1 ({@code yes} and {@code on}
 * are booleans, dates are strings), merge keys, anchors, the first document only. Any thread may call it.
 */
public final class YamlReader {
    /** Deeper than any honest object; bounds the recursion. */
    private static final int DEPTH_MAX = 500;

    /** How many values a document may have once its aliases are expanded; a small text could else fill the memory. */
    private static final int VALUES_MAX = 1_000_000;

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setCodePointLimit(Integer.MAX_VALUE) // The size of requests is bounded before they come here.
            .build();

    private final ParserImpl parser;
    private final Consumer<String> duplicates;
    private final Map<Anchor, JsonValue> anchors = new HashMap<>();
    private final Set<Anchor> open = new HashSet<>();
    private int depth;
    private int values;

    private YamlReader(String text, Consumer<String> duplicates) {
        this.parser = new ParserImpl(SETTINGS, new StreamReader(SETTINGS, text));
        this.duplicates = duplicates;
    }

    /**
     * Reads the first document; an empty text is null. Of members with the same name the last counts.
     *
     * @param duplicates told each member that repeats an earlier one, in the words of the original's strict reader:
     *     {@code line 2: key "a" already set in map}. In a strict error these lines follow, each indented by two blanks,
     *     the line {@code yaml: unmarshal errors:}.
     * @throws MalformedYamlException if {@code bytes} is no YAML
     */
    public static JsonValue read(byte[] bytes, Consumer<String> duplicates) {
        try {
            return new YamlReader(new String(bytes, StandardCharsets.UTF_8), duplicates).document();
        } catch (YamlEngineException e) {
            throw new MalformedYamlException(GoYamlError.text(e));
        }
    }

    private JsonValue document() {
        parser.next(); // the start of the stream
        if (!parser.checkEvent(Event.ID.DocumentStart)) {
            return JsonNull.NULL;
        }
        parser.next();
        return node(parser.next());
    }

    private JsonValue node(Event event) {
        values++;
        if (event instanceof AliasEvent alias) {
            return alias(alias.getAlias());
        }
        Optional<Anchor> anchor = event instanceof NodeEvent node ? node.getAnchor() : Optional.empty();
        anchor.ifPresent(open::add);
        if (++depth > DEPTH_MAX) {
            throw new MalformedYamlException("yaml: exceeded max depth of " + DEPTH_MAX);
        }
        JsonValue value =
                switch (event) {
                    case ScalarEvent scalar -> YamlScalars.value(scalar);
                    case SequenceStartEvent ignored -> sequence();
                    case MappingStartEvent ignored -> mapping();
                    default -> throw new IllegalStateException("no node begins with " + event.getEventId());
                };
        depth--;
        anchor.ifPresent(name -> {
            open.remove(name);
            anchors.put(name, value);
        });
        return value;
    }

    private JsonValue alias(Anchor name) {
        if (open.contains(name)) {
            throw new MalformedYamlException("yaml: anchor '" + name.getValue() + "' value contains itself");
        }
        JsonValue value = anchors.get(name);
        if (value == null) {
            throw new MalformedYamlException("yaml: unknown anchor '" + name.getValue() + "' referenced");
        }
        count(value);
        return value.deepCopy();
    }

    private void count(JsonValue value) {
        if (++values > VALUES_MAX) {
            throw new MalformedYamlException("yaml: document contains excessive aliasing");
        }
        switch (value) {
            case JsonObject object -> {
                for (int i = 0; i < object.size(); i++) {
                    count(object.valueAt(i));
                }
            }
            case JsonArray array -> array.forEach(this::count);
            case JsonString ignored -> {}
            case JsonNumber ignored -> {}
            case JsonBoolean ignored -> {}
            case JsonNull ignored -> {}
        }
    }

    private JsonArray sequence() {
        JsonArray array = new JsonArray();
        while (!parser.checkEvent(Event.ID.SequenceEnd)) {
            array.add(node(parser.next()));
        }
        parser.next();
        return array;
    }

    private JsonObject mapping() {
        JsonObject object = new JsonObject();
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            Event key = parser.next();
            if (key instanceof ScalarEvent scalar
                    && scalar.isPlain()
                    && scalar.getValue().equals("<<")) {
                int line = nextLine();
                merge(node(parser.next()), object, line);
                continue;
            }
            JsonValue name = node(key);
            int line = nextLine();
            put(object, keyText(name), node(parser.next()), "line " + line + ": key " + JsonWriter.text(name));
        }
        parser.next();
        return object;
    }

    private int nextLine() {
        return parser.peekEvent().getStartMark().map(Mark::getLine).orElse(0) + 1;
    }

    private void put(JsonObject object, String name, JsonValue value, String place) {
        if (object.has(name)) {
            duplicates.accept(place + " already set in map");
        }
        object.put(name, value);
    }

    private void merge(JsonValue merged, JsonObject into, int line) {
        switch (merged) {
            case JsonObject object ->
                object.forEach((name, value) ->
                        put(into, name, value, "line " + line + ": key " + JsonWriter.text(new JsonString(name))));
            case JsonArray array -> {
                // Of several the first wins, so it comes last.
                for (int i = array.size() - 1; i >= 0; i--) {
                    merge(array.get(i), into, line);
                }
            }
            case JsonString ignored -> throw noMap();
            case JsonNumber ignored -> throw noMap();
            case JsonBoolean ignored -> throw noMap();
            case JsonNull ignored -> throw noMap();
        }
    }

    private static MalformedYamlException noMap() {
        return new MalformedYamlException("yaml: map merge requires map or sequence of maps as the value");
    }

    private static String keyText(@Nullable JsonValue key) {
        return switch (key) {
            case JsonString string -> string.value();
            case JsonNumber number -> number.lexeme();
            case JsonBoolean bool -> bool.toString();
            case JsonNull ignored ->
                throw new MalformedYamlException("unsupported map key of type: %!s(<nil>), key: <nil>, value: <nil>");
            case JsonObject ignored -> throw new MalformedYamlException("yaml: invalid map key");
            case JsonArray ignored -> throw new MalformedYamlException("yaml: invalid map key");
            case null -> throw new IllegalStateException("a member without a name");
        };
    }
}
