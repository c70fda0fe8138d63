// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.codec;

/** Escaped halves of characters in JSON that have no other half: Go reads each as U+FFFD. Pure. */
final class Surrogates {
    /** A backslash, the letter u and four digits. */
    private static final int ESCAPE_LENGTH = 6;

    private static final byte[] REPLACEMENT = {'f', 'f', 'f', 'd'};

    private Surrogates() {}

    /** {@code json} with the replacement in place of each lone half; the same array if there is none. */
    static byte[] paired(byte[] json) {
        byte[] result = json;
        for (int at = 0; at < json.length - 1; at++) {
            if (json[at] != '\\') {
                continue;
            }
            int unit = unit(json, at);
            if (unit < 0 || !Character.isSurrogate((char) unit)) {
                at++;
                continue;
            }
            int next = unit(json, at + ESCAPE_LENGTH);
            if (Character.isHighSurrogate((char) unit) && next >= 0 && Character.isLowSurrogate((char) next)) {
                at += 2 * ESCAPE_LENGTH - 1;
                continue;
            }
            if (result == json) {
                result = json.clone();
            }
            System.arraycopy(REPLACEMENT, 0, result, at + 2, REPLACEMENT.length);
            at += ESCAPE_LENGTH - 1;
        }
        return result;
    }

    /** The character that is escaped at {@code at}; negative if none is escaped there by number. */
    private static int unit(byte[] json, int at) {
        if (at + ESCAPE_LENGTH > json.length || json[at] != '\\' || json[at + 1] != 'u') {
            return -1;
        }
        int value = 0;
        for (int i = at + 2; i < at + ESCAPE_LENGTH; i++) {
            int digit = Character.digit(json[i], 16);
            if (digit < 0) {
                return -1;
            }
            value = value * 16 + digit;
        }
        return value;
    }
}
