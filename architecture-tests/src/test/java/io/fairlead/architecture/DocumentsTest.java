// SPDX-License-Identifier: Apache-2.0
package io.fairlead.architecture;

import static io.fairlead.architecture.Documents.ROOT;
import static io.fairlead.architecture.Documents.read;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is written about the code agrees with the code. */
class DocumentsTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:\\s]+)(#[^)]*)?\\)");
    private static final Pattern FENCE = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    private static final int README_LINES_MAX = 120;

    @Test
    void linksLeadSomewhere() {
        for (Path document : Documents.all()) {
            Path folder = requireNonNull(document.getParent(), "documents lie in folders");
            List<String> broken = LINK.matcher(read(document))
                    .results()
                    .map(link -> link.group(1))
                    .filter(target -> !Files.exists(folder.resolve(target)))
                    .toList();

            assertThat(broken)
                    .as("broken links in " + ROOT.relativize(document))
                    .isEmpty();
        }
    }

    @Test
    void theReadmeFitsOnTwoScreens() {
        assertThat(read(ROOT.resolve("README.md")).lines().count()).isLessThan(README_LINES_MAX);
    }

    @Test
    void theReadmesProgramIsTheSample() {
        String source = read(ROOT.resolve("samples/src/main/java/io/fairlead/samples/HelloCluster.java"));
        String sample = source.lines()
                .dropWhile(line -> !line.contains("README-START"))
                .skip(1)
                .takeWhile(line -> !line.contains("README-END"))
                .map(String::strip)
                .collect(joining("\n"));

        assertThat(FENCE.matcher(read(ROOT.resolve("README.md")))
                        .results()
                        .map(MatchResult::group)
                        .map(block -> block.lines().map(String::strip).collect(joining("\n"))))
                .anyMatch(block -> block.contains(sample));
    }

    @Test
    void nothingIsSynchronized() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            assertThat(files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> file.toString().contains("/src/main/"))
                            .filter(file -> read(file).contains("synchronized ("))
                            .map(ROOT::relativize))
                    .isEmpty();
        }
    }
}
