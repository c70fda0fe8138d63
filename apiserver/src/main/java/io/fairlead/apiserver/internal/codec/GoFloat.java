// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.codec;

import java.math.BigDecimal;

/** Floating-point numbers as Go's JSON encoder writes them. */
final class GoFloat {
    /** Numbers smaller than this, and from {@link #LARGE} on, are written with an exponent. */
    private static final double SMALL = 1e-6;

    private static final double LARGE = 1e21;

    /** In YAML an exponent is written from this on. */
    private static final int GENERAL_EXPONENT = 6;

    private GoFloat() {}

    /** A number as Go's YAML encoder writes it, which resorts to exponents sooner. */
    static String general(JsonNumber number) {
        boolean integral = number.lexeme().chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
        if (integral || number.doubleValue() == 0) {
            return number.lexeme();
        }
        BigDecimal exact = new BigDecimal(Double.toString(number.doubleValue())).stripTrailingZeros();
        int exponent = exact.precision() - exact.scale() - 1;
        if (exponent >= -4 && exponent < GENERAL_EXPONENT) {
            return exact.toPlainString();
        }
        String digits = exact.unscaledValue().abs().toString();
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        String size = Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : String.valueOf(Math.abs(exponent));
        return (number.doubleValue() < 0 ? "-" : "") + mantissa + "e" + (exponent < 0 ? "-" : "+") + size;
    }

    /** {@code value} in the fewest digits that tell it from its neighbours. It must be finite. */
    static String text(double value) {
        double size = Math.abs(value);
        BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (size == 0) {
            return "0";
        }
        if (size >= SMALL && size < LARGE) {
            return exact.toPlainString();
        }
        String digits = exact.unscaledValue().abs().toString();
        int exponent = exact.precision() - exact.scale() - 1;
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return (value < 0 ? "-" : "") + mantissa + "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
    }
}
