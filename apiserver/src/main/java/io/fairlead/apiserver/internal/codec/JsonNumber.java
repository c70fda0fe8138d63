// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.codec;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A JSON number that keeps apart what Kubernetes keeps apart: a 64-bit integer, and anything else with the text it was
 * written in, so that nothing is lost on the way through.
 */
public final class JsonNumber implements JsonValue {
    private static final JsonNumber[] SMALL = small();

    /** Below it every integer has a double of its own. */
    private static final double EXACT_MAX = 1L << 53;

    private final long integer;

    /** The text of a number that is no 64-bit integer; null for one that is. */
    private final @Nullable String text;

    private JsonNumber(long integer, @Nullable String text) {
        this.integer = integer;
        this.text = text;
    }

    /** The number {@code value}. */
    public static JsonNumber of(long value) {
        return value >= 0 && value < SMALL.length ? SMALL[(int) value] : new JsonNumber(value, null);
    }

    /** The number {@code value}, written as Go writes it: without an exponent unless it is very small or very large. */
    public static JsonNumber of(double value) {
        if (value == (long) value && Math.abs(value) < EXACT_MAX) {
            return of((long) value);
        }
        return new JsonNumber(0, GoFloat.text(value));
    }

    /** The number that {@code text}, a valid JSON number, stands for: an integer if it is written like one and fits. */
    public static JsonNumber parse(String text) {
        requireNonNull(text, "text");
        boolean integral = text.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
        if (integral && text.length() <= 20) {
            try {
                return of(Long.parseLong(text));
            } catch (NumberFormatException tooLarge) {
                return new JsonNumber(0, text);
            }
        }
        return new JsonNumber(0, text);
    }

    /** Whether this is a 64-bit integer. */
    public boolean isInteger() {
        return text == null;
    }

    /** The integer, or, of another number, its integral part as far as it fits. */
    public long longValue() {
        return text == null ? integer : (long) Double.parseDouble(text);
    }

    /** The nearest double. */
    public double doubleValue() {
        return text == null ? integer : Double.parseDouble(text);
    }

    /** The number as it is written in JSON. */
    public String lexeme() {
        return text == null ? Long.toString(integer) : text;
    }

    @Override
    public JsonNumber deepCopy() {
        return this;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof JsonNumber that)) {
            return false;
        }
        if (text == null && that.text == null) {
            return integer == that.integer;
        }
        return Objects.equals(text, that.text) || decimal().compareTo(that.decimal()) == 0;
    }

    @Override
    public int hashCode() {
        return Double.hashCode(doubleValue());
    }

    @Override
    public String toString() {
        return lexeme();
    }

    private BigDecimal decimal() {
        return text == null ? BigDecimal.valueOf(integer) : new BigDecimal(text);
    }

    private static JsonNumber[] small() {
        JsonNumber[] numbers = new JsonNumber[256];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = new JsonNumber(i, null);
        }
        return numbers;
    }
}
