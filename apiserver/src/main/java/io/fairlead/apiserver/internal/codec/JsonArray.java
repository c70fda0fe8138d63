// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.codec;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A JSON array: mutable, for one thread. */
public final class JsonArray implements JsonValue, Iterable<JsonValue> {
    private final List<JsonValue> items;

    /** An empty array. */
    public JsonArray() {
        this.items = new ArrayList<>();
    }

    /** An empty array with room for {@code capacity} items. */
    public JsonArray(int capacity) {
        this.items = new ArrayList<>(capacity);
    }

    private JsonArray(List<JsonValue> items) {
        this.items = items;
    }

    /** An array of {@code items}, which it shares. */
    public static JsonArray of(JsonValue... items) {
        return of(List.of(items));
    }

    /** An array of {@code items}, which it shares. */
    public static JsonArray of(Iterable<? extends JsonValue> items) {
        JsonArray array = new JsonArray();
        items.forEach(array::add);
        return array;
    }

    /** An array of strings. */
    public static JsonArray ofStrings(Iterable<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }

    public int size() {
        return items.size();
    }

    public boolean isEmpty() {
        return items.isEmpty();
    }

    public JsonValue get(int index) {
        return items.get(index);
    }

    public JsonArray add(JsonValue value) {
        items.add(requireNonNull(value, "value"));
        return this;
    }

    public JsonArray add(String value) {
        return add(new JsonString(value));
    }

    public void add(int index, JsonValue value) {
        items.add(index, requireNonNull(value, "value"));
    }

    public void set(int index, JsonValue value) {
        items.set(index, requireNonNull(value, "value"));
    }

    public JsonValue remove(int index) {
        return items.remove(index);
    }

    public boolean removeIf(Predicate<JsonValue> filter) {
        return items.removeIf(filter);
    }

    public void clear() {
        items.clear();
    }

    /** The item at {@code index} if it is an object, else an empty object that belongs to nobody. */
    public JsonObject object(int index) {
        return items.get(index) instanceof JsonObject object ? object : new JsonObject();
    }

    /** The item at {@code index} if it is a string, else the empty string. */
    public String text(int index) {
        return items.get(index) instanceof JsonString string ? string.value() : "";
    }

    /** The items that are objects, in order; changing one changes the array's. */
    public List<JsonObject> objects() {
        List<JsonObject> objects = new ArrayList<>(items.size());
        for (JsonValue item : items) {
            if (item instanceof JsonObject object) {
                objects.add(object);
            }
        }
        return objects;
    }

    /** The items that are strings, in order. */
    public List<String> texts() {
        List<String> texts = new ArrayList<>(items.size());
        for (JsonValue item : items) {
            if (item instanceof JsonString string) {
                texts.add(string.value());
            }
        }
        return texts;
    }

    @Override
    public Iterator<JsonValue> iterator() {
        return items.iterator();
    }

    @Override
    public JsonArray deepCopy() {
        List<JsonValue> copies = new ArrayList<>(items.size());
        for (JsonValue item : items) {
            copies.add(item.deepCopy());
        }
        return new JsonArray(copies);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonArray that && items.equals(that.items);
    }

    @Override
    public int hashCode() {
        return items.hashCode();
    }

    @Override
    public String toString() {
        return JsonWriter.text(this);
    }
}
