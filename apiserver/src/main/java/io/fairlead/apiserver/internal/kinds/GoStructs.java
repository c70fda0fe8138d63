// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonBoolean;
import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonNumber;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.validation.LabelSelectors;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Objects as the original's messages show them: as the JSON of its internal Go types, with every field there is.
 *
 * <p>The types are a small table, loaded when the first message needs one.
 */
final class GoStructs {
    private record Field(String goName, String name, String form) {}

    private static final Map<String, List<Field>> TYPES = load();

    private GoStructs() {}

    /** A pod's wish; what in Go belongs to the security context is taken from where it stands in the API. */
    static JsonObject podSpec(JsonObject spec) {
        JsonObject copy = spec.deepCopy();
        JsonObject context = copy.object("securityContext");
        if (context != null) {
            for (String field : List.of("hostNetwork", "hostPID", "hostIPC", "shareProcessNamespace", "hostUsers")) {
                GenericStrategy.copy(field, spec, context);
            }
        }
        return of("PodSpec", copy);
    }

    /** {@code object} as the Go type {@code type}. */
    static JsonObject of(String type, JsonObject object) {
        List<Field> fields = TYPES.get(type);
        if (fields == null) {
            throw new IllegalStateException("no such type in the table: " + type);
        }
        JsonObject text = new JsonObject();
        for (Field field : fields) {
            text.put(field.goName(), value(field.form(), object.get(field.name())));
        }
        return text;
    }

    private static JsonValue value(String form, @Nullable JsonValue value) {
        return switch (form) {
            case "s" -> value == null ? JsonString.EMPTY : value;
            case "n", "i" -> value == null ? JsonNumber.of(0) : value;
            case "b" -> value == null ? JsonBoolean.FALSE : value;
            case "v" -> nullable(value);
            case "m" -> value instanceof JsonObject map && !map.isEmpty() ? sorted(map) : JsonNull.NULL;
            default -> struct(form, value);
        };
    }

    private static JsonValue nullable(@Nullable JsonValue value) {
        if (value == null || (value instanceof JsonArray list && list.isEmpty())) {
            return JsonNull.NULL;
        }
        boolean selector =
                value instanceof JsonObject object && (object.has("matchLabels") || object.has("matchExpressions"));
        return selector ? LabelSelectors.asText((JsonObject) value) : value;
    }

    private static JsonValue struct(String form, @Nullable JsonValue value) {
        if (form.startsWith("[]")) {
            if (!(value instanceof JsonArray list) || list.isEmpty()) {
                return JsonNull.NULL;
            }
            JsonArray items = new JsonArray();
            list.objects().forEach(item -> items.add(of(form.substring(2), item)));
            return items;
        }
        if (form.startsWith("*")) {
            return value instanceof JsonObject object ? of(form.substring(1), object) : JsonNull.NULL;
        }
        return of(form, value instanceof JsonObject object ? object : new JsonObject());
    }

    private static JsonValue sorted(JsonObject map) {
        JsonObject sorted = LabelSelectors.mapAsText(map);
        return sorted == null ? JsonNull.NULL : sorted;
    }

    private static Map<String, List<Field>> load() {
        Map<String, List<Field>> types = new HashMap<>();
        try (InputStream in = GoStructs.class.getResourceAsStream("/io/fairlead/apiserver/kinds/go-structs.txt")) {
            if (in == null) {
                throw new IllegalStateException("the table of Go types is missing from the program");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                int colon = line.indexOf(':');
                types.put(
                        line.substring(0, colon),
                        fields(line.substring(colon + 1).strip()));
            });
        } catch (IOException e) {
            throw new UncheckedIOException("reading the table of Go types", e);
        }
        return Map.copyOf(types);
    }

    private static List<Field> fields(String line) {
        List<Field> fields = new ArrayList<>();
        for (String word : line.split(" ", -1)) {
            int colon = word.indexOf(':');
            String names = word.substring(0, colon);
            int equals = names.indexOf('=');
            String goName = equals < 0 ? names : names.substring(0, equals);
            String name = equals < 0
                    ? Character.toLowerCase(names.charAt(0)) + names.substring(1)
                    : names.substring(equals + 1);
            fields.add(new Field(goName, name, word.substring(colon + 1)));
        }
        return List.copyOf(fields);
    }
}
