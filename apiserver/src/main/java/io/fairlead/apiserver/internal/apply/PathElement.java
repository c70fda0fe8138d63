// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.apply;

import static java.util.Objects.requireNonNull;

import io.fairlead.apiserver.internal.codec.GoText;
import io.fairlead.apiserver.internal.codec.JsonBoolean;
import io.fairlead.apiserver.internal.codec.JsonNumber;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonReader;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.codec.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One step of the way to a field: a member, the item with a key, the item with a value, or the item at an index.
 *
 * <p>Immutable. Two elements are the same if they are written the same; the written form is made canonical when an element is
 * read.
 */
final class PathElement implements Comparable<PathElement> {
    /**
     * Elements seen lately, so that those of everyday objects are neither parsed nor written again. A slot holds one element
     * and is overwritten by the next; threads may race for it, since an element has final fields only.
     */
    private static final int SLOTS = 4_096;

    private static final @Nullable PathElement[] SEEN_BY_TEXT = new PathElement[SLOTS];
    private static final @Nullable PathElement[] SEEN_BY_KEY = new PathElement[SLOTS];

    private static final String[] NO_NAMES = {};
    private static final JsonValue[] NO_VALUES = {};

    /** In the order in which they are written. */
    enum Kind {
        FIELD,
        KEY,
        VALUE,
        INDEX
    }

    private final Kind kind;

    /** As it stands in {@code fieldsV1}, such as {@code f:spec}. */
    private final String text;

    private final String[] names;
    private final JsonValue[] values;

    private PathElement(Kind kind, String text, String[] names, JsonValue[] values) {
        this.kind = kind;
        this.text = text;
        this.names = names;
        this.values = values;
    }

    static PathElement field(String name) {
        return seenOr("f:" + name);
    }

    /** The item whose members {@code names}, which are sorted, have {@code values}. */
    static PathElement key(String[] names, JsonValue[] values) {
        int slot = (Arrays.hashCode(values) * 31 + names.length) & (SLOTS - 1);
        PathElement seen = SEEN_BY_KEY[slot];
        if (seen != null && Arrays.equals(seen.names, names) && Arrays.equals(seen.values, values)) {
            return seen;
        }
        JsonObject key = new JsonObject();
        for (int i = 0; i < names.length; i++) {
            key.put(names[i], values[i]);
        }
        PathElement element = new PathElement(Kind.KEY, "k:" + GoText.json(key), names, values);
        SEEN_BY_KEY[slot] = element;
        return element;
    }

    /** The item of a set that is {@code value}. */
    static PathElement value(JsonValue value) {
        return new PathElement(Kind.VALUE, "v:" + GoText.json(value), NO_NAMES, new JsonValue[] {value});
    }

    /** Reads {@code text}. Returns null if it is of a kind that does not exist (yet), which is to be passed over. */
    static @Nullable PathElement parse(String text) throws MalformedFieldsException {
        int slot = text.hashCode() & (SLOTS - 1);
        PathElement seen = SEEN_BY_TEXT[slot];
        if (seen != null && seen.text.equals(text)) {
            return seen;
        }
        PathElement element = read(text);
        if (element != null && element.text.equals(text)) {
            SEEN_BY_TEXT[slot] = element;
        }
        return element;
    }

    private static PathElement seenOr(String text) {
        int slot = text.hashCode() & (SLOTS - 1);
        PathElement seen = SEEN_BY_TEXT[slot];
        if (seen != null && seen.text.equals(text)) {
            return seen;
        }
        PathElement element = new PathElement(Kind.FIELD, text, NO_NAMES, NO_VALUES);
        SEEN_BY_TEXT[slot] = element;
        return element;
    }

