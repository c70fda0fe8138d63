// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.validation;

import io.fairlead.apiserver.internal.codec.JsonNumber;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An amount of a resource, such as {@code 100m} or {@code 1536Mi}: an exact decimal, and the family of suffixes it is written
 * with. Quantities of the same amount are equal however they are written. Immutable.
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

    /** What became of reading a text. */
    public sealed interface Reading {
        /** It is a quantity. */
        record Read(Quantity quantity) implements Reading {}

        /** It is none; {@code message} says why in the original's words. */
        record Refused(String message) implements Reading {}
    }

    /** Nothing at all. */
    public static final Quantity ZERO = of(0);

    private static final Reading WRONG_FORM = new Reading.Refused(
            "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
    private static final Reading WRONG_SUFFIX = new Reading.Refused("unable to parse quantity's suffix");
    private static final Reading WRONG_NUMBER = new Reading.Refused("unable to parse numeric part of quantity");

    /** The number of digits that the original handles as a 64-bit integer. */
    private static final int FAST_DIGITS_MAX = 18;

    /** The finest step; what is finer is rounded away from zero: who asks for some of a resource gets some. */
    private static final int SCALE_MAX = 9;

    /** Exponents beyond this are refused rather than computed with: no resource comes in such amounts. */
    private static final int EXPONENT_MAX = 1_000;

    private static final BigDecimal BINARY_MAX = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final BigDecimal KIBI = BigDecimal.valueOf(1_024);
    private static final Map<String, Integer> DECIMAL_EXPONENTS =
            Map.of("", 0, "n", -9, "u", -6, "m", -3, "k", 3, "M", 6, "G", 9, "T", 12, "P", 15, "E", 18);
    private static final Map<Integer, String> DECIMAL_SUFFIXES =
            Map.of(0, "", -9, "n", -6, "u", -3, "m", 3, "k", 6, "M", 9, "G", 12, "T", 15, "P", 18, "E");
    /** By how often 1024 is in them. */
    private static final List<String> BINARY_SUFFIXES = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");

    private final BigDecimal value;
    private final Format format;
    /** As it was read, where the original takes that for good enough to keep; null to write it canonically. */
    private final @Nullable String kept;

    private Quantity(BigDecimal value, Format format, @Nullable String kept) {
        this.value = value;
        this.format = format;
        this.kept = kept;
    }

    /** The whole number {@code value}. */
    public static Quantity of(long value) {
        return new Quantity(BigDecimal.valueOf(value), Format.DECIMAL, null);
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
        return switch (read(text)) {
            case Reading.Read(Quantity quantity) -> Optional.of(quantity);
            case Reading.Refused ignored -> Optional.empty();
        };
    }

    /** Reads {@code text}, which may not have blanks around it. */
    public static Reading read(String text) {
        Optional<QuantityText> form = QuantityText.of(text);
        if (form.isEmpty()) {
            return WRONG_FORM;
        }
        QuantityText parts = form.get();
        String suffix = parts.suffix();
        Integer decimal = DECIMAL_EXPONENTS.get(suffix);
        if (decimal != null) {
            return readDecimal(text, parts, Format.DECIMAL, decimal);
        }
        int binary = BINARY_SUFFIXES.indexOf(suffix);
        if (binary > 0) {
            return readBinary(text, parts, 10 * binary);
        }
        return suffix.length() > 1 && (suffix.charAt(0) == 'e' || suffix.charAt(0) == 'E')
                ? readExponent(text, parts, suffix.substring(1))
                : WRONG_SUFFIX;
    }

    private static Reading readExponent(String text, QuantityText parts, String exponent) {
        try {
            int power = Integer.parseInt(exponent);
            return Math.abs(power) > EXPONENT_MAX ? WRONG_NUMBER : readDecimal(text, parts, Format.EXPONENT, power);
        } catch (NumberFormatException e) {
            return WRONG_SUFFIX;
        }
    }

    private static Reading readDecimal(String text, QuantityText parts, Format format, int exponent) {
        String digits = parts.digits();
        int scale = exponent - parts.fraction().length();
        boolean fast = digits.length() <= FAST_DIGITS_MAX && scale >= -SCALE_MAX;
        if (!fast && !parts.hasDigits()) {
            return WRONG_NUMBER;
        }
        boolean keeps = fast && scale % 3 == 0 && !digits.endsWith("000") && digits.charAt(0) != '0';
        return read(parts.number().scaleByPowerOfTen(exponent), format, keeps ? text : null);
    }

    private static Reading readBinary(String text, QuantityText parts, int exponent) {
        int precision = 15 - parts.integer().length() - (int) ((float) exponent * 3 / 10) - 1;
        boolean fast = parts.fraction().isEmpty() && precision >= 0;
        if (!fast && !parts.hasDigits()) {
            return WRONG_NUMBER;
        }
        BigDecimal amount = parts.number().multiply(new BigDecimal(BigInteger.ONE.shiftLeft(exponent)));
        if (amount.abs().compareTo(BINARY_MAX) > 0) {
            amount = amount.signum() < 0 ? BINARY_MAX.negate() : BINARY_MAX;
        }
        boolean keeps = fast && (Long.parseLong(parts.integer()) & 7) != 0;
        return read(amount, Format.BINARY, keeps ? text : null);
    }

    private static Reading read(BigDecimal amount, Format format, @Nullable String kept) {
        BigDecimal value = amount.scale() > SCALE_MAX ? amount.setScale(SCALE_MAX, RoundingMode.UP) : amount;
        return new Reading.Read(new Quantity(value, format, kept));
    }

    /** This, rounded away from zero to whole thousandths; itself if it has no finer part. */
    public Quantity roundedUpToMilli() {
        return value.scale() <= 3 || value.stripTrailingZeros().scale() <= 3
                ? this
                : new Quantity(value.setScale(3, RoundingMode.UP), format, null);
    }

    public BigDecimal value() {
        return value;
    }

    public int signum() {
        return value.signum();
    }

    /** Whether this is a whole number. */
    public boolean isInteger() {
        return value.signum() == 0 || value.stripTrailingZeros().scale() <= 0;
    }

    public Quantity plus(Quantity other) {
        return new Quantity(value.add(other.value), value.signum() == 0 ? other.format : format, null);
    }

    public Quantity minus(Quantity other) {
        return new Quantity(value.subtract(other.value), value.signum() == 0 ? other.format : format, null);
    }

    /** This or {@code other}, whichever is more. */
    public Quantity max(Quantity other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /**
     * The text under which the original stores this quantity: canonical ({@code 1024Mi} is {@code 1Gi}), unless it was read from a
     * text which the original's fast path takes for canonical, such as {@code +1}.
     */
    public String text() {
        if (kept != null) {
            return kept;
        }
        if (value.signum() == 0) {
            return "0";
        }
        return format == Format.BINARY && value.abs().compareTo(KIBI) >= 0 && isInteger() ? binary() : decimal();
    }

    private String decimal() {
        BigDecimal stripped = value.stripTrailingZeros();
        BigInteger mantissa = stripped.unscaledValue();
        int exponent = -stripped.scale();
        while (exponent % 3 != 0) {
            mantissa = mantissa.multiply(BigInteger.TEN);
            exponent--;
        }
        if (format == Format.EXPONENT) {
            return exponent == 0 ? mantissa.toString() : mantissa + "e" + exponent;
        }
        // Beyond exa there is no suffix, and 1.36 leaves it out: 1000E becomes 1.
        return mantissa + DECIMAL_SUFFIXES.getOrDefault(exponent, "");
    }

    private String binary() {
        BigInteger rest = value.toBigIntegerExact();
        int times = 0;
        while (rest.getLowestSetBit() >= 10) {
            rest = rest.shiftRight(10);
            times++;
        }
        return rest + (times < BINARY_SUFFIXES.size() ? BINARY_SUFFIXES.get(times) : "");
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

    /** {@link #text}. */
    @Override
    public String toString() {
        return text();
    }
}
