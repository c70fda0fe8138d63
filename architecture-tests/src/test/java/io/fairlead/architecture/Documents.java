// SPDX-License-Identifier: Apache-2.0
package io.fairlead.architecture;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The project's documents. */
final class Documents {
    /** The folder of the whole project. */
    static final Path ROOT =
            requireNonNull(Path.of("").toAbsolutePath().getParent(), "tests run in a module of the project");

    private static final Pattern BUILT = Pattern.compile("(^|/)(target|\\.git|\\.fairlead)(/|$)");

    private Documents() {}

    static List<Path> all() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file ->
                            !BUILT.matcher(ROOT.relativize(file).toString()).find())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
