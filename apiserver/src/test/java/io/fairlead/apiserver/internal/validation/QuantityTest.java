// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.validation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
    private static Quantity quantity(String text) {
        return Quantity.parse(text).orElseThrow();
    }

    @Nested
    class Reading {
        @Test
        void makesOfATextWhatTheOriginalMadeOfIt() throws IOException {
            try (InputStream recorded = requireNonNull(QuantityTest.class.getResourceAsStream("quantities.txt"))) {
                assertThat(new String(recorded.readAllBytes(), StandardCharsets.UTF_8).lines())
                        .filteredOn(line -> !line.startsWith("#"))
                        .hasSizeGreaterThan(400)
                        .allSatisfy(line -> {
                            int blank = line.indexOf(' ');
                            assertThat(quantity(line.substring(0, blank)).text())
                                    .isEqualTo(line.substring(blank + 1));
                        });
            }
        }

        @ParameterizedTest(name = "\"{0}\"")
        @ValueSource(
                strings = {
                    "", "x", "1 Gi", "1..2", "1g", "1Gib", "abc", "1_0", "1e3.5", "0x10", "١", "1Zi", "1e3e3", "1 "
                })
        void refusesWhatHasAnotherForm(String text) {
            assertThat(Quantity.read(text))
                    .isEqualTo(new Quantity.Reading.Refused("quantities must match the regular expression"
                            + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"));
        }

        @ParameterizedTest(name = "\"{0}\"")
        @ValueSource(
                strings = {
                    "--1",
                    "1mm",
                    "1e",
                    "Gi1",
                    "1K",
                    "1ee3",
                    "1Kii",
                    "1e-",
                    "1e+",
                    "+-1",
                    "1m1",
                    "1Ki1",
                    "1i",
                    "1nn",
                    "1e9999999999999999999"
                })
        void refusesSuffixesThatStandForNothing(String text) {
            assertThat(Quantity.read(text))
                    .isEqualTo(new Quantity.Reading.Refused("unable to parse quantity's suffix"));
        }

        @ParameterizedTest(name = "\"{0}\"")
        @ValueSource(strings = {"1e1001", "1e999999999", "1e-1001", "1e-999999999"})
        void refusesExponentsThatWouldTakeLongToComputeWith(String text) {
            assertThat(Quantity.read(text))
                    .isEqualTo(new Quantity.Reading.Refused("unable to parse numeric part of quantity"));
        }
    }

    @Nested
    class Amounts {
        @Test
        void compareExactly() {
            assertThat(quantity("1Gi")).isGreaterThan(quantity("1G"));
            assertThat(quantity("1000m")).isEqualTo(quantity("1"));
            assertThat(quantity("1000E")).isGreaterThan(quantity("999E"));
        }

        @Test
        void roundUpToThousandths() {
            assertThat(quantity("100u").roundedUpToMilli().text()).isEqualTo("1m");
        }

        @Test
        void addUpInTheFormOfTheFirstThatIsNotZero() {
            assertThat(quantity("512Mi").plus(quantity("512M")).text()).isEqualTo("1024288Ki");
            assertThat(quantity("512Mi").plus(quantity("512Mi")).text()).isEqualTo("1Gi");
            assertThat(Quantity.ZERO.plus(quantity("1e3")).text()).isEqualTo("1e3");
            assertThat(quantity("+2").minus(quantity("1500m")).text()).isEqualTo("500m");
        }
    }
}
