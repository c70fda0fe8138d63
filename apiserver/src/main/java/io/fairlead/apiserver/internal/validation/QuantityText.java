// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.validation;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/**
 * The text of a quantity, taken apart as the original does, which forgives more than it says: a number without digits is zero.
 *
 * @param hasDigits whether the number was written with any digit
 * @param integer the digits before the point without leading zeros, {@code 0} if there are none
 * @param fraction the digits after the point
 * @param suffix what follows: letters, perhaps with a number behind them
 */
record QuantityText(boolean negative, boolean hasDigits, String integer, String fraction, String suffix) {
    private static final String LETTERS = "eEinumkKMGTP";
    /** Numbers of no more digits fit into a long. */
    private static final int LONG_DIGITS = 18;

    /** Empty if {@code text} is not of the form of a quantity. */
    static Optional<QuantityText> of(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        int start = isSign(text, 0) ? 1 : 0;
        int integerEnd = digitsEnd(text, start);
        int numberEnd = integerEnd;
        String fraction = "";
        if (integerEnd < text.length() && text.charAt(integerEnd) == '.') {
            numberEnd = digitsEnd(text, integerEnd + 1);
            fraction = text.substring(integerEnd + 1, numberEnd);
        }
        int lettersEnd = numberEnd;
        while (lettersEnd < text.length() && LETTERS.indexOf(text.charAt(lettersEnd)) >= 0) {
            lettersEnd++;
        }
        int end = digitsEnd(text, isSign(text, lettersEnd) ? lettersEnd + 1 : lettersEnd);
        if (end < text.length()) {
            return Optional.empty();
        }
        return Optional.of(new QuantityText(
                text.charAt(0) == '-',
                integerEnd > start || !fraction.isEmpty(),
                withoutLeadingZeros(text, start, integerEnd),
                fraction,
                text.substring(numberEnd)));
    }

    String digits() {
        return integer + fraction;
    }

    /** The number before the suffix. */
    BigDecimal number() {
        String digits = digits();
        BigDecimal number = digits.length() <= LONG_DIGITS
                ? BigDecimal.valueOf(Long.parseLong(digits), fraction.length())
                : new BigDecimal(new BigInteger(digits), fraction.length());
        return negative ? number.negate() : number;
    }

    private static String withoutLeadingZeros(String text, int from, int to) {
        int at = from;
        while (at < to && text.charAt(at) == '0') {
            at++;
        }
        return at == to ? "0" : text.substring(at, to);
    }

    private static boolean isSign(String text, int at) {
        return at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+');
    }

    private static int digitsEnd(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
