// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.table;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonBoolean;
import io.fairlead.apiserver.internal.codec.JsonNumber;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row while it is filled. Mutable, for one thread. */
final class Row {
    static final String NONE = "<none>";
    static final String UNSET = "<unset>";
    static final String UNKNOWN = "<unknown>";

    private final Instant now;
    private final JsonArray cells = new JsonArray();

    Row(Instant now) {
        this.now = now;
    }

    JsonArray cells() {
        return cells;
    }

    Row text(String text) {
        cells.add(text);
        return this;
    }

    /** {@code text}, or {@code ifEmpty} instead of an empty one. */
    Row textOr(String text, String ifEmpty) {
        return text(text.isEmpty() ? ifEmpty : text);
    }

    Row number(long number) {
        cells.add(JsonNumber.of(number));
        return this;
    }

    Row flag(boolean flag) {
        cells.add(JsonBoolean.of(flag));
        return this;
    }

    /** The name of {@code object}. */
    Row name(JsonObject object) {
        return text(object.objectOrEmpty("metadata").text("name"));
    }

    /** How long ago {@code object} was created. */
    Row age(JsonObject object) {
        return text(since(object.objectOrEmpty("metadata").text("creationTimestamp")));
    }

    /** How long ago {@code time} was, in RFC 3339; unknown if it is empty. */
    String since(String time) {
        Instant instant = instant(time);
        return instant == null ? UNKNOWN : HumanDuration.text(Duration.between(instant, now));
    }

    /** How much time has passed between two times in RFC 3339. */
    static String between(String start, String end) {
        Instant from = instant(start);
        Instant to = instant(end);
        return from == null || to == null ? "" : HumanDuration.text(Duration.between(from, to));
    }

    static @Nullable Instant instant(String time) {
        try {
            return time.isEmpty() ? null : Instant.parse(time);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** A quantity, or a number or percentage, as its text; {@code ifAbsent} if there is none. */
    static String value(@Nullable JsonValue value, String ifAbsent) {
        return switch (value) {
            case JsonString string -> string.value();
            case JsonNumber number -> number.lexeme();
            case null, default -> ifAbsent;
        };
    }
}
