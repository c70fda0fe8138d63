// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1000",
        "100m, 100",
        "1.5, 1500",
        "0, 0",
        "1k, 1000000",
        "1u, 1",
        "1n, 1",
        "2500u, 3",
        "1e3, 1000000",
        ".5, 500",
        "1E, 1000000000000000000000"
    })
    void processorsAreReadInThousandthsRoundedUp(String quantity, String expected) {
        long capped = new java.math.BigInteger(expected)
                .min(java.math.BigInteger.valueOf(Long.MAX_VALUE))
                .longValueExact();
        assertThat(Amounts.milli(quantity)).isEqualTo(capped);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "128Mi, 134217728",
        "1Gi, 1073741824",
        "256Gi, 274877906944",
        "1Ki, 1024",
        "1M, 1000000",
        "1500m, 2",
        "1.5Gi, 1610612736",
        "1e6, 1000000",
        "12345678901, 12345678901",
        "nonsense, 0"
    })
    void otherAmountsAreReadInOnesRoundedUp(String quantity, long expected) {
        assertThat(Amounts.whole(quantity)).isEqualTo(expected);
    }
}