    private static @Nullable PathElement read(String text) throws MalformedFieldsException {
        if (text.length() < 2) {
            throw new MalformedFieldsException("key must be 2 characters long:");
        }
        if (text.charAt(1) != ':') {
            throw new MalformedFieldsException("missing colon: " + text);
        }
        String rest = text.substring(2);
        return switch (text.charAt(0)) {
            case 'f' -> new PathElement(Kind.FIELD, text, NO_NAMES, NO_VALUES);
            case 'v' -> value(json(rest));
            case 'k' -> {
                if (!(json(rest) instanceof JsonObject key)) {
                    throw new MalformedFieldsException("a key must be an object: " + text);
                }
                key.sortNames();
                String[] names = key.names().toArray(String[]::new);
                JsonValue[] values = new JsonValue[names.length];
                for (int i = 0; i < names.length; i++) {
                    values[i] = key.valueAt(i);
                }
                yield key(names, values);
            }
            case 'i' -> {
                try {
                    int index = Integer.parseInt(rest);
                    yield new PathElement(Kind.INDEX, "i:" + index, NO_NAMES, new JsonValue[] {JsonNumber.of(index)});
                } catch (NumberFormatException e) {
                    throw new MalformedFieldsException("no index: " + text);
                }
            }
            default -> null;
        };
    }

    private static JsonValue json(String text) throws MalformedFieldsException {
        try {
            return JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJsonException e) {
            throw new MalformedFieldsException(String.valueOf(e.getMessage()));
        }
    }

    Kind kind() {
        return kind;
    }

    /** As it stands in {@code fieldsV1}. */
    String text() {
        return text;
    }

    /** The name of the member; only of a {@link Kind#FIELD}. */
    String name() {
        return text.substring(2);
    }

    /** As messages write it: {@code .spec}, {@code [name="c"]}, {@code [="x"]}, {@code [3]}. */
    @Override
    public String toString() {
        return switch (kind) {
            case FIELD -> "." + name();
            case KEY -> {
                StringBuilder key = new StringBuilder("[");
                for (int i = 0; i < names.length; i++) {
                    key.append(i == 0 ? "" : ",").append(names[i]).append('=').append(written(values[i]));
                }
                yield key.append(']').toString();
            }
            case VALUE -> "[=" + written(values[0]) + "]";
            case INDEX -> "[" + written(values[0]) + "]";
        };
    }

    private static String written(JsonValue value) {
        return value instanceof JsonString string ? GoText.quote(string.value()) : GoText.plain(value);
    }

    @Override
    public int compareTo(PathElement other) {
        if (this == other) {
            return 0;
        }
        if (kind != other.kind) {
            return kind.compareTo(other.kind);
        }
        if (kind == Kind.FIELD) {
            return text.compareTo(other.text);
        }
        if (text.equals(other.text)) {
            return 0;
        }
        for (int i = 0; i < names.length && i < other.names.length; i++) {
            int byName = names[i].compareTo(other.names[i]);
            int byBoth = byName != 0 ? byName : compare(values[i], other.values[i]);
            if (byBoth != 0) {
                return byBoth;
            }
        }
        if (kind != Kind.KEY) {
            return compare(values[0], other.values[0]);
        }
        return Integer.compare(names.length, other.names.length);
    }

    /** Numbers before strings before booleans before the rest. */
    private static int compare(JsonValue left, JsonValue right) {
        if (left instanceof JsonNumber a && right instanceof JsonNumber b) {
            return a.isInteger() && b.isInteger()
                    ? Long.compare(a.longValue(), b.longValue())
                    : Double.compare(a.doubleValue(), b.doubleValue());
        }
        if (left instanceof JsonString a && right instanceof JsonString b) {
            return a.value().compareTo(b.value());
        }
        if (left instanceof JsonBoolean a && right instanceof JsonBoolean b) {
            return a.compareTo(b);
        }
        int byRank = Integer.compare(rank(left), rank(right));
        return byRank != 0 ? byRank : GoText.json(left).compareTo(GoText.json(right));
    }

    private static int rank(JsonValue value) {
        return switch (value) {
            case JsonNumber ignored -> 0;
            case JsonString ignored -> 1;
            case JsonBoolean ignored -> 2;
            default -> 3;
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof PathElement that
                        && requireNonNull(that).text.equals(text));
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
