// SPDX-License-Identifier: Apache-2.0
package io.fairlead.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

class ReportTest {
    @Test
    @DisabledIfSystemProperty(named = "compatibility.update", matches = "true", disabledReason = "it is being written")
    void docsSayWhatTheKnownDifferencesSay() throws IOException {
        KnownDifferences known = KnownDifferences.read(Recordings.KNOWN_DIFFERENCES);

        String report = CompatibilityReport.of(known, Recordings.topics(), Recordings.scenarios());

        assertThat(Files.readString(Recordings.REPORT)).isEqualTo(report);
    }
}
