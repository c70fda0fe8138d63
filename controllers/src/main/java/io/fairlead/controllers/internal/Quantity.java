// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.internal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An amount as the API writes it, such as {@code 400m} or {@code 256Mi}, for adding up. Immutable. */
public final class Quantity {
    public static final Quantity ZERO = new Quantity(BigDecimal.ZERO, Form.DECIMAL);

    /** Exponents longer than this are no amounts of anything, but would take memory to write out. */
    private static final int EXPONENT_DIGITS_MAX = 2;

    private static final Pattern TEXT =
            Pattern.compile("([+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+))(?:([KMGTPE]i)|([numkMGTPE]?)|[eE]([+-]?[0-9]{1,"
                    + EXPONENT_DIGITS_MAX + "}))");
    private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
    private static final List<String> DECIMAL = List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");
    /** The place of "one" among the decimal suffixes, each of which is a thousand of the one before. */
    private static final int ONES = 3;

    private static final BigInteger KIBI = BigInteger.valueOf(1024);
    private static final int FINEST = 9;

    /** How an amount was written, and is to be written. */
    private enum Form {
        DECIMAL,
        BINARY,
        EXPONENT
    }

    private final BigDecimal value;
    private final Form form;

    private Quantity(BigDecimal value, Form form) {
        this.value = value;
        this.form = form;
    }

    public static Quantity of(long value) {
        return new Quantity(BigDecimal.valueOf(value), Form.DECIMAL);
    }

    /** Reads what the API writes; empty if {@code text} is none of it. */
    public static Optional<Quantity> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(matcher.group(1));
        if (matcher.group(2) != null) {
            BigInteger unit = KIBI.pow(BINARY.indexOf(matcher.group(2)));
            return Optional.of(new Quantity(number.multiply(new BigDecimal(unit)), Form.BINARY));
        }
        if (matcher.group(4) != null) {
            return Optional.of(
                    new Quantity(number.scaleByPowerOfTen(Integer.parseInt(matcher.group(4))), Form.EXPONENT));
        }
        int power = 3 * (DECIMAL.indexOf(matcher.group(3)) - ONES);
        return Optional.of(new Quantity(number.scaleByPowerOfTen(power), Form.DECIMAL));
    }

    /** The sum, in the form of this one; of the other if this is zero. */
    public Quantity plus(Quantity other) {
        return new Quantity(value.add(other.value), value.signum() == 0 ? other.form : form);
    }

    /** The larger of both. */
    public Quantity max(Quantity other) {
        return other.value.compareTo(value) > 0 ? other : this;
    }

    /** Whether it is as much, however it is written. */
    public boolean sameAs(Quantity other) {
        return value.compareTo(other.value) == 0;
    }

    public boolean isZero() {
        return value.signum() == 0;
    }

    /** The shortest text that says exactly this, in the form in which it was written. */
    public String text() {
        if (value.signum() == 0) {
            return "0";
        }
        boolean binary = form == Form.BINARY && value.abs().compareTo(new BigDecimal(KIBI)) >= 0;
        return binary ? binaryText() : decimalText();
    }

    private String binaryText() {
        BigInteger rest = value.setScale(0, RoundingMode.UP).toBigIntegerExact();
        int unit = 0;
        while (unit < BINARY.size() - 1 && rest.mod(KIBI).signum() == 0) {
            rest = rest.divide(KIBI);
            unit++;
        }
        return rest + BINARY.get(unit);
    }

    private String decimalText() {
        BigDecimal exact = value.setScale(FINEST, RoundingMode.UP).stripTrailingZeros();
        int power = -exact.scale();
        int unit = Math.min(Math.floorDiv(power, 3), DECIMAL.size() - 1 - ONES);
        BigInteger number = exact.scaleByPowerOfTen(-3 * unit).toBigIntegerExact();
        if (form == Form.EXPONENT) {
            return unit == 0 ? number.toString() : number + "e" + 3 * unit;
        }
        return number + DECIMAL.get(unit + ONES);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Quantity quantity && text().equals(quantity.text());
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}
