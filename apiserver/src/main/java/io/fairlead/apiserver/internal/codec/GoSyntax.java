// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.codec;

import java.util.Optional;

/**
 * Says what is wrong with a text that is no JSON, in the words of Go's decoder.
 *
 * <p>Only texts that the parser has refused come here, so it is plain rather than fast: it goes through the text byte by byte and
 * stops where Go would.
 */
final class GoSyntax {
    /** As deep as Go follows. */
    private static final int DEPTH_MAX = 10_000;

    private static final String VALUE = "looking for beginning of value";
    private static final String KEY = "looking for beginning of object key string";

    private final byte[] text;
    private final boolean[] inObject = new boolean[DEPTH_MAX + 1];
    private int depth;
    private int at;

    private GoSyntax(byte[] text) {
        this.text = text;
    }

    /** What is wrong, or nothing if Go would take it. */
    static Optional<MalformedJsonException> problem(byte[] text) {
        GoSyntax syntax = new GoSyntax(text);
        try {
            syntax.document();
            return Optional.empty();
        } catch (MalformedJsonException problem) {
            return Optional.of(problem);
        }
    }

    private void document() {
        boolean expectsValue = true;
        do {
            blanks();
            expectsValue = expectsValue ? value() : afterValue();
        } while (depth > 0 || expectsValue);
        blanks();
        if (at < text.length) {
            throw invalid("after top-level value");
        }
    }

    /** Reads a value or the beginning of one, and answers whether another value comes before anything else. */
    private boolean value() {
        switch (current()) {
            case '{' -> {
                open(true);
                blanks();
                if (current() == '}') {
                    return close();
                }
                key();
                return true;
            }
            case '[' -> {
                open(false);
                blanks();
                return current() == ']' ? close() : true;
            }
            case '"' -> string();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> throw invalid(VALUE);
        }
        return false;
    }

    private boolean afterValue() {
        boolean object = inObject[depth];
        int c = current();
        if (c == (object ? '}' : ']')) {
            return close();
        }
        if (c != ',') {
            throw invalid(object ? "after object key:value pair" : "after array element");
        }
        at++;
        if (object) {
            blanks();
            key();
        }
        return true;
    }

    private void open(boolean object) {
        if (depth == DEPTH_MAX) {
            throw new MalformedJsonException("exceeded max depth", at);
        }
        depth++;
        inObject[depth] = object;
        at++;
    }

    private boolean close() {
        depth--;
        at++;
        return false;
    }

    private void key() {
        if (current() != '"') {
            throw invalid(KEY);
        }
        string();
        blanks();
        if (current() != ':') {
            throw invalid("after object key");
        }
        at++;
    }

    private void string() {
        at++;
        while (current() != '"') {
            if (current() < ' ') {
                throw invalid("in string literal");
            }
            if (current() == '\\') {
                at++;
                escape();
            } else {
                at++;
            }
        }
        at++;
    }

    private void escape() {
        int c = current();
        if ("bfnrt\\/\"".indexOf(c) >= 0) {
            at++;
            return;
        }
        if (c != 'u') {
            throw invalid("in string escape code");
        }
        at++;
        for (int i = 0; i < 4; i++) {
            if (Character.digit(current(), 16) < 0) {
                throw invalid("in \\u hexadecimal character escape");
            }
            at++;
        }
    }

    private void literal(String literal) {
        for (int i = 0; i < literal.length(); i++) {
            if (current() != literal.charAt(i)) {
                throw invalid("in literal " + literal + " (expecting '" + literal.charAt(i) + "')");
            }
            at++;
        }
    }

    private void number() {
        if (current() == '-') {
            at++;
            if (!isDigit()) {
                throw current() < 0 ? end() : invalid("in numeric literal");
            }
        }
        if (current() == '0') {
            at++;
        } else {
            digits();
        }
        if (peek() == '.') {
            at++;
            someDigits("after decimal point in numeric literal");
        }
        if (peek() == 'e' || peek() == 'E') {
            at++;
            if (current() == '+' || current() == '-') {
                at++;
            }
            someDigits("in exponent of numeric literal");
        }
    }

    private void someDigits(String where) {
        current();
        if (!isDigit()) {
            throw invalid(where);
        }
        digits();
    }

    private void digits() {
        while (isDigit()) {
            at++;
        }
    }

    private boolean isDigit() {
        return peek() >= '0' && peek() <= '9';
    }

    private void blanks() {
        while (peek() == ' ' || peek() == '\t' || peek() == '\r' || peek() == '\n') {
            at++;
        }
    }

    private int peek() {
        return at < text.length ? text[at] & 0xff : -1;
    }

    private int current() {
        if (at >= text.length) {
            throw end();
        }
        return peek();
    }

    private MalformedJsonException end() {
        return new MalformedJsonException("unexpected end of JSON input", at);
    }

    private MalformedJsonException invalid(String where) {
        return new MalformedJsonException("invalid character " + quoted(current()) + " " + where, at);
    }

    /** A byte as Go quotes it: taken for the character with its number. */
    private static String quoted(int c) {
        String escaped =
                switch (c) {
                    case '\'' -> "\\'";
                    case '\\' -> "\\\\";
                    case 7 -> "\\a";
                    case '\b' -> "\\b";
                    case '\f' -> "\\f";
                    case '\n' -> "\\n";
                    case '\r' -> "\\r";
                    case '\t' -> "\\t";
                    case 11 -> "\\v";
                    default -> other(c);
                };
        return "'" + escaped + "'";
    }

    private static String other(int c) {
        String hex = "0123456789abcdef";
        String digits = "" + hex.charAt(c >> 4) + hex.charAt(c & 15);
        if (c < ' ' || c == 0x7f) {
            return "\\x" + digits;
        }
        boolean printable = c < 0x7f || (c > 0xa0 && c != 0xad);
        return printable ? String.valueOf((char) c) : "\\u00" + digits;
    }
}
