// SPDX-License-Identifier: Apache-2.0
package io.fairlead.distribution;

import io.fairlead.environment.Environment;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;

/** Runs the program in this JVM and keeps what it prints. */
final class Shell {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Interruption interruption = new Interruption(Environment.real());
    private final Program program;

    Shell(Path home) {
        Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), false);
        program = new Program(new Surroundings(Environment.real(), terminal, home, interruption));
    }

    int run(String... arguments) {
        return program.run(arguments);
    }

    /** Ctrl-C. */
    void interrupt() {
        interruption.ask();
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }
}
