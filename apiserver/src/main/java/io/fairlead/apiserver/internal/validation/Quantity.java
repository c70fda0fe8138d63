// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.validation;

import io.fairlead.apiserver.internal.codec.JsonNumber;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An amount of a resource, such as {@code 100m} or {@code 1536Mi}: an exact decimal, and the family of suffixes it is written
 * with.
 */
public final class Quantity implements Comparable<Quantity> {
    /** How a quantity is written. */
    public enum Format {
        /** Suffixes {@code n u m k M G T P E}. */
        DECIMAL,
        /** Suffixes {@code Ki Mi Gi Ti Pi Ei}. */
        BINARY,
        /** {@code e3} and the like. */
        EXPONENT
    }

    /** What a client is told about text that is no quantity. */
    public static final String FORM =
            "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

    /** Nothing at all. */
    public static final Quantity ZERO = new Quantity(BigDecimal.ZERO, Format.DECIMAL);

    /** The finest step; what is finer is rounded away from zero. */
    private static final int SCALE_MAX = 9;

    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final String DECIMAL_SUFFIXES = "num kMGTPE";
    private static final String BINARY_SUFFIXES = "KMGTPE";
    private static final BigDecimal KIBI = BigDecimal.valueOf(1024);

    /** More digits than a number within bounds needs; keeps exponents of hostile input small. */
    private static final int EXPONENT_DIGITS_MAX = 4;

    private final BigDecimal value;
    private final Format format;

    private Quantity(BigDecimal value, Format format) {
        this.value = value;
        this.format = format;
    }

    /** The whole number {@code value}. */
    public static Quantity of(long value) {
        return new Quantity(BigDecimal.valueOf(value), Format.DECIMAL);
    }

    /** Reads a member of an object: a string, or a number as some write it. Empty if it is no quantity. */
    public static Optional<Quantity> of(@Nullable JsonValue value) {
        if (value instanceof JsonString string) {
            return parse(string.value());
        }
        return value instanceof JsonNumber number ? parse(number.lexeme()) : Optional.empty();
    }

    /** Like {@link #of(JsonValue)}, with zero for what is absent or malformed: for objects that were decoded before. */
    public static Quantity orZero(@Nullable JsonValue value) {
        return of(value).orElse(ZERO);
    }

