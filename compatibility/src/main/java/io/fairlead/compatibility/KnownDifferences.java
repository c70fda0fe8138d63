// SPDX-License-Identifier: Apache-2.0
package io.fairlead.compatibility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The steps that are known not to agree with the original: one committed file, a line for each script.
 *
 * <p>A line is {@code topic | script number | script name | steps}, the numbers counted from 0 among the steps with a recorded answer.
 */
final class KnownDifferences {
    private static final String HEAD =
            """
            # Steps that do not agree with the original yet: topic | script number | script name | numbers of steps.
            # Of a scenario: 0 for other objects at the end or other answers, 1 for other fields, writes or events.
            # A listed step that starts to agree, and one that differs without being listed, fail the build: run the tests of
            # this module with -Dcompatibility.update=true to write the file anew, and read what changed before committing it.
            """;

    private final Path file;
    private final SortedMap<String, SortedMap<Integer, SortedSet<Integer>>> steps = new TreeMap<>();
    private final Map<String, SortedMap<Integer, String>> names = new TreeMap<>();

    private KnownDifferences(Path file) {
        this.file = file;
    }

    static KnownDifferences read(Path file) {
        KnownDifferences differences = new KnownDifferences(file);
        if (!Files.exists(file)) {
            return differences;
        }
        try {
            for (String line : Files.readAllLines(file)) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    String[] parts = line.split(" \\| ", -1);
                    differences.replace(parts[0], Integer.parseInt(parts[1]), parts[2], StepRanges.parse(parts[3]));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
        return differences;
    }

    /** The known steps of a script; empty if it agrees wholly. */
    SortedSet<Integer> of(String topic, int script) {
        return steps.getOrDefault(topic, Collections.emptySortedMap())
                .getOrDefault(script, Collections.emptySortedSet());
    }

    void replace(String topic, int script, String name, SortedSet<Integer> differing) {
        SortedMap<Integer, SortedSet<Integer>> scripts = steps.computeIfAbsent(topic, missing -> new TreeMap<>());
        names.computeIfAbsent(topic, missing -> new TreeMap<>()).put(script, name);
        if (differing.isEmpty()) {
            scripts.remove(script);
        } else {
            scripts.put(script, new TreeSet<>(differing));
        }
    }

    void write() {
        List<String> lines = new ArrayList<>();
        steps.forEach((topic, scripts) -> scripts.forEach((script, numbers) -> lines.add(topic + " | " + script + " | "
                + names.getOrDefault(topic, new TreeMap<>())
                        .getOrDefault(script, "")
                        .replace('|', '/') + " | " + StepRanges.format(numbers))));
        try {
            Files.writeString(file, HEAD + String.join("\n", lines) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("writing " + file, e);
        }
    }
}
