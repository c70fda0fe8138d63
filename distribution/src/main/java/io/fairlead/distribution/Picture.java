// SPDX-License-Identifier: Apache-2.0
package io.fairlead.distribution;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One line for each object. On a terminal a line changes where it stands; elsewhere each change is a line of its own.
 *
 * <p>For one thread.
 */
final class Picture {
    private final Terminal terminal;
    private final Map<String, String> shown = new LinkedHashMap<>();

    Picture(Terminal terminal) {
        this.terminal = requireNonNull(terminal, "terminal");
    }

    /** Shows {@code lines}: for each object's name, what there is to say of it. */
    void draw(Map<String, String> lines) {
        if (terminal.interactive()) {
            redraw(lines);
        } else {
            lines.forEach((name, text) -> {
                if (!text.equals(shown.get(name))) {
                    terminal.line(line(name, text));
                }
            });
            shown.keySet().stream()
                    .filter(name -> !lines.containsKey(name))
                    .forEach(name -> terminal.line(line(name, "gone")));
            shown.clear();
            shown.putAll(lines);
        }
    }

    /** What stands there stays; what is drawn next begins below it. */
    void forget() {
        shown.clear();
    }

    private void redraw(Map<String, String> lines) {
        terminal.rewind(shown.size());
        // An object that is gone keeps its line, or everything below would jump.
        shown.replaceAll((name, text) -> "gone");
        shown.putAll(lines);
        shown.forEach((name, text) -> terminal.overwrite(line(name, text)));
        terminal.flush();
    }

    private static String line(String name, String text) {
        return "  " + name + " ".repeat(Math.max(1, 32 - name.length())) + text;
    }
}
