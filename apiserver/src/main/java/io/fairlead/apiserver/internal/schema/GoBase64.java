// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.schema;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;

/** Base64 as Go's decoder takes it: line breaks anywhere, padding required, unused bits ignored. */
final class GoBase64 {
    private static final int[] SEXTETS = sextets();

    private GoBase64() {}

    /** What became of reading a text. */
    sealed interface Result {
        /** {@code text} stands for the same bytes, in the form in which an encoder writes them. */
        record Good(String text) implements Result {}

        /** It is no base64 from {@code offset} on. */
        record Bad(int offset) implements Result {}
    }

    static Result normalise(String text) {
        return isNormal(text) ? new Result.Good(text) : new Reader(text).read();
    }

    private static boolean isNormal(String text) {
        int length = text.length();
        if (length % 4 != 0) {
            return false;
        }
        int padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
        for (int i = 0; i < length - padding; i++) {
            if (sextet(text.charAt(i)) < 0) {
                return false;
            }
        }
        int unused = padding == 2 ? 0b1111 : padding == 1 ? 0b11 : 0;
        return padding == 0 || (sextet(text.charAt(length - padding - 1)) & unused) == 0;
    }

    private static int sextet(char c) {
        return c < SEXTETS.length ? SEXTETS[c] : -1;
    }

    private static int[] sextets() {
        int[] values = new int[128];
        Arrays.fill(values, -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            values[alphabet.charAt(i)] = i;
        }
        return values;
    }

    private static final class Reader {
        private final String text;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int at;
        private int bits;
        private int filled;

        Reader(String text) {
            this.text = text;
        }

        Result read() {
            while (at < text.length()) {
                char c = text.charAt(at++);
                int sextet = sextet(c);
                if (sextet >= 0) {
                    add(sextet);
                } else if (c == '=') {
                    return padding();
                } else if (!isLineBreak(c)) {
                    return new Result.Bad(at - 1);
                }
            }
            return filled == 0 ? good() : new Result.Bad(at - filled);
        }

        private void add(int sextet) {
            bits = bits << 6 | sextet;
            filled++;
            if (filled == 4) {
                emit(3);
                filled = 0;
            }
        }

        /** The first {@code =} has been read; what follows may only be the second and line breaks. */
        private Result padding() {
            if (filled < 2) {
                return new Result.Bad(at - 1);
            }
            if (filled == 2) {
                skipLineBreaks();
                if (at == text.length()) {
                    return new Result.Bad(at);
                }
                if (text.charAt(at) != '=') {
                    return new Result.Bad(at - 1);
                }
                at++;
            }
            skipLineBreaks();
            if (at < text.length()) {
                return new Result.Bad(at);
            }
            int whole = filled - 1;
            bits <<= 6 * (4 - filled);
            emit(whole);
            return good();
        }

        private void emit(int count) {
            for (int i = 0; i < count; i++) {
                bytes.write(bits >> (16 - 8 * i));
            }
            bits = 0;
        }

        private void skipLineBreaks() {
            while (at < text.length() && isLineBreak(text.charAt(at))) {
                at++;
            }
        }

        private static boolean isLineBreak(char c) {
            return c == '\n' || c == '\r';
        }

        private Result good() {
            return new Result.Good(Base64.getEncoder().encodeToString(bytes.toByteArray()));
        }
    }
}
