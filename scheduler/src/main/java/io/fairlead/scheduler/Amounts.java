// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Reads quantities such as {@code 100m}, {@code 1.5} or {@code 256Gi} into whole numbers, rounding up as Kubernetes does. */
final class Amounts {
    private static final String BINARY = "KMGTPE";
    private static final String DECIMAL = "kMGTPE";
    private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

    private Amounts() {}

    /** In thousandths: for processors. */
    static long milli(String quantity) {
        return read(quantity, 3);
    }

    /** In ones: for everything else. */
    static long whole(String quantity) {
        return read(quantity, 0);
    }

    /** What is no quantity, which the server does not let through, is nothing. */
    private static long read(String quantity, int scale) {
        int end = quantity.length();
        boolean digits = end > 0 && end < 10;
        for (int i = 0; i < end && digits; i++) {
            digits = Character.isDigit(quantity.charAt(i));
        }
        if (digits) {
            return Long.parseLong(quantity) * (scale == 3 ? 1_000 : 1);
        }
        try {
            BigDecimal value = parse(quantity).scaleByPowerOfTen(scale);
            return value.compareTo(LONG_MAX) >= 0
                    ? Long.MAX_VALUE
                    : value.setScale(0, RoundingMode.CEILING).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            return 0;
        }
    }

    private static BigDecimal parse(String quantity) {
        int length = quantity.length();
        if (length > 2 && quantity.charAt(length - 1) == 'i') {
            int power = BINARY.indexOf(quantity.charAt(length - 2)) + 1;
            BigDecimal unit = BigDecimal.valueOf(1L << (10 * power));
            return new BigDecimal(quantity.substring(0, length - 2)).multiply(unit);
        }
        char last = length == 0 ? '0' : quantity.charAt(length - 1);
        if (Character.isDigit(last) || last == '.') {
            return new BigDecimal(quantity);
        }
        String number = quantity.substring(0, length - 1);
        return switch (last) {
            case 'n' -> new BigDecimal(number).scaleByPowerOfTen(-9);
            case 'u' -> new BigDecimal(number).scaleByPowerOfTen(-6);
            case 'm' -> new BigDecimal(number).scaleByPowerOfTen(-3);
            default -> new BigDecimal(number).scaleByPowerOfTen(3 * (DECIMAL.indexOf(last) + 1));
        };
    }
}
