// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.0Gi, 0",
        "400m, 400m",
        "0.4, 400m",
        "1000m, 1",
        "1500m, 1500m",
        "1000, 1k",
        "1500, 1500",
        "1024, 1024",
        "1024Mi, 1Gi",
        "1536Mi, 1536Mi",
        "0.5Ki, 512",
        "1e3, 1e3",
        "1E3, 1e3",
        "12e2, 1200",
        "1n, 1n",
        "0.1n, 1n",
        "-400m, -400m",
        "10E, 10E"
    })
    void isWrittenAsShortAsItCanBe(String text, String shortest) {
        assertThat(Quantity.parse(text)).map(Quantity::text).contains(shortest);
    }

    @ParameterizedTest
    @CsvSource({"400m, 400m, 800m", "256Mi, 256Mi, 512Mi", "0, 256Mi, 256Mi", "1Gi, 1k, 1073742824", "800m, -400m, 400m"
    })
    void isAddedUpInTheFormOfTheFirst(String one, String other, String sum) {
        assertThat(quantity(one).plus(quantity(other)).text()).isEqualTo(sum);
    }

    @Test
    void isAsMuchHoweverItIsWritten() {
        assertThat(quantity("1024Mi").sameAs(quantity("1Gi"))).isTrue();
        assertThat(quantity("1000m").sameAs(quantity("1"))).isTrue();
        assertThat(quantity("1").sameAs(quantity("2"))).isFalse();
        assertThat(quantity("1").max(quantity("1500m")).text()).isEqualTo("1500m");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "m", "1x", "1 Gi", "1e999", "--1", "1.2.3"})
    void isNotReadFromAnythingElse(String text) {
        assertThat(Quantity.parse(text)).isEmpty();
    }

    private static Quantity quantity(String text) {
        return Quantity.parse(text).orElseThrow();
    }
}
