// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import java.util.List;
import java.util.Set;

/** What is wrong with a regular expression of Go, in its words; it knows less, and so forbids more, than Java's. */
final class RegexSyntax {
    /** Letters that mean something behind a backslash. */
    private static final String ESCAPES = "aftnrvAbBCdDpPQEsSwWxz01234567";

    private static final List<String> GROUPS = List.of("(?P<", "(?<", "(?:", "(?i", "(?m", "(?s", "(?U", "(?-");
    private static final int REPEAT_MAX = 1000;
    private static final Set<String> CLASSES = Set.of(
            "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space", "upper",
            "word", "xdigit");

    private final String text;
    private int at;
    private int open;
    private String problem = "";

    /** Where the last repetition began, if the one before {@link #at} is one; negative if not. */
    private int repetition = -1;

    /** Whether there is something that can be repeated. */
    private boolean repeatable;

    private RegexSyntax(String text) {
        this.text = text;
    }

    /** What Go says of {@code text}; empty if it is good. */
    static String problem(String text) {
        RegexSyntax syntax = new RegexSyntax(text);
        while (syntax.at < text.length() && syntax.problem.isEmpty()) {
            syntax.step();
        }
        if (syntax.problem.isEmpty() && syntax.open > 0) {
            syntax.refuse("missing closing )", text);
        }
        return syntax.problem;
    }

    private void refuse(String what, String where) {
        problem = "error parsing regexp: " + what + ": `" + where + "`";
    }

    private void step() {
        char c = text.charAt(at);
        switch (c) {
            case '\\' -> escape();
            case '[' -> characterClass();
            case '(' -> group();
            case ')' -> {
                if (open == 0) {
                    refuse("unexpected )", text);
                }
                open--;
                atom(1);
            }
            case '*', '+', '?' -> repeat(1);
            case '{' -> counted();
            case '|', '^' -> {
                at++;
                repetition = -1;
                repeatable = c == '^';
            }
            default -> atom(1);
        }
    }

    private void atom(int length) {
        at += length;
        repeatable = true;
        repetition = -1;
    }

    private void escape() {
        if (at + 1 == text.length()) {
            refuse("trailing backslash at end of expression", "");
            return;
        }
        char c = text.charAt(at + 1);
        if (Character.isLetterOrDigit(c) && ESCAPES.indexOf(c) < 0) {
            refuse("invalid escape sequence", text.substring(at, at + 2));
        }
        atom(2);
    }

    private void group() {
        open++;
        if (text.startsWith("(?", at)) {
            if (GROUPS.stream().noneMatch(form -> text.startsWith(form, at))) {
                refuse("invalid or unsupported Perl syntax", text.substring(at, Math.min(at + 3, text.length())));
                return;
            }
            boolean named = text.startsWith("(?P<", at) || text.startsWith("(?<", at);
            int end = named ? text.indexOf('>', at) : at + 2;
            if (end < 0) {
                refuse("invalid named capture", text.substring(at));
                return;
            }
            at = end;
        }
        at++;
        repeatable = false;
        repetition = -1;
    }

    private void repeat(int length) {
        if (!repeatable) {
            refuse("missing argument to repetition operator", text.substring(at, at + length));
            return;
        }
        if (repetition >= 0) {
            refuse("invalid nested repetition operator", text.substring(repetition, at + length));
            return;
        }
        repetition = at;
        at += length;
        if (at < text.length() && text.charAt(at) == '?') {
            at++;
        }
    }

    /** Braces with numbers in them; any others are letters like all others. */
    private void counted() {
        int end = text.indexOf('}', at);
        String inner = end < 0 ? "" : text.substring(at + 1, end);
        if (!inner.matches("\\d{1,9}(,\\d{0,9})?")) {
            atom(1);
            return;
        }
        String[] bounds = inner.split(",", -1);
        int least = Integer.parseInt(bounds[0]);
        boolean bounded = bounds.length > 1 && !bounds[1].isEmpty();
        int most = bounded ? Integer.parseInt(bounds[1]) : least;
        if (least > REPEAT_MAX || most > REPEAT_MAX || least > most) {
            refuse("invalid repeat count", text.substring(at, end + 1));
            return;
        }
        repeat(end + 1 - at);
    }

    private void characterClass() {
        int start = at;
        int i = at + 1;
        if (i < text.length() && text.charAt(i) == '^') {
            i++;
        }
        boolean first = true;
        while (i < text.length() && (first || text.charAt(i) != ']')) {
            first = false;
            int end = text.startsWith("[:", i) ? text.indexOf(":]", i) : -1;
            if (end > 0) {
                String name = text.substring(text.startsWith("[:^", i) ? i + 3 : i + 2, end);
                if (!CLASSES.contains(name)) {
                    refuse("invalid character class range", text.substring(i, end + 2));
                    return;
                }
                i = end + 2;
                continue;
            }
            int low = text.charAt(i) == '\\' ? i + 1 : i;
            int next = low + 1;
            boolean range = next + 1 < text.length() && text.charAt(next) == '-' && text.charAt(next + 1) != ']';
            if (range && low == i && text.charAt(next + 1) != '\\' && text.charAt(next + 1) < text.charAt(low)) {
                refuse("invalid character class range", text.substring(low, next + 2));
                return;
            }
            i = range ? next + 2 : next;
        }
        if (i >= text.length()) {
            refuse("missing closing ]", text.substring(start));
            return;
        }
        atom(i + 1 - start);
    }
}
