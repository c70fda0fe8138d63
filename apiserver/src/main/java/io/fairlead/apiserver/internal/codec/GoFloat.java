// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.codec;

import java.math.BigDecimal;

/** Floating-point numbers as Go's JSON encoder writes them. */
final class GoFloat {
    /** Numbers smaller than this, and from {@link #LARGE} on, are written with an exponent. */
    private static final double SMALL = 1e-6;

    private static final double LARGE = 1e21;

    private GoFloat() {}

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
