// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.validation;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonBoolean;
import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonNumber;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import java.util.Locale;

/** Writes values the way Go's {@code fmt} and {@code encoding/json} do, for messages that clients compare literally. */
public final class GoText {
    private GoText() {}

    /** {@code text} as the verb {@code %q} writes it. */
    public static String quote(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(point -> {
            switch (point) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case 7 -> quoted.append("\\a");
                case '\b' -> quoted.append("\\b");
                case '\f' -> quoted.append("\\f");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case 11 -> quoted.append("\\v");
                default -> appendPoint(quoted, point);
            }
        });
        return quoted.append('"').toString();
    }

    /** {@code value} as {@code json.Marshal} writes it: compact, with {@code <}, {@code >} and {@code &} escaped. */
    public static String json(JsonValue value) {
        StringBuilder text = new StringBuilder();
        write(value, text);
        return text.toString();
    }

    /** {@code texts} as the verb {@code %#v} writes a list of strings. */
    public static String stringSlice(Iterable<String> texts) {
        StringBuilder text = new StringBuilder("[]string{");
        String separator = "";
        for (String each : texts) {
            text.append(separator).append(quote(each));
            separator = ", ";
        }
        return text.append('}').toString();
    }

    private static void appendPoint(StringBuilder quoted, int point) {
        if (point < 0x20 || point == 0x7f) {
            quoted.append(String.format(Locale.ROOT, "\\x%02x", point));
        } else if (printable(point)) {
            quoted.appendCodePoint(point);
        } else if (point < 0x10000) {
            quoted.append(String.format(Locale.ROOT, "\\u%04x", point));
        } else {
            quoted.append(String.format(Locale.ROOT, "\\U%08x", point));
        }
    }

    private static boolean printable(int point) {
        if (point < 0x7f) {
            return true;
        }
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }

    private static void write(JsonValue value, StringBuilder text) {
        switch (value) {
            case JsonObject object -> {
                text.append('{');
                for (int i = 0; i < object.size(); i++) {
                    text.append(i == 0 ? "" : ",");
                    string(object.nameAt(i), text);
                    text.append(':');
                    write(object.valueAt(i), text);
                }
                text.append('}');
            }
            case JsonArray array -> {
                text.append('[');
                for (int i = 0; i < array.size(); i++) {
                    text.append(i == 0 ? "" : ",");
                    write(array.get(i), text);
                }
                text.append(']');
            }
            case JsonString string -> string(string.value(), text);
            case JsonNumber number -> text.append(number.lexeme());
            case JsonBoolean bool -> text.append(bool.value());
            case JsonNull ignored -> text.append("null");
        }
    }

    private static void string(String value, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < 0x20 || c == '<' || c == '>' || c == '&' || c == 0x2028 || c == 0x2029) {
                        text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}
