// SPDX-License-Identifier: Apache-2.0
package io.fairlead.distribution;

import io.fairlead.environment.Api;
import io.fairlead.environment.Environment;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Where the program begins. */
@Api(Api.Status.INTERNAL)
public final class Fairlead {
    private Fairlead() {}

    /** Runs the command that {@code arguments} name and ends the JVM. */
    public static void main(String[] arguments) {
        BouncyCastleStandIn.register();
        Terminal terminal = new Terminal(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                Boolean.getBoolean("fairlead.terminal"));
        Surroundings surroundings =
                new Surroundings(Environment.real(), terminal, home(), Interruption.ofThisProcess(Environment.real()));
        int code = new Program(surroundings).run(arguments);
        terminal.flush();
        // Not System.exit: if the process is being ended already, that would wait for itself. This ends it at once and
        // with
        // our own code, whoever asked for it.
        Runtime.getRuntime().halt(code);
    }

    private static Path home() {
        return Optional.ofNullable(System.getenv("FAIRLEAD_HOME"))
                .filter(folder -> !folder.isBlank())
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".fairlead"));
    }
}
