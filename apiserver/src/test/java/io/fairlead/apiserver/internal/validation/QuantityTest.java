// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.validation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
    @ParameterizedTest(name = "{0} is stored as {1}")
    @CsvSource({
        "1000m, 1",
        "0.5, 500m",
        "1e-1, 100e-3",
        "1E3, 1E3",
        "+1, +1",
        "1.0, 1",
        "2000, 2k",
        "1e3, 1e3",
        "1500e-3, 1500e-3",
        "12345678901234567890, 12345678901234567890",
        "0.1e1, 1",
        "1024Ki, 1Mi",
        "1000Ki, 1000Ki",
        "1.5Gi, 1536Mi",
        "1000M, 1G",
        "0.5Mi, 512Ki",
        "1000000k, 1G",
        "1048576, 1048576",
        "99999999999999999999G, 99999999999999999999G",
        "0.1Ki, 102400m",
        "100u, 100u",
        "0, 0",
        "-1Gi, -1Gi"
    })
    void isStoredAsTheOriginalStoresIt(String written, String stored) {
        assertThat(Quantity.stored(written)).contains(stored);
    }

    @ParameterizedTest(name = "\"{0}\" is none")
    @ValueSource(strings = {"", "1gi", "1 Gi", "1K", "abc", "1..2", ".", "--1", "1e", "1ee3", "1Kii", "1 ", "1_0"})
    void refusesWhatIsNone(String text) {
        assertThat(Quantity.parse(text)).isEmpty();
    }

    @Test
    void comparesExactly() {
        assertThat(Quantity.parse("1Gi").orElseThrow())
                .isGreaterThan(Quantity.parse("1G").orElseThrow());
        assertThat(Quantity.parse("1000m")).isEqualTo(Quantity.parse("1"));
    }

    @Test
    void roundsUpToThousandths() {
        assertThat(Quantity.parse("100u").orElseThrow().roundedUpToMilli().canonical())
                .isEqualTo("1m");
    }
}
