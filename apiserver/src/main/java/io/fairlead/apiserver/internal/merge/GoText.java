// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.merge;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonBoolean;
import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonNumber;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.codec.JsonWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How Go prints values and types; its error texts quote them. */
public final class GoText {
    private GoText() {}

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

    /** As {@code %q} prints {@code text}. */
    public static String quoted(String text) {
        return JsonWriter.text(new JsonString(text));
    }

    /** As Go's JSON encoder writes {@code value}: what HTML would misread is escaped. */
    public static String json(JsonValue value) {
        String text = JsonWriter.text(value);
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> escaped.append("\\u003c");
                case '>' -> escaped.append("\\u003e");
                case '&' -> escaped.append("\\u0026");
                case '\u2028' -> escaped.append("\\u2028");
                case '\u2029' -> escaped.append("\\u2029");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
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
        String text = new java.math.BigDecimal(Double.toString(value))
                .stripTrailingZeros()
                .toPlainString();
        return text;
    }

    private static String scientific(double value) {
        java.math.BigDecimal decimal = new java.math.BigDecimal(Double.toString(value)).stripTrailingZeros();
        String digits = decimal.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - decimal.scale();
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        String sign = exponent < 0 ? "-" : "+";
        String power = Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : Integer.toString(Math.abs(exponent));
        return (value < 0 ? "-" : "") + mantissa + "e" + sign + power;
    }
}
