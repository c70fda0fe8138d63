// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.TreeNode;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import io.fairlead.environment.Api;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON value from front to back, keeping only what is asked for.
 *
 * <p>The way to read an object; a value that nobody reads is skipped:
 *
 * <pre>{@code
 * json.beginObject();
 * while (json.nextField()) {
 *     switch (json.field()) {
 *         case "replicas" -> replicas = json.integer();
 *         case "template" -> template = json.tree();
 *         default -> json.skip();
 *     }
 * }
 * }</pre>
 *
 * <p>An array is read by {@link #list}, {@link #each}, or a loop of the same form with {@link #beginArray} and {@link #nextElement}.
 *
 * <p>A JSON null reads as the empty string, 0, false, an empty object or array: as a field that is not there. A value of another
 * type than asked for is an {@link IOException}. One thread at a time.
 */
@Api(Api.Status.EXPERIMENTAL)
public final class JsonCursor implements AutoCloseable {
    /** Names are kept in the factory's own table; interning them in the JVM's as well costs more than it saves. */
    static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);

    /** A power of two; a handful of namespaces, node names and phases are what repeats. */
    private static final int SHARED_STRINGS = 256;

    /**
     * Strings seen lately, by hash. Races are harmless: a string read here is compared before it is used, and strings are
     * safely published by themselves.
     */
    private static final @Nullable String[] SHARED = new @Nullable String[SHARED_STRINGS];

    private final byte[] bytes;
    private final int offset;
    private final int end;
    private final JsonParser parser;
    private String field = "";
    /** Stands on a value that nobody has read yet. */
    private boolean unread;
    /** The container that was begun is a null: it ends at once. */
    private boolean empty;

    private JsonCursor(byte[] bytes, int offset, int end, JsonParser parser) {
        this.bytes = bytes;
        this.offset = offset;
        this.end = end;
        this.parser = parser;
    }

    /** Stands on the value in {@code bytes}, which must not change until the cursor is closed. */
    public static JsonCursor of(byte[] bytes) throws IOException {
        return of(bytes, 0, bytes.length);
    }

    /** Stands on the value in a part of {@code bytes}, which must not change until the cursor is closed. */
    public static JsonCursor of(byte[] bytes, int offset, int length) throws IOException {
        JsonParser parser = FACTORY.createParser(bytes, offset, length);
        parser.setCodec(MAPPER);
        JsonCursor cursor = new JsonCursor(bytes, offset, offset + length, parser);
        if (parser.nextToken() == null) {
            throw new JsonParseException(parser, "there is no JSON value");
        }
        cursor.unread = true;
        return cursor;
    }

    /** Goes into the object at the cursor. */
    public void beginObject() throws IOException {
        begin(JsonToken.START_OBJECT, "an object");
    }

    /** Goes to the next field's value, past what is unread of this one's; false, and out of the object, if there is none. */
    public boolean nextField() throws IOException {
        if (leaveEmpty()) {
            return false;
        }
        JsonToken token = parser.nextToken();
        if (token == JsonToken.FIELD_NAME) {
            field = parser.currentName();
            parser.nextToken();
            unread = true;
            return true;
        }
        return ended(token, JsonToken.END_OBJECT);
    }

    /** The name of the field that {@link #nextField} went to, until the next call of it. */
    public String field() {
        return field;
    }

    /** Goes into the array at the cursor. */
    public void beginArray() throws IOException {
        begin(JsonToken.START_ARRAY, "an array");
    }

    /** Goes to the next element, past what is unread of this one; false, and out of the array, if there is none. */
    public boolean nextElement() throws IOException {
        if (leaveEmpty()) {
            return false;
        }
        JsonToken token = parser.nextToken();
        if (token != JsonToken.END_ARRAY && token != null) {
            unread = true;
            return true;
        }
        return ended(token, JsonToken.END_ARRAY);
    }

    /** The string at the cursor. */
    public String text() throws IOException {
        unread = false;
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        return orNull("", "a string");
    }

    /** Like {@link #text}, for values of which many objects have the same: equal strings are often one. */
    public String shared() throws IOException {
        String text = text();
        int slot = (text.hashCode() ^ (text.hashCode() >>> 16)) & (SHARED_STRINGS - 1);
        String known = SHARED[slot];
        if (known != null && known.equals(text)) {
            return known;
        }
        SHARED[slot] = text;
        return text;
    }

    /** The whole number at the cursor. */
    public long integer() throws IOException {
        unread = false;
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            return parser.getLongValue();
        }
        return orNull(0L, "a whole number");
    }

    /** The whole number at the cursor as an int; one out of range is an error. */
    public int int32() throws IOException {
        long value = integer();
        if (value != (int) value) {
            throw new JsonParseException(parser, "out of range: " + value + " in " + field);
        }
        return (int) value;
    }

    /** The boolean at the cursor. */
    public boolean bool() throws IOException {
        unread = false;
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
            return token == JsonToken.VALUE_TRUE;
        }
        return orNull(false, "a boolean");
    }

    /** The time at the cursor, in the form of RFC 3339. */
    public Optional<Instant> time() throws IOException {
        String text = text();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Timestamps.parse(text));
        } catch (DateTimeException e) {
            throw new JsonParseException(parser, "not a time: " + text, e);
        }
    }

    /** The object at the cursor, whose values are strings, in its order. Immutable. */
    public Map<String, String> strings() throws IOException {
        String[] entries = new String[8];
        int size = 0;
        beginObject();
        while (nextField()) {
            if (size == entries.length) {
                entries = Arrays.copyOf(entries, size * 2);
            }
            entries[size++] = field;
            entries[size++] = shared();
        }
        return StringMap.ofOwned(Arrays.copyOf(entries, size));
    }

    /** The array of strings at the cursor. Immutable. */
    public List<String> texts() throws IOException {
        return list(JsonCursor::shared);
    }

    /** The array at the cursor, each element as {@code element} reads it. Immutable. */
    public <T> List<T> list(Projection.Decoder<T> element) throws IOException {
        List<T> list = new ArrayList<>(2);
        beginArray();
        while (nextElement()) {
            list.add(element.decode(this));
        }
        return List.copyOf(list);
    }

    /** Has {@code reader} read each element of the array at the cursor, front to back. */
    public void each(Reader reader) throws IOException {
        beginArray();
        while (nextElement()) {
            reader.read(this);
        }
    }

    /** Reads a value and keeps what it wants of it. */
    @FunctionalInterface
    public interface Reader {
        /** Reads the value at {@code json}, all of it or nothing. */
        void read(JsonCursor json) throws IOException;
    }

    /** Whether the value at the cursor is null. */
    public boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    /** Whether the value at the cursor is a string: for values that are a number or a string. */
    public boolean isText() {
        return parser.currentToken() == JsonToken.VALUE_STRING;
    }

    /** The value at the cursor as a tree, which belongs to the caller. */
    public JsonNode tree() throws IOException {
        unread = false;
        TreeNode node = MAPPER.readTree(parser);
        return node instanceof JsonNode tree ? tree : NullNode.getInstance();
    }

    /** The bytes of the value at the cursor as they came: for what is only passed on or compared. */
    public byte[] raw() throws IOException {
        unread = false;
        int from = offset + (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        return Arrays.copyOfRange(
                bytes, from, offset + (int) parser.currentLocation().getByteOffset());
    }

    /** Passes over the value at the cursor. */
    public void skip() throws IOException {
        unread = false;
        parser.skipChildren();
    }

    /** Where the value at the cursor begins, to be read from there again. */
    Mark mark() {
        return new Mark(offset + (int) parser.currentTokenLocation().getByteOffset());
    }

    /** A cursor of its own on the value that begins at {@code mark}. */
    JsonCursor again(Mark mark) throws IOException {
        return of(bytes, mark.index(), end - mark.index());
    }

    /** A place in the bytes. */
    record Mark(int index) {}

    /** The parser, standing on the first token of the value; whoever takes it leaves it on the last one. */
    JsonParser parser() {
        unread = false;
        return parser;
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }

    private void begin(JsonToken start, String wanted) throws IOException {
        unread = false;
        if (parser.currentToken() != start) {
            orNull(true, wanted);
            empty = true;
        }
    }

    private boolean leaveEmpty() throws IOException {
        if (unread) {
            unread = false;
            parser.skipChildren();
        }
        boolean was = empty;
        empty = false;
        return was;
    }

    private boolean ended(@Nullable JsonToken token, JsonToken end) throws IOException {
        if (token != end) {
            throw new JsonParseException(parser, "the value is not complete");
        }
        return false;
    }

    private <V> V orNull(V ifNull, String wanted) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_NULL) {
            throw new JsonParseException(
                    parser, "expected " + wanted + " in " + field + ", found " + parser.currentToken());
        }
        return ifNull;
    }
}
