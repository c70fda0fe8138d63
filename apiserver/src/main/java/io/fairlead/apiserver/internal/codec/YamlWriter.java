// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Turns trees into YAML as the original's answers have it: block style, lists not indented below their key, keys sorted, long
 * strings wrapped. Any thread may call it.
 */
public final class YamlWriter {
    /** Lines are wrapped at the first blank after this column. */
    private static final int WIDTH = 80;

    private final StringBuilder out = new StringBuilder();
    private int lineStart;

    private YamlWriter() {}

    /** {@code value} in UTF-8, ending with a line break. */
    public static byte[] bytes(JsonValue value) {
        return text(value).getBytes(StandardCharsets.UTF_8);
    }

    /** {@code value} as a string that ends with a line break. */
    public static String text(JsonValue value) {
        YamlWriter writer = new YamlWriter();
        writer.node(value, 0, false, false);
        writer.endLine();
        return writer.out.toString();
    }

    /**
     * Writes a node whose block, if it has one, stands at {@code indent}.
     *
     * @param afterKey whether it follows a key on its line
     * @param afterDash whether it follows a dash on its line
     */
    private void node(JsonValue value, int indent, boolean afterKey, boolean afterDash) {
        switch (value) {
            case JsonObject object when !object.isEmpty() -> mapping(object, indent, afterKey, afterDash);
            case JsonArray array when !array.isEmpty() -> sequence(array, indent, afterDash);
            case JsonObject ignored -> out.append(afterKey ? " {}" : "{}");
            case JsonArray ignored -> out.append(afterKey ? " []" : "[]");
            case JsonString string -> {
                if (afterKey) {
                    out.append(' ');
                }
                // What hangs below a key or a dash is one step deeper; at the top it is as deep.
                string(string.value(), afterKey ? indent + 2 : indent);
            }
            case JsonNumber number -> out.append(afterKey ? " " : "").append(GoFloat.general(number));
            case JsonBoolean bool -> out.append(afterKey ? " " : "").append(bool);
            case JsonNull ignored -> out.append(afterKey ? " null" : "null");
        }
    }

    private void mapping(JsonObject object, int indent, boolean afterKey, boolean afterDash) {
        List<String> names = new ArrayList<>(object.names());
        names.sort(NATURAL);
        // The mapping below a key is one step deeper than the key.
        int at = afterKey ? indent + 2 : indent;
        boolean first = afterDash;
        for (String name : names) {
            if (!first && !out.isEmpty()) {
                newLine(at);
            }
            first = false;
            key(name);
            out.append(':');
            node(member(object, name), at, true, false);
        }
    }

    private void sequence(JsonArray array, int indent, boolean afterDash) {
        boolean first = afterDash;
        for (JsonValue item : array) {
            if (!first && !out.isEmpty()) {
                newLine(indent);
            }
            first = false;
            out.append("- ");
            node(item, indent + 2, false, true);
        }
    }

    private static JsonValue member(JsonObject object, String name) {
        JsonValue value = object.get(name);
        return value == null ? JsonNull.NULL : value;
    }

    private void key(String name) {
        YamlText analysed = YamlText.of(name);
        if (name.isEmpty()) {
            out.append("\"\"");
        } else if (!YamlScalars.isString(name) || isSexagesimal(name) || analysed.multiline()) {
            doubleQuoted(name, 0, false);
        } else if (analysed.plainAllowed()) {
            out.append(name);
        } else if (analysed.singleQuotedAllowed()) {
            singleQuoted(name, 0, false);
        } else {
            doubleQuoted(name, 0, false);
        }
    }

    private void string(String text, int indent) {
        YamlText analysed = YamlText.of(text);
        boolean string = YamlScalars.isString(text) && !isSexagesimal(text);
        if (text.indexOf('\n') >= 0) {
            if (analysed.blockAllowed()) {
                literal(text, indent);
            } else {
                doubleQuoted(text, indent, true);
            }
        } else if (!string) {
            doubleQuoted(text, indent, true);
        } else if (analysed.plainAllowed()) {
            plain(text, indent);
        } else if (analysed.singleQuotedAllowed()) {
            singleQuoted(text, indent, true);
        } else {
            doubleQuoted(text, indent, true);
        }
    }

