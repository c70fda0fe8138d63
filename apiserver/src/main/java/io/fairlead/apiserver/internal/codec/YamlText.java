// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.codec;

import java.util.Map;

/**
 * In which ways a string may be written in YAML outside of flow style.
 *
 * @param plainAllowed without quotes
 * @param singleQuotedAllowed in single quotes; in double quotes everything may
 * @param blockAllowed as a literal block
 */
record YamlText(boolean multiline, boolean plainAllowed, boolean singleQuotedAllowed, boolean blockAllowed) {
    private static final Map<Integer, String> ESCAPES = Map.ofEntries(
            Map.entry(0, "0"),
            Map.entry(7, "a"),
            Map.entry(8, "b"),
            Map.entry(9, "t"),
            Map.entry(10, "n"),
            Map.entry(11, "v"),
            Map.entry(12, "f"),
            Map.entry(13, "r"),
            Map.entry(27, "e"),
            Map.entry((int) '"', "\""),
            Map.entry((int) '\\', "\\"),
            Map.entry(0x85, "N"),
            Map.entry(0xa0, "_"),
            Map.entry(0x2028, "L"),
            Map.entry(0x2029, "P"));

    static YamlText of(String text) {
        if (text.isEmpty()) {
            return new YamlText(false, true, true, false);
        }
        boolean special = text.codePoints().anyMatch(c -> !isPrintable(c));
        boolean breaks = text.codePoints().anyMatch(YamlText::isBreak);
        int first = text.charAt(0);
        int last = text.charAt(text.length() - 1);
        boolean edge = isSpaceOrBreak(first) || isSpaceOrBreak(last);
        boolean spaceAfterBreak = false;
        boolean breakAfterSpace = false;
        for (int i = 1; i < text.length(); i++) {
            spaceAfterBreak |= text.charAt(i) == ' ' && isBreak(text.charAt(i - 1));
            breakAfterSpace |= isBreak(text.charAt(i)) && text.charAt(i - 1) == ' ';
        }
        boolean fragile = breakAfterSpace || special;
        return new YamlText(
                breaks,
                !edge && !spaceAfterBreak && !fragile && !breaks && !hasIndicators(text),
                !spaceAfterBreak && !fragile,
                last != ' ' && !fragile);
    }

    static boolean isBreak(int c) {
        return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
    }

    static boolean isPrintable(int c) {
        return c == '\n'
                || (c >= 0x20 && c <= 0x7e)
                || (c >= 0xa0 && c <= 0xd7ff)
                || (c >= 0xe000 && c <= 0xfffd && c != 0xfeff);
    }

    /** What stands after the backslash for {@code c} in double quotes. */
    static String escape(int c) {
        String known = ESCAPES.get(c);
        if (known != null) {
            return known;
        }
        if (c <= 0xff) {
            return String.format("x%02X", c);
        }
        return c <= 0xffff ? String.format("u%04X", c) : String.format("U%08X", c);
    }

    /** Whether something in it would be read as the beginning of a comment, a key or another node. */
    private static boolean hasIndicators(String text) {
        if (text.startsWith("---") || text.startsWith("...") || "#,[]{}&*!|>'\"%@`".indexOf(text.charAt(0)) >= 0) {
            return true;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean blankFollows = i + 1 == text.length() || isBlank(text.charAt(i + 1));
            boolean blankBefore = i == 0 || isSpaceOrBreak(text.charAt(i - 1)) || text.charAt(i - 1) == '\t';
            boolean leading = i == 0 && (c == '?' || c == '-');
            if (((c == ':' || leading) && blankFollows) || (c == '#' && blankBefore)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBlank(int c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isSpaceOrBreak(int c) {
        return c == ' ' || isBreak(c);
    }
}
