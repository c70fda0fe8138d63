// SPDX-License-Identifier: Apache-2.0
package io.fairlead.compatibility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the recordings and what is said about them lie in the checkout. */
final class Recordings {
    /** The folder of this module; tests run in it. */
    private static final Path MODULE = Path.of("").toAbsolutePath();

    static final Path KNOWN_DIFFERENCES = MODULE.resolve("known-differences.txt");
    static final Path REASONS = MODULE.resolve("known-reasons.txt");
    static final Path REPORT = MODULE.resolveSibling("docs").resolve("compatibility.md");
    private static final Path DATA = MODULE.resolve("src/main/resources/io/fairlead/compatibility");

    private Recordings() {}

    /** The topics of request scripts, such as {@code protocol/crud}. */
    static List<String> topics() {
        return names(DATA.resolve("requests"));
    }

    /** The controllers' scenarios, such as {@code deployment/create}. */
    static List<String> scenarios() {
        return names(DATA.resolve("scenarios"));
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".jsonl"))
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .map(name -> name.substring(0, name.length() - ".jsonl".length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("listing " + folder, e);
        }
    }
}
