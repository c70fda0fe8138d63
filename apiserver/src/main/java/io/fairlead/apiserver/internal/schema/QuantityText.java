// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings the text of a quantity, such as {@code 100m} or {@code 2Gi}, into the form in which the original stores and answers it.
 *
 * <p>That form is canonical ({@code 1024Mi} becomes {@code 1Gi}), except where the original's fast path recognises what it was
 * given as good enough and keeps it. Computing with quantities is validation's business.
 */
final class QuantityText {
    /** What the original says of a text that does not look like a quantity. */
    private static final String WRONG_FORMAT =
            "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

    private static final String WRONG_SUFFIX = "unable to parse quantity's suffix";
    private static final String WRONG_NUMBER = "unable to parse numeric part of quantity";

    /** The number of digits that the original handles as a 64-bit integer. */
    private static final int FAST_DIGITS_MAX = 18;

    /** Smaller fractions are rounded up: who asks for some of a resource gets some. */
    private static final int SCALE_MAX = 9;

    /** Exponents beyond this are refused rather than computed with: no resource comes in such amounts. */
    private static final int EXPONENT_MAX = 1_000;

    private static final BigDecimal BINARY_MAX = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final BigDecimal KIBI = BigDecimal.valueOf(1_024);

    private static final Map<String, Integer> DECIMAL =
            Map.of("", 0, "n", -9, "u", -6, "m", -3, "k", 3, "M", 6, "G", 9, "T", 12, "P", 15, "E", 18);
    private static final Map<String, Integer> BINARY =
            Map.of("Ki", 10, "Mi", 20, "Gi", 30, "Ti", 40, "Pi", 50, "Ei", 60);
    private static final Map<Integer, String> DECIMAL_SUFFIXES =
            Map.of(0, "", -9, "n", -6, "u", -3, "m", 3, "k", 6, "M", 9, "G", 12, "T", 15, "P", 18, "E");
    private static final List<String> BINARY_SUFFIXES = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");

    private QuantityText() {}

    /** What became of reading a quantity. */
    sealed interface Parsed {
        /** It is one, and this is how it is written. */
        record Good(String text) implements Parsed {}

        /** It is none; {@code message} says why in the original's words. */
        record Bad(String message) implements Parsed {}
    }

    private enum Format {
        DECIMAL,
        BINARY,
        EXPONENT
    }

    /** Reads {@code text}, which may not have blanks around it. */
    static Parsed parse(String text) {
        if (text.equals("0")) {
            return new Parsed.Good(text);
        }
        Parts parts = Parts.of(text);
        return parts == null ? new Parsed.Bad(WRONG_FORMAT) : interpret(text, parts);
    }

    private static Parsed interpret(String text, Parts parts) {
        Integer decimal = DECIMAL.get(parts.suffix);
        Integer binary = BINARY.get(parts.suffix);
        if (decimal != null) {
            return good(text, parts, Format.DECIMAL, decimal);
        }
        if (binary != null) {
            return good(text, parts, Format.BINARY, binary);
        }
        if (parts.suffix.length() > 1 && (parts.suffix.charAt(0) == 'e' || parts.suffix.charAt(0) == 'E')) {
            try {
                int exponent = Integer.parseInt(parts.suffix.substring(1));
                return Math.abs(exponent) > EXPONENT_MAX
                        ? new Parsed.Bad(WRONG_NUMBER)
                        : good(text, parts, Format.EXPONENT, exponent);
            } catch (NumberFormatException e) {
                return new Parsed.Bad(WRONG_SUFFIX);
            }
        }
        return new Parsed.Bad(WRONG_SUFFIX);
    }

    private static Parsed good(String text, Parts parts, Format format, int exponent) {
        if (parts.digits().equals("0") && parts.fraction.isEmpty() && parts.number.isEmpty()) {
            return new Parsed.Bad(WRONG_NUMBER);
        }
        if (keepsText(parts, format, exponent)) {
            return new Parsed.Good(text);
        }
        BigDecimal amount = scaled(parts.amount(), format, exponent);
        if (amount.scale() > SCALE_MAX) {
            amount = amount.setScale(SCALE_MAX, RoundingMode.UP);
        }
        if (format == Format.BINARY && amount.abs().compareTo(BINARY_MAX) > 0) {
            amount = amount.signum() < 0 ? BINARY_MAX.negate() : BINARY_MAX;
        }
        return new Parsed.Good(canonical(amount, format));
    }

