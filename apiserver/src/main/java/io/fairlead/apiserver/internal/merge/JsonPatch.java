// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.merge;

import io.fairlead.apiserver.internal.codec.GoText;
import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.codec.MalformedJsonException;
import io.fairlead.apiserver.internal.merge.PatchResult.Patched;
import io.fairlead.apiserver.internal.merge.PatchResult.Refused;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A list of operations on a document: RFC 6902 as the library that the original uses reads it.
 *
 * <p>That reading is more lenient than the RFC: {@code replace} of a missing member adds it, an index may be negative and then
 * counts from the end, or have leading zeros, {@code test} of a missing member against null holds. Objects on the way to a
 * place that an operation names get their members sorted by name, since the original writes them anew; it shows in what
 * error messages quote.
 */
final class JsonPatch {
    /** As many operations one patch may have; each may copy the whole document. The original's limit. */
    static final int OPERATIONS_MAX = 10_000;

    private static final Set<String> MEMBERS = Set.of("op", "path", "from", "value");

    private JsonValue document;

    /** The objects that the original writes anew; by identity, since their content changes. */
    private final Set<JsonObject> visited = Collections.newSetFromMap(new IdentityHashMap<>());

    private JsonPatch(JsonValue document) {
        this.document = document;
    }

    /**
     * Applies {@code patch} to {@code current}, which it consumes.
     *
     * @param strict whether to look for unknown and repeated members of operations
     */
    static PatchResult apply(byte[] patch, JsonObject current, boolean strict) {
        List<String> problems = new ArrayList<>();
        JsonValue parsed;
        try {
            parsed = Bodies.read(patch, duplicate -> problems.add("json patch duplicate field \"" + duplicate + "\""));
        } catch (MalformedJsonException e) {
            return badRequest(strict, e.getMessage());
        }
        if (parsed instanceof JsonNull) {
            parsed = new JsonArray();
        }
        Optional<String> misfit = misfit(parsed, strict);
        if (misfit.isPresent()) {
            return badRequest(strict, misfit.get());
        }
        JsonArray operations = (JsonArray) parsed;
        if (operations.size() > OPERATIONS_MAX) {
            return new Refused(PatchProblem.tooLarge("The allowed maximum operations in a JSON patch is "
                    + OPERATIONS_MAX + ", got " + operations.size()));
        }
        unknownMembers(operations, problems);
        JsonPatch run = new JsonPatch(current);
        for (JsonValue operation : operations) {
            if (!run.perform(operation instanceof JsonObject object ? object : new JsonObject())) {
                return new Refused(PatchProblem.rejected());
            }
        }
        JsonValue result = run.document;
        if (result instanceof JsonObject object) {
            run.visited.add(object);
        }
        run.visited.forEach(JsonObject::sortNames);
        return new Patched(result, strict ? problems : List.of(), () -> GoText.json(result));
    }

    private static PatchResult badRequest(boolean strict, @Nullable String message) {
        return new Refused(PatchProblem.badRequest((strict ? "error decoding patch: " : "") + message));
    }

    /** What Go's decoder says if {@code patch} is no list of operations. */
    private static Optional<String> misfit(JsonValue patch, boolean strict) {
        if (!(patch instanceof JsonArray operations)) {
            return Optional.of("json: cannot unmarshal " + GoText.jsonKind(patch) + " into Go value of type "
                    + (strict ? "[]handlers.jsonPatchOp" : "jsonpatch.Patch"));
        }
        for (JsonValue operation : operations) {
            if (operation instanceof JsonNull) {
                continue;
            }
            if (!(operation instanceof JsonObject object)) {
                return Optional.of("json: cannot unmarshal " + GoText.jsonKind(operation) + " into Go value of type "
                        + (strict ? "handlers.jsonPatchOp" : "jsonpatch.Operation"));
            }
            for (String name : strict ? List.of("op", "path", "from") : List.<String>of()) {
                JsonValue value = object.get(name);
                if (value != null && !(value instanceof JsonString) && !(value instanceof JsonNull)) {
                    return Optional.of("json: cannot unmarshal " + GoText.jsonKind(value)
                            + " into Go struct field jsonPatchOp." + name + " of type string");
                }
            }
        }
        return Optional.empty();
    }

    private static void unknownMembers(JsonArray operations, List<String> problems) {
        for (int i = 0; i < operations.size(); i++) {
            for (String name : operations.object(i).names()) {
                if (!MEMBERS.contains(name)) {
                    problems.add("json patch unknown field \"[" + i + "]." + name + "\"");
                }
            }
        }
    }

    private boolean perform(JsonObject operation) {
        return switch (operation.text("op")) {
            case "add" -> hasPath(operation) && add(operation.text("path"), value(operation));
            case "remove" -> hasPath(operation) && remove(operation.text("path"));
            case "replace" -> hasPath(operation) && replace(operation.text("path"), value(operation));
            case "move" -> hasPath(operation) && move(operation);
            case "copy" -> hasPath(operation) && copy(operation);
            case "test" -> hasPath(operation) && test(operation);
            default -> false;
        };
    }

