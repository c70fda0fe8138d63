// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTextTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0m, 0",
        "1, 1",
        "1000m, 1",
        "100m, 100m",
        "0.5, 500m",
        "1.5, 1500m",
        "1000, 1k",
        "1500, 1500",
        "1024, 1024",
        "1024Mi, 1Gi",
        "1500Mi, 1500Mi",
        "1536Mi, 1536Mi",
        "0.5Gi, 512Mi",
        "1.5Gi, 1536Mi",
        "1Ki, 1Ki",
        "0.1Ki, 102400m",
        "1e3, 1e3",
        "12e6, 12e6",
        "1.2e6, 1200e3",
        "100E, 100E",
        "123456789012345678901234567890, 123456789012345678901234567890",
        "0.1n, 1n",
        "-1, -1",
        "-500m, -500m",
        "+1, +1",
        "5., 5.",
        ".5, 500m",
        "9223372036854775808Ki, 9223372036854775807"
    })
    void isWrittenAsTheOriginalWritesIt(String given, String written) {
        assertThat(QuantityText.parse(given)).isEqualTo(new QuantityText.Parsed.Good(written));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1 Gi", "1..2", "--1", "1g", "1mm", "1e", "1Gib", "Gi1"})
    void refusesWhatIsNone(String text) {
        assertThat(QuantityText.parse(text)).isInstanceOf(QuantityText.Parsed.Bad.class);
    }
}
