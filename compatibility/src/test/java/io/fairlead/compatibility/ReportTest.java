// SPDX-License-Identifier: Apache-2.0
package io.fairlead.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
    /** {@code -Dcompatibility.update=true} writes the report first. */
    @Test
    void docsSayWhatTheKnownDifferencesSay() throws IOException {
        String report = CompatibilityReport.current();
        if (Boolean.getBoolean("compatibility.update")) {
            Files.writeString(Recordings.REPORT, report);
        }

        assertThat(Files.readString(Recordings.REPORT)).isEqualTo(report);
    }

    @Test
    void everyScenarioThatDiffersSaysWhyAndNoOther() {
        KnownDifferences known = KnownDifferences.read(Recordings.KNOWN_DIFFERENCES);
        Reasons reasons = Reasons.read(Recordings.REASONS);
        List<String> differing = Recordings.scenarios().stream()
                .filter(scenario -> !CompatibilityReport.agrees(known, scenario))
                .toList();

        assertThat(differing.stream().filter(scenario -> reasons.of(scenario).isEmpty()))
                .isEmpty();
        assertThat(reasons.unused(differing)).isEmpty();
    }
}
