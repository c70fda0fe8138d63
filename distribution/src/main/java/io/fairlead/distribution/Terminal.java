// SPDX-License-Identifier: Apache-2.0
package io.fairlead.distribution;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;

/**
 * Where a command writes. For one thread.
 *
 * @param out what the command was asked for
 * @param err what went wrong
 * @param interactive whether a person looks at {@code out}, so that lines may be changed after they have been written
 */
record Terminal(PrintWriter out, PrintWriter err, boolean interactive) {
    private static final String ESCAPE = "\u001b[";

    Terminal {
        requireNonNull(out, "out");
        requireNonNull(err, "err");
    }

    void line(String text) {
        out.println(text);
        out.flush();
    }

    void error(String text) {
        err.println(text);
        err.flush();
    }

    /** Goes back up over the last {@code lines} lines; what is written next takes their place. */
    void rewind(int lines) {
        if (lines > 0) {
            out.print(ESCAPE + lines + "A");
        }
    }

    /** Writes a line over whatever stood there. */
    void overwrite(String text) {
        out.println(ESCAPE + "2K" + text);
    }

    void flush() {
        out.flush();
        err.flush();
    }
}
