// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.codec;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes values and types the way Go's {@code fmt} and {@code encoding/json} do, for messages that clients compare literally. */
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

    /** As {@code %v} prints {@code value}: {@code map[image:x name:c]}, members sorted. */
    public static String plain(@Nullable JsonValue value) {
        StringBuilder text = new StringBuilder();
        plain(value, text);
        return text.toString();
    }

    /** As {@code %s} prints {@code value}, which complains about what is no string. */
    public static String verbString(JsonValue value) {
        return switch (value) {
            case JsonString string -> string.value();
            case JsonNumber number -> "%!s(" + (number.isInteger() ? "int64=" : "float64=") + plain(number) + ")";
            case JsonBoolean bool -> "%!s(bool=" + bool + ")";
            case JsonNull ignored -> "%!s(<nil>)";
            case JsonObject ignored -> plain(value);
            case JsonArray ignored -> plain(value);
        };
    }

    /** The name of the Go type that holds {@code value}. */
    public static String type(@Nullable JsonValue value) {
        return switch (value) {
            case JsonString ignored -> "string";
            case JsonNumber number -> number.isInteger() ? "int64" : "float64";
            case JsonBoolean ignored -> "bool";
            case JsonObject ignored -> "map[string]interface {}";
            case JsonArray ignored -> "[]interface {}";
            case JsonNull ignored -> "%!s(<nil>)";
            case null -> "%!s(<nil>)";
        };
    }

    /** What Go's JSON decoder calls {@code value} when it stands in the wrong place. */
    public static String jsonKind(JsonValue value) {
        return switch (value) {
            case JsonString ignored -> "string";
            case JsonNumber ignored -> "number";
            case JsonBoolean ignored -> "bool";
            case JsonObject ignored -> "object";
            case JsonArray ignored -> "array";
            case JsonNull ignored -> "null";
        };
    }

    /** Whether Go takes {@code point} for one that can be printed: letters, marks, numbers, punctuation, symbols, and the blank. */
    public static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> point == ' ';
            default -> true;
        };
    }

    private static void appendPoint(StringBuilder quoted, int point) {
        if (point < 0x20 || point == 0x7f) {
            quoted.append(String.format(Locale.ROOT, "\\x%02x", point));
        } else if (isPrintable(point)) {
            quoted.appendCodePoint(point);
        } else if (point < 0x10000) {
            quoted.append(String.format(Locale.ROOT, "\\u%04x", point));
        } else {
            quoted.append(String.format(Locale.ROOT, "\\U%08x", point));
        }
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

    private static void plain(@Nullable JsonValue value, StringBuilder text) {
        switch (value) {
            case JsonObject object -> {
                List<String> names = new ArrayList<>(object.names());
                Collections.sort(names);
                text.append("map[");
                for (int i = 0; i < names.size(); i++) {
                    text.append(i == 0 ? "" : " ").append(names.get(i)).append(':');
                    plain(object.get(names.get(i)), text);
                }
                text.append(']');
            }
            case JsonArray array -> {
                text.append('[');
                for (int i = 0; i < array.size(); i++) {
                    text.append(i == 0 ? "" : " ");
                    plain(array.get(i), text);
                }
                text.append(']');
            }
            case JsonString string -> text.append(string.value());
            case JsonNumber number -> text.append(number(number));
            case JsonBoolean bool -> text.append(bool);
            case JsonNull ignored -> text.append("<nil>");
            case null -> text.append("<nil>");
        }
    }

    /** A float as {@code %v} prints it: the shortest digits, in scientific form from 1e21 on. */
    private static String number(JsonNumber number) {
        if (number.isInteger()) {
            return number.lexeme();
        }
        double value = number.doubleValue();
        double magnitude = Math.abs(value);
        if (magnitude != 0 && (magnitude < 1e-4 || magnitude >= 1e21)) {
            return scientific(value);
        }
        String text =
                new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
        return text;
    }

    private static String scientific(double value) {
        BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        String digits = decimal.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - decimal.scale();
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        String sign = exponent < 0 ? "-" : "+";
        String power = Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : Integer.toString(Math.abs(exponent));
        return (value < 0 ? "-" : "") + mantissa + "e" + sign + power;
    }
}
