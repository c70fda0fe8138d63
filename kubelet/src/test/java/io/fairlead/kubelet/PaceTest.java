// SPDX-License-Identifier: Apache-2.0
package io.fairlead.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Duration APART = Duration.ofMillis(10);
    private static final long MILLISECOND = 1_000_000;

    private final Pace pace = new Pace(APART);

    @Test
    void podsReportOneAfterTheOther() {
        assertThat(pace.untilTurn("a", 0)).isEqualTo(APART);
        assertThat(pace.untilTurn("b", 0)).isEqualTo(APART.multipliedBy(2));

        assertThat(pace.untilTurn("a", 10 * MILLISECOND)).isZero();
        assertThat(pace.untilTurn("b", 10 * MILLISECOND)).isEqualTo(APART);
        assertThat(pace.untilTurn("b", 20 * MILLISECOND)).isZero();
    }

    @Test
    void aPodThatAsksAgainKeepsItsTurn() {
        assertThat(pace.untilTurn("a", 0)).isEqualTo(APART);
        assertThat(pace.untilTurn("a", 4 * MILLISECOND)).isEqualTo(Duration.ofMillis(6));
    }

    @Test
    void aTurnIsGoodForOneReport() {
        assertThat(pace.untilTurn("a", 0)).isEqualTo(APART);
        assertThat(pace.untilTurn("a", 10 * MILLISECOND)).isZero();
        assertThat(pace.untilTurn("a", 10 * MILLISECOND)).isEqualTo(APART);
    }

    @Test
    void afterAPauseNobodyWaitsForThoseBefore() {
        assertThat(pace.untilTurn("a", 0)).isEqualTo(APART);
        assertThat(pace.untilTurn("b", 1_000 * MILLISECOND)).isEqualTo(APART);
    }

    @Test
    void withoutAPaceNobodyWaits() {
        assertThat(new Pace(Duration.ZERO).untilTurn("a", 5)).isZero();
    }
}
