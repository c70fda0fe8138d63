// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.selector;

import io.fairlead.apiserver.internal.selector.LabelSelector.Operator;
import io.fairlead.apiserver.internal.selector.LabelSelector.Requirement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads label selectors token by token, so that what is wrong is said in upstream's words. For one use.
 */
final class LabelSelectorParser {
    private static final String PREFIX = "unable to parse requirement: ";
    private static final Map<String, Token> SYMBOLS = Map.of(
            "=", Token.EQUALS,
            "==", Token.EQUALS,
            "!=", Token.NOT_EQUALS,
            "!", Token.NOT,
            "(", Token.OPEN,
            ")", Token.CLOSE,
            ",", Token.COMMA,
            ">", Token.GREATER,
            "<", Token.LESS);

    private final List<Lexeme> lexemes = new ArrayList<>();
    private int position;

    LabelSelectorParser(String text) {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (isBlank(c)) {
                at++;
            } else if (isSpecial(c)) {
                at = symbol(text, at);
            } else {
                int end = at;
                while (end < text.length() && !isBlank(text.charAt(end)) && !isSpecial(text.charAt(end))) {
                    end++;
                }
                String word = text.substring(at, end);
                lexemes.add(new Lexeme(
                        switch (word) {
                            case "in" -> Token.IN;
                            case "notin" -> Token.NOT_IN;
                            default -> Token.WORD;
                        },
                        word));
                at = end;
            }
        }
        lexemes.add(new Lexeme(Token.END, ""));
    }

    /** The longest run of special characters that is a symbol. */
    private int symbol(String text, int from) {
        int end = from + 1;
        while (end < text.length()
                && isSpecial(text.charAt(end))
                && SYMBOLS.containsKey(text.substring(from, end + 1))) {
            end++;
        }
        String symbol = text.substring(from, end);
        Token token = SYMBOLS.get(symbol);
        lexemes.add(new Lexeme(token == null ? Token.WORD : token, symbol));
        return end;
    }

    List<Requirement> parse() {
        List<Requirement> requirements = new ArrayList<>();
        while (true) {
            Lexeme next = peekValue();
            switch (next.token) {
                case WORD, NOT -> requirements.add(requirement());
                case END -> {
                    return requirements;
                }
                default -> throw found(next, "found '%s', expected: !, identifier, or 'end of string'");
            }
            Lexeme after = takeValue();
            if (after.token == Token.END) {
                return requirements;
            }
            if (after.token != Token.COMMA) {
                throw found(after, "found '%s', expected: ',' or 'end of string'");
            }
            Lexeme second = peekValue();
            if (second.token != Token.WORD && second.token != Token.NOT) {
                throw found(second, "found '%s', expected: identifier after ','");
            }
        }
    }

    private Requirement requirement() {
        Lexeme key = takeValue();
        boolean absent = key.token == Token.NOT;
        if (absent) {
            key = takeValue();
        }
        if (key.token != Token.WORD) {
            throw found(key, PREFIX + "found '%s', expected: identifier");
        }
        check("<nil>", key.text, LabelRules::keyProblems);
        Token next = peekValue().token;
        if (absent || next == Token.END || next == Token.COMMA) {
            return new Requirement(key.text, absent ? Operator.ABSENT : Operator.EXISTS, Set.of(), false);
        }
        Lexeme operator = lexemes.get(position++);
        return switch (operator.token) {
            case IN -> among(key.text, Operator.IN, values(), false);
            case NOT_IN -> among(key.text, Operator.NOT_IN, values(), false);
            case EQUALS -> among(key.text, Operator.IN, exactValue(), true);
            case NOT_EQUALS -> among(key.text, Operator.NOT_IN, exactValue(), true);
            case GREATER -> compared(key.text, Operator.GREATER, exactValue());
            case LESS -> compared(key.text, Operator.LESS, exactValue());
            case NOT, OPEN, CLOSE, COMMA, WORD, END ->
                throw found(operator, PREFIX + "found '%s', expected: in, notin, =, ==, !=, gt, lt");
        };
    }

    private static Requirement among(String key, Operator operator, Set<String> values, boolean exact) {
        int index = 0;
        for (String value : values) {
            check("values[" + index++ + "][" + key + "]", value, LabelRules::valueProblems);
        }
        return new Requirement(key, operator, values, exact);
    }

    private static Requirement compared(String key, Operator operator, Set<String> values) {
        String value = values.iterator().next();
        if (!value.matches("[+-]?\\d{1,18}")) {
            throw new SelectorException(PREFIX + "values[0]: Invalid value: \"" + value
                    + "\": for 'Gt', 'Lt' operators, the value must be an integer");
        }
        return new Requirement(key, operator, values, true);
    }

    private static void check(String path, String text, Function<String, List<String>> rule) {
        List<String> problems = rule.apply(text);
        if (!problems.isEmpty()) {
            throw new SelectorException(
                    PREFIX + path + ": Invalid value: \"" + text + "\": " + String.join("; ", problems));
        }
    }

    private Set<String> exactValue() {
        Lexeme next = peekValue();
        if (next.token == Token.END || next.token == Token.COMMA) {
            return Set.of("");
        }
        takeValue();
        if (next.token != Token.WORD) {
            throw found(next, PREFIX + "found '%s', expected: identifier");
        }
        return Set.of(next.text);
    }

    private Set<String> values() {
        Lexeme open = takeValue();
        if (open.token != Token.OPEN) {
            throw found(open, PREFIX + "found '%s' expected: '('");
        }
        Set<String> values = new LinkedHashSet<>();
        Lexeme next = takeValue();
        if (next.token != Token.WORD && next.token != Token.COMMA && next.token != Token.CLOSE) {
            throw found(next, PREFIX + "found '%s', expected: ',', ')' or identifier");
        }
        boolean valueExpected = true;
        while (true) {
            switch (next.token) {
                case WORD -> {
                    values.add(next.text);
                    valueExpected = false;
                    Lexeme after = peekValue();
                    if (after.token != Token.COMMA && after.token != Token.CLOSE) {
                        throw found(after, PREFIX + "found '%s', expected: ',' or ')'");
                    }
                }
                case COMMA -> {
                    if (valueExpected) {
                        values.add("");
                    }
                    valueExpected = true;
                }
                case CLOSE -> {
                    if (valueExpected) {
                        values.add("");
                    }
                    return values;
                }
                default -> throw found(next, PREFIX + "found '%s', expected: ',', or identifier");
            }
            next = takeValue();
        }
    }

    /** Where a value may stand, {@code in} and {@code notin} are words like any other. */
    private Lexeme peekValue() {
        Lexeme lexeme = lexemes.get(position);
        return lexeme.token == Token.IN || lexeme.token == Token.NOT_IN ? new Lexeme(Token.WORD, lexeme.text) : lexeme;
    }

    private Lexeme takeValue() {
        Lexeme lexeme = peekValue();
        if (lexeme.token != Token.END) {
            position++;
        }
        return lexeme;
    }

    private static SelectorException found(Lexeme lexeme, String form) {
        return new SelectorException(String.format(Locale.ROOT, form, lexeme.text));
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static boolean isSpecial(char c) {
        return c == '=' || c == '!' || c == '(' || c == ')' || c == ',' || c == '>' || c == '<';
    }

    private enum Token {
        WORD,
        IN,
        NOT_IN,
        EQUALS,
        NOT_EQUALS,
        NOT,
        GREATER,
        LESS,
        OPEN,
        CLOSE,
        COMMA,
        END
    }

    private record Lexeme(Token token, String text) {}
}
