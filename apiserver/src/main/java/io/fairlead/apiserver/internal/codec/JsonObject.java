// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.codec;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object: members in the order in which they were added, mutable, for one thread.
 *
 * <p>Readers come in two moods. {@link #get}, {@link #object} and {@link #array} tell absence by null. The rest follow
 * Kubernetes' own habit that an absent member and an empty one mean the same: {@link #text} of an absent member is the empty
 * string, {@link #number} zero, {@link #flag} false, {@link #objects} an empty list. A member of another type counts as
 * absent.
 */
public final class JsonObject implements JsonValue {
    /** Up to this many members are searched one by one, which is faster than hashing; beyond it there is an index. */
    private static final int SCAN_MAX = 16;

    private String[] names;
    private JsonValue[] values;
    private int size;
    private @Nullable Map<String, Integer> index;

    /** An empty object. */
    public JsonObject() {
        this(4);
    }

    private JsonObject(int capacity) {
        names = new String[capacity];
        values = new JsonValue[capacity];
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public boolean has(String name) {
        return find(name) >= 0;
    }

    /** The member {@code name}, or null if there is none; a JSON null is {@link JsonNull}. */
    public @Nullable JsonValue get(String name) {
        int at = find(name);
        return at < 0 ? null : values[at];
    }

    public @Nullable JsonObject object(String name) {
        return get(name) instanceof JsonObject object ? object : null;
    }

    public @Nullable JsonArray array(String name) {
        return get(name) instanceof JsonArray array ? array : null;
    }

    /** The object at {@code name}; if there is none, an empty one that is not added to this. */
    public JsonObject objectOrEmpty(String name) {
        return get(name) instanceof JsonObject object ? object : new JsonObject();
    }

    /** The array at {@code name}; if there is none, an empty one that is not added to this. */
    public JsonArray arrayOrEmpty(String name) {
        return get(name) instanceof JsonArray array ? array : new JsonArray();
    }

    /** The object at {@code name}, added empty if there is none. */
    public JsonObject child(String name) {
        if (get(name) instanceof JsonObject object) {
            return object;
        }
        JsonObject fresh = new JsonObject();
        put(name, fresh);
        return fresh;
    }

    /** The array at {@code name}, added empty if there is none. */
    public JsonArray childArray(String name) {
        if (get(name) instanceof JsonArray array) {
            return array;
        }
        JsonArray fresh = new JsonArray();
        put(name, fresh);
        return fresh;
    }

    /** The objects in the array at {@code name}, in order; empty if there is no such array. */
    public List<JsonObject> objects(String name) {
        return get(name) instanceof JsonArray array ? array.objects() : List.of();
    }

    /** The strings in the array at {@code name}, in order; empty if there is no such array. */
    public List<String> texts(String name) {
        return get(name) instanceof JsonArray array ? array.texts() : List.of();
    }

    public String text(String name) {
        return get(name) instanceof JsonString string ? string.value() : "";
    }

    public @Nullable String textOrNull(String name) {
        return get(name) instanceof JsonString string ? string.value() : null;
    }

    public long number(String name) {
        return number(name, 0);
    }

    public long number(String name, long ifAbsent) {
        return get(name) instanceof JsonNumber number ? number.longValue() : ifAbsent;
    }

    public boolean flag(String name) {
        return get(name) == JsonBoolean.TRUE;
    }

    public JsonObject put(String name, JsonValue value) {
        requireNonNull(name, "name");
        requireNonNull(value, "value");
        int at = find(name);
        if (at >= 0) {
            values[at] = value;
        } else {
            append(name, value);
        }
        return this;
    }

    public JsonObject put(String name, String value) {
        return put(name, new JsonString(value));
    }

    public JsonObject put(String name, long value) {
        return put(name, JsonNumber.of(value));
    }

    public JsonObject put(String name, boolean value) {
        return put(name, JsonBoolean.of(value));
    }

    /** Adds the member unless there is one of that name, be it null. */
    public void putIfAbsent(String name, JsonValue value) {
        if (find(name) < 0) {
            append(name, value);
        }
    }

    /** Takes the member away. Returns it, or null if there was none. */
    public @Nullable JsonValue remove(String name) {
        int at = find(name);
        if (at < 0) {
            return null;
        }
        JsonValue removed = values[at];
        System.arraycopy(names, at + 1, names, at, size - at - 1);
        System.arraycopy(values, at + 1, values, at, size - at - 1);
        size--;
        index = null;
        return removed;
    }

    public void clear() {
        size = 0;
        index = null;
    }

    /** The name of member number {@code position}, for loops that must not allocate. */
    public String nameAt(int position) {
        return names[position];
    }

    /** The value of member number {@code position}. */
    public JsonValue valueAt(int position) {
        return values[position];
    }

    /** The names as they are now, in order. */
    public List<String> names() {
        return List.of(Arrays.copyOf(names, size));
    }

    /** Calls {@code action} for each member in order; it must not add or remove any. */
    public void forEach(BiConsumer<String, JsonValue> action) {
        for (int i = 0; i < size; i++) {
            action.accept(names[i], values[i]);
        }
    }

    /** The members whose values are strings, such as labels; in order, as they are now. */
    public Map<String, String> textMembers() {
        Map<String, String> members = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            if (values[i] instanceof JsonString string) {
                members.put(names[i], string.value());
            }
        }
        return members;
    }

    @Override
    public JsonObject deepCopy() {
        JsonObject copy = new JsonObject(Math.max(4, size));
        for (int i = 0; i < size; i++) {
            copy.names[i] = names[i];
            copy.values[i] = values[i].deepCopy();
        }
        copy.size = size;
        return copy;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof JsonObject that) || size != that.size) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            // Most often both have their members in the same order.
            JsonValue theirs = names[i].equals(that.names[i]) ? that.values[i] : that.get(names[i]);
            if (!values[i].equals(theirs)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 0;
        for (int i = 0; i < size; i++) {
            hash += (names[i].hashCode() * 31) ^ values[i].hashCode();
        }
        return hash;
    }

    @Override
    public String toString() {
        return JsonWriter.text(this);
    }

    /** Adds a member whose name this object is known not to have, without looking for it. */
    public void append(String name, JsonValue value) {
        if (size == names.length) {
            names = Arrays.copyOf(names, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        names[size] = name;
        values[size] = value;
        if (index != null) {
            index.put(name, size);
        }
        size++;
    }

    private int find(String name) {
        if (size > SCAN_MAX) {
            return indexed(name);
        }
        for (int i = 0; i < size; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private int indexed(String name) {
        Map<String, Integer> lookup = index;
        if (lookup == null) {
            lookup = new HashMap<>(size * 2);
            for (int i = 0; i < size; i++) {
                lookup.put(names[i], i);
            }
            index = lookup;
        }
        Integer at = lookup.get(name);
        return at == null ? -1 : at;
    }

    /** Sorts the members by name, as Go's encoder does with maps. Their values stay as they are. */
    public void sortNames() {
        List<Integer> order = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            order.add(i);
        }
        String[] unsortedNames = names;
        JsonValue[] unsortedValues = values;
        order.sort((a, b) -> unsortedNames[a].compareTo(unsortedNames[b]));
        names = new String[Math.max(4, size)];
        values = new JsonValue[Math.max(4, size)];
        for (int i = 0; i < size; i++) {
            names[i] = unsortedNames[order.get(i)];
            values[i] = unsortedValues[order.get(i)];
        }
        index = null;
    }
}
