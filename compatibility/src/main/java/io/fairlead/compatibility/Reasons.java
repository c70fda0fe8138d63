// SPDX-License-Identifier: Apache-2.0
package io.fairlead.compatibility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Why scenarios differ from what the original did: one committed file, a line for each scenario or area.
 *
 * <p>A line is {@code scenario | reason}; what ends with a slash is about all scenarios of an area that have no line of their own.
 */
final class Reasons {
    private final SortedMap<String, String> byName = new TreeMap<>();

    private Reasons() {}

    static Reasons read(Path file) {
        Reasons reasons = new Reasons();
        try {
            for (String line : Files.readAllLines(file)) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    String[] parts = line.split(" \\| ", 2);
                    reasons.byName.put(parts[0], parts[1]);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
        return reasons;
    }

    /** Why {@code scenario} differs, if anybody has said so. */
    Optional<String> of(String scenario) {
        return Optional.ofNullable(byName.get(key(scenario)));
    }

    /** The lines that are about none of {@code scenarios}. */
    List<String> unused(List<String> scenarios) {
        List<String> used = scenarios.stream().map(this::key).toList();
        return byName.keySet().stream().filter(name -> !used.contains(name)).toList();
    }

    /** What those of {@code scenarios} that have one are called in the file, with the reasons. */
    Map<String, String> among(List<String> scenarios) {
        SortedMap<String, String> found = new TreeMap<>();
        for (String scenario : scenarios) {
            of(scenario).ifPresent(reason -> found.put(key(scenario), reason));
        }
        return found;
    }

    private String key(String scenario) {
        return byName.containsKey(scenario) ? scenario : scenario.substring(0, scenario.indexOf('/') + 1);
    }
}