    /** Reads {@code text}; empty if it is no quantity. */
    public static Optional<Quantity> parse(String text) {
        int length = text.length();
        int at = length > 0 && (text.charAt(0) == '+' || text.charAt(0) == '-') ? 1 : 0;
        int start = at;
        int digits = 0;
        int dots = 0;
        while (at < length && (isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            if (text.charAt(at) == '.') {
                dots++;
            } else {
                digits++;
            }
            at++;
        }
        if (digits == 0 || dots > 1) {
            return Optional.empty();
        }
        boolean negative = start == 1 && text.charAt(0) == '-';
        BigDecimal number = number(text, start, at, dots == 1);
        Optional<Quantity> scaled = scaled(negative ? number.negate() : number, text, at);
        return scaled.map(Quantity::bounded);
    }

    private static BigDecimal number(String text, int from, int to, boolean dotted) {
        if (!dotted && to - from <= 18) {
            long value = 0;
            for (int i = from; i < to; i++) {
                value = value * 10 + (text.charAt(i) - '0');
            }
            return BigDecimal.valueOf(value);
        }
        return new BigDecimal("0" + text.substring(from, to) + (text.charAt(to - 1) == '.' ? "0" : ""));
    }

    private static Optional<Quantity> scaled(BigDecimal number, String text, int at) {
        int rest = text.length() - at;
        if (rest == 0) {
            return Optional.of(new Quantity(number, Format.DECIMAL));
        }
        char first = text.charAt(at);
        if (rest == 1) {
            int suffix = first == ' ' ? -1 : DECIMAL_SUFFIXES.indexOf(first);
            return suffix < 0
                    ? Optional.empty()
                    : Optional.of(new Quantity(number.scaleByPowerOfTen(3 * (suffix - 3)), Format.DECIMAL));
        }
        if (rest == 2 && text.charAt(at + 1) == 'i') {
            int suffix = BINARY_SUFFIXES.indexOf(first);
            return suffix < 0
                    ? Optional.empty()
                    : Optional.of(new Quantity(number.multiply(KIBI.pow(suffix + 1)), Format.BINARY));
        }
        return first == 'e' || first == 'E' ? exponent(number, text.substring(at + 1)) : Optional.empty();
    }

    private static Optional<Quantity> exponent(BigDecimal number, String exponent) {
        boolean signed = exponent.startsWith("-") || exponent.startsWith("+");
        String digits = signed ? exponent.substring(1) : exponent;
        if (digits.isEmpty()
                || digits.length() > EXPONENT_DIGITS_MAX
                || !digits.chars().allMatch(c -> isDigit((char) c))) {
            return Optional.empty();
        }
        int power = Integer.parseInt(digits);
        return Optional.of(
                new Quantity(number.scaleByPowerOfTen(exponent.startsWith("-") ? -power : power), Format.EXPONENT));
    }

    private static Quantity bounded(Quantity quantity) {
        BigDecimal value = quantity.value;
        if (value.scale() > SCALE_MAX) {
            value = value.setScale(SCALE_MAX, RoundingMode.UP);
        }
        return new Quantity(value, quantity.format);
    }

    /**
     * The text under which the original stores {@code text}; empty if it is no quantity. It is the canonical one, save for a
     * leading plus, a capital E as exponent, and numbers beyond 64 bits, which the original leaves as they are.
     */
    public static Optional<String> stored(String text) {
        return parse(text).map(quantity -> quantity.keptAsWritten(text) ? text : quantity.canonical());
    }

    private boolean keptAsWritten(String text) {
        return text.startsWith("+")
                || (format == Format.EXPONENT && text.indexOf('E') >= 0)
                || value.abs().compareTo(MOST) > 0;
    }

    /** This, rounded away from zero to whole thousandths; itself if it has no finer part. */
    public Quantity roundedUpToMilli() {
        return value.scale() <= 3 || value.stripTrailingZeros().scale() <= 3
                ? this
                : new Quantity(value.setScale(3, RoundingMode.UP), format);
    }

    public BigDecimal value() {
        return value;
    }

    public Format format() {
        return format;
    }

    public int signum() {
        return value.signum();
    }

    /** Whether this is a whole number. */
    public boolean isInteger() {
        return value.signum() == 0 || value.stripTrailingZeros().scale() <= 0;
    }

    public Quantity plus(Quantity other) {
        return new Quantity(value.add(other.value), value.signum() == 0 ? other.format : format);
    }

    public Quantity minus(Quantity other) {
        return new Quantity(value.subtract(other.value), value.signum() == 0 ? other.format : format);
    }

    /** This or {@code other}, whichever is more. */
    public Quantity max(Quantity other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** The one way in which the original writes this quantity. */
    public String canonical() {
        if (value.signum() == 0) {
            return "0";
        }
        if (format == Format.BINARY && value.abs().compareTo(KIBI) >= 0 && isInteger()) {
            return binary(value.toBigIntegerExact());
        }
        return decimal(format);
    }

    private String decimal(Format written) {
        BigDecimal stripped = value.stripTrailingZeros();
        BigInteger mantissa = stripped.unscaledValue();
        int exponent = -stripped.scale();
        while (exponent % 3 != 0) {
            mantissa = mantissa.multiply(BigInteger.TEN);
            exponent--;
        }
        if (written == Format.EXPONENT || exponent > 18) {
            return exponent == 0 ? mantissa.toString() : mantissa + "e" + exponent;
        }
        return exponent == 0 ? mantissa.toString() : mantissa.toString() + DECIMAL_SUFFIXES.charAt(exponent / 3 + 3);
    }

    private static String binary(BigInteger number) {
        int suffix = 0;
        BigInteger rest = number;
        while (suffix < BINARY_SUFFIXES.length() && rest.getLowestSetBit() >= 10) {
            rest = rest.shiftRight(10);
            suffix++;
        }
        return suffix == 0 ? rest.toString() : rest.toString() + BINARY_SUFFIXES.charAt(suffix - 1) + "i";
    }

    @Override
    public int compareTo(Quantity other) {
        return value.compareTo(other.value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Quantity that && compareTo(that) == 0;
    }

    @Override
    public int hashCode() {
        return value.stripTrailingZeros().hashCode();
    }

    @Override
    public String toString() {
        return canonical();
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