    private void plain(String text, int indent) {
        for (int i = 0; i < text.length(); i++) {
            if (wraps(text, i)) {
                newLine(indent);
            } else {
                out.append(text.charAt(i));
            }
        }
    }

    private void singleQuoted(String text, int indent, boolean wrapping) {
        out.append('\'');
        for (int i = 0; i < text.length(); i++) {
            if (wrapping && i > 0 && i < text.length() - 1 && wraps(text, i)) {
                newLine(indent);
            } else {
                out.append(text.charAt(i) == '\'' ? "''" : String.valueOf(text.charAt(i)));
            }
        }
        out.append('\'');
    }

    private void doubleQuoted(String text, int indent, boolean wrapping) {
        out.append('"');
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            boolean inside = i > 0 && i < text.length() - 1;
            if (c == ' ' && wrapping && inside && text.charAt(i - 1) != ' ' && column() > WIDTH) {
                newLine(indent);
                if (text.charAt(i + 1) == ' ') {
                    out.append('\\');
                }
            } else if (!YamlText.isPrintable(c) || YamlText.isBreak(c) || c == '"' || c == '\\') {
                out.append('\\').append(YamlText.escape(c));
            } else {
                out.appendCodePoint(c);
            }
            i += Character.charCount(c);
        }
        out.append('"');
    }

    private void literal(String text, int indent) {
        out.append('|');
        if (text.charAt(0) == ' ' || YamlText.isBreak(text.charAt(0))) {
            out.append('2');
        }
        if (!text.endsWith("\n")) {
            out.append('-');
        } else if (text.length() == 1 || text.endsWith("\n\n")) {
            out.append('+');
        }
        String body = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        for (String line : body.split("\n", -1)) {
            endLine();
            if (!line.isEmpty()) {
                out.repeat(' ', indent).append(line);
            }
        }
    }

    private boolean wraps(String text, int at) {
        boolean single = text.charAt(at) == ' '
                && (at == 0 || text.charAt(at - 1) != ' ')
                && (at + 1 == text.length() || text.charAt(at + 1) != ' ');
        return single && column() > WIDTH;
    }

    private int column() {
        return out.length() - lineStart;
    }

    private void newLine(int indent) {
        endLine();
        out.repeat(' ', indent);
    }

    private void endLine() {
        out.append('\n');
        lineStart = out.length();
    }

    /** A number in base 60, such as {@code 12:30}, which other readers would take for one. */
    private static boolean isSexagesimal(String text) {
        int at = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        int colons = 0;
        int end = digitsEnd(text, at);
        if (end == at) {
            return false;
        }
        while (end < text.length() && text.charAt(end) == ':') {
            int next = digitsEnd(text, end + 1);
            boolean sixty = next - end - 1 == 1 || (next - end - 1 == 2 && text.charAt(end + 1) <= '5');
            if (!sixty) {
                return false;
            }
            colons++;
            end = next;
        }
        if (end < text.length() && text.charAt(end) == '.') {
            end = digitsEnd(text, end + 1);
        }
        return colons > 0 && end == text.length();
    }

    private static int digitsEnd(String text, int from) {
        int at = from;
        while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        return at;
    }

    /** The order of keys: letters after everything else, numbers by value. */
    private static final Comparator<String> NATURAL = YamlWriter::compare;

    private static int compare(String a, String b) {
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x == y) {
                continue;
            }
            boolean xLetter = Character.isLetter(x);
            boolean yLetter = Character.isLetter(y);
            if (xLetter && yLetter) {
                return Character.compare(x, y);
            }
            if (xLetter || yLetter) {
                return yLetter ? -1 : 1;
            }
            return compareNumbers(a, b, i);
        }
        return Integer.compare(a.length(), b.length());
    }

    private static int compareNumbers(String a, String b, int at) {
        String x = digits(a, at);
        String y = digits(b, at);
        String bareX = x.replaceFirst("^0+", "");
        String bareY = y.replaceFirst("^0+", "");
        if (bareX.length() != bareY.length()) {
            return Integer.compare(bareX.length(), bareY.length());
        }
        int byValue = bareX.compareTo(bareY);
        if (byValue != 0) {
            return byValue;
        }
        return x.length() != y.length()
                ? Integer.compare(x.length(), y.length())
                : Character.compare(a.charAt(at), b.charAt(at));
    }

    private static String digits(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isDigit(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at);
    }
}