    private static BigDecimal scaled(BigDecimal number, Format format, int exponent) {
        return format == Format.BINARY
                ? number.multiply(new BigDecimal(BigInteger.ONE.shiftLeft(exponent)))
                : number.scaleByPowerOfTen(exponent);
    }

    /** Whether the original takes the text for canonical and keeps it. */
    private static boolean keepsText(Parts parts, Format format, int exponent) {
        String digits = parts.digits();
        if (format == Format.BINARY) {
            int precision = 15 - parts.integer.length() - (int) ((float) exponent * 3 / 10) - 1;
            return parts.fraction.isEmpty() && precision >= 0 && (Long.parseLong(digits) & 7) != 0;
        }
        int scale = exponent - parts.fraction.length();
        return digits.length() <= FAST_DIGITS_MAX
                && scale >= -SCALE_MAX
                && scale % 3 == 0
                && !digits.endsWith("000")
                && digits.charAt(0) != '0';
    }

    private static String canonical(BigDecimal amount, Format format) {
        if (amount.signum() == 0) {
            return "0";
        }
        boolean whole = amount.stripTrailingZeros().scale() <= 0;
        if (format == Format.BINARY && whole && amount.abs().compareTo(KIBI) >= 0) {
            return binary(amount.toBigInteger());
        }
        BigDecimal bare = amount.stripTrailingZeros();
        BigInteger mantissa = bare.unscaledValue();
        int exponent = -bare.scale();
        while (exponent % 3 != 0) {
            mantissa = mantissa.multiply(BigInteger.TEN);
            exponent--;
        }
        if (format == Format.EXPONENT) {
            return exponent == 0 ? mantissa.toString() : mantissa + "e" + exponent;
        }
        return mantissa + DECIMAL_SUFFIXES.getOrDefault(exponent, "");
    }

    private static String binary(BigInteger amount) {
        BigInteger rest = amount;
        int times = 0;
        while (rest.getLowestSetBit() >= 10) {
            rest = rest.shiftRight(10);
            times++;
        }
        return rest + (times < BINARY_SUFFIXES.size() ? BINARY_SUFFIXES.get(times) : "");
    }

    /**
     * A text taken apart as the original does.
     *
     * @param number sign, digits and point as they were written
     * @param integer the digits before the point without leading zeros, {@code 0} if there are none
     * @param fraction the digits after the point
     */
    private record Parts(boolean negative, String number, String integer, String fraction, String suffix) {
        String digits() {
            return integer + fraction;
        }

        BigDecimal amount() {
            BigDecimal digits = new BigDecimal(new BigInteger(digits()), fraction.length());
            return negative ? digits.negate() : digits;
        }

        static @Nullable Parts of(String text) {
            int at = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
            int integerStart = at;
            at = digitsEnd(text, at);
            int significant = integerStart;
            while (significant < at && text.charAt(significant) == '0') {
                significant++;
            }
            String integer = significant == at ? "0" : text.substring(significant, at);
            String fraction = "";
            int numberStart = integerStart;
            if (at < text.length() && text.charAt(at) == '.') {
                int end = digitsEnd(text, at + 1);
                fraction = text.substring(at + 1, end);
                at = end;
            }
            String number = text.substring(numberStart, at);
            int suffixStart = at;
            while (at < text.length() && "eEinumkKMGTP".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            if (at > suffixStart && at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
                at++;
            }
            at = digitsEnd(text, at);
            boolean whole = at == text.length() && !text.isEmpty();
            return whole
                    ? new Parts(
                            text.charAt(0) == '-',
                            number.equals(".") ? "" : number,
                            integer,
                            fraction,
                            text.substring(suffixStart))
                    : null;
        }

        private static int digitsEnd(String text, int from) {
            int at = from;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                at++;
            }
            return at;
        }
    }
}
