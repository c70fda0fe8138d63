// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every rollout, in whatever order things happen. To replay a failure, put its seed in place of the stream. */
class RolloutPropertyTest {
    /** Far more than any rollout of a dozen pods needs. */
    private static final int QUIET_STEPS_MAX = 20_000;

    private static final int BUSY_STEPS = 400;

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void staysWithinItsLimitsWhilePeopleChangeTheirMinds(long seed) {
        Random random = new Random(seed);
        SimulatedRollout rollout = new SimulatedRollout(random);
        settle(rollout);
        Limits limits = rollout.limits();

        for (int step = 0; step < BUSY_STEPS; step++) {
            if (random.nextInt(20) == 0) {
                rollout.people(false);
            }
            rollout.machinery();

            assertThat(rollout.wanted())
                    .as("step %d: %s", step, rollout)
                    .isLessThanOrEqualTo(rollout.replicas() + limits.surge());
            assertThat(rollout.ready())
                    .as("step %d: %s", step, rollout)
                    .isGreaterThanOrEqualTo(rollout.replicas() - limits.unavailable());
        }
        settle(rollout);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void endsWithWhatWasAskedForLastAfterAnyChangesOfSize(long seed) {
        Random random = new Random(seed);
        SimulatedRollout rollout = new SimulatedRollout(random);
        int highest = rollout.replicas() + rollout.limits().surge();
        for (int step = 0; step < BUSY_STEPS; step++) {
            if (random.nextInt(10) == 0) {
                rollout.people(true);
                highest =
                        Math.max(highest, rollout.replicas() + rollout.limits().surge());
            }
            rollout.machinery();

            assertThat(rollout.wanted()).as("step %d: %s", step, rollout).isLessThanOrEqualTo(highest);
        }
        settle(rollout);
        int before = rollout.wanted();
        rollout.lookAtDeployment();

        assertThat(rollout.wanted()).isEqualTo(before).isEqualTo(rollout.replicas());
    }

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    private static void settle(SimulatedRollout rollout) {
        rollout.resume();
        for (int step = 0; step < QUIET_STEPS_MAX; step++) {
            rollout.machinery();
            if (rollout.complete() && rollout.wanted() > 0 == rollout.replicas() > 0) {
                return;
            }
        }
        throw new AssertionError("does not end: " + rollout);
    }
}