    private static boolean hasPath(JsonObject operation) {
        return operation.get("path") instanceof JsonString;
    }

    private static JsonValue value(JsonObject operation) {
        JsonValue value = operation.get("value");
        return value == null ? JsonNull.NULL : value.deepCopy();
    }

    /** A place in the document: a member or item, there or not, of a container that is there. */
    private record Place(JsonValue container, String key) {}

    private @Nullable Place find(String path) {
        String[] parts = path.split("/", -1);
        if (parts.length < 2) {
            return null;
        }
        JsonValue container = document;
        for (int i = 1; i < parts.length - 1; i++) {
            JsonValue next = get(container, unescape(parts[i]));
            if (!(next instanceof JsonObject) && !(next instanceof JsonArray)) {
                return null;
            }
            if (next instanceof JsonObject object) {
                visited.add(object);
            }
            container = next;
        }
        return new Place(container, unescape(parts[parts.length - 1]));
    }

    private static String unescape(String part) {
        if (part.indexOf('~') < 0) {
            return part;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            char next = c == '~' && i + 1 < part.length() ? part.charAt(i + 1) : ' ';
            if (next == '0' || next == '1') {
                text.append(next == '0' ? '~' : '/');
                i++;
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    private static @Nullable JsonValue get(JsonValue container, String key) {
        if (container instanceof JsonObject object) {
            return object.get(key);
        }
        JsonArray array = (JsonArray) container;
        int index = index(key, array.size());
        return index >= 0 && index < array.size() ? array.get(index) : null;
    }

    /** The index that {@code key} names in a list of {@code size}, or -1; it may still lie behind the end. */
    private static int index(String key, int size) {
        int index;
        try {
            index = Integer.parseInt(key);
        } catch (NumberFormatException notANumber) {
            return -1;
        }
        return index < 0 ? Math.max(-1, index + size) : index;
    }

    private boolean add(String path, JsonValue value) {
        Place place = find(path);
        return place != null && add(place, value);
    }

    private static boolean add(Place place, JsonValue value) {
        if (place.container() instanceof JsonObject object) {
            object.put(place.key(), value);
            return true;
        }
        JsonArray array = (JsonArray) place.container();
        if (place.key().equals("-")) {
            array.add(value);
            return true;
        }
        // Where it will stand counts: -1 appends.
        int index = index(place.key(), array.size() + 1);
        if (index < 0 || index > array.size()) {
            return false;
        }
        array.add(index, value);
        return true;
    }

    private boolean remove(String path) {
        Place place = find(path);
        return place != null && remove(place);
    }

    private static boolean remove(Place place) {
        if (place.container() instanceof JsonObject object) {
            return object.remove(place.key()) != null;
        }
        JsonArray array = (JsonArray) place.container();
        int index = index(place.key(), array.size());
        if (index < 0 || index >= array.size()) {
            return false;
        }
        array.remove(index);
        return true;
    }

    private boolean replace(String path, JsonValue value) {
        if (path.isEmpty()) {
            boolean container = value instanceof JsonObject || value instanceof JsonArray;
            document = container ? value : document;
            return container;
        }
        Place place = find(path);
        if (place == null) {
            return false;
        }
        if (place.container() instanceof JsonObject object) {
            object.put(place.key(), value);
            return true;
        }
        JsonArray array = (JsonArray) place.container();
        int index = index(place.key(), array.size());
        if (index < 0 || index >= array.size()) {
            return false;
        }
        array.set(index, value);
        return true;
    }

    private boolean move(JsonObject operation) {
        Place from = operation.get("from") instanceof JsonString text ? find(text.value()) : null;
        if (from == null) {
            return false;
        }
        JsonValue value = get(from.container(), from.key());
        return value != null && remove(from) && add(operation.text("path"), value);
    }

    private boolean copy(JsonObject operation) {
        Place from = operation.get("from") instanceof JsonString text ? find(text.value()) : null;
        if (from == null) {
            return false;
        }
        JsonValue value = get(from.container(), from.key());
        if (value == null && from.container() instanceof JsonArray) {
            return false;
        }
        return add(operation.text("path"), value == null ? JsonNull.NULL : value.deepCopy());
    }

    private boolean test(JsonObject operation) {
        String path = operation.text("path");
        JsonValue expected = operation.get("value");
        if (path.isEmpty()) {
            return document.equals(expected);
        }
        Place place = find(path);
        if (place == null) {
            return false;
        }
        JsonValue actual = get(place.container(), place.key());
        if (actual == null && place.container() instanceof JsonArray) {
            return false;
        }
        if (actual == null || actual instanceof JsonNull) {
            return expected == null || expected instanceof JsonNull;
        }
        return actual.equals(expected);
    }
}
