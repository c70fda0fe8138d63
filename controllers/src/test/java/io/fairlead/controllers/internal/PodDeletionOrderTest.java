// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.internal;

import static io.fairlead.controllers.internal.Pods.ready;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PodDeletionOrderTest {
    @Nested
    class GivesUpFirst {
        @Test
        void whatIsNotScheduled() {
            assertGivesUp(
                    "b", ready("a").unready().inPhase("Pending"), ready("b").on(""));
        }

        @Test
        void whatIsPendingBeforeWhatIsUnknownBeforeWhatRuns() {
            assertGivesUp(
                    "b",
                    ready("a").inPhase("Unknown").unready(),
                    ready("b").inPhase("Pending").unready());
            assertGivesUp(
                    "b", ready("a").unready(), ready("b").inPhase("Unknown").unready());
        }

        @Test
        void whatIsNotReady() {
            assertGivesUp("b", ready("a").costing("-5"), ready("b").unready());
        }

        @Test
        void whatCostsLess() {
            assertGivesUp("b", ready("a"), ready("b").costing("-1"));
            assertGivesUp("b", ready("a").costing("7"), ready("b"));
        }

        @Test
        void whatSharesItsNodeWithMost() {
            List<PodFacts> pods = facts(ready("a").on("node-1"), ready("b").on("node-2"));
            List<PodFacts> related = new ArrayList<>(pods);
            related.add(ready("c").on("node-2").facts());

            assertThat(names(PodDeletionOrder.first(1, pods, related, Pods.NOW)))
                    .containsExactly("b");
        }

        @Test
        void whatIsReadyForAShorterTime() {
            assertGivesUp("b", ready("a").readySeconds(1000), ready("b").readySeconds(10));
        }

        @Test
        void whatRestartedMore() {
            assertGivesUp("b", ready("a").restarted(1), ready("b").restarted(2));
        }

        @Test
        void whatIsYounger() {
            assertGivesUp("b", ready("a").madeSeconds(5000), ready("b").madeSeconds(100));
        }
    }

    @Test
    void takesPodsOfAboutOneAgeByUidRatherThanTheYoungest() {
        assertGivesUp("a", ready("a").readySeconds(70), ready("b").readySeconds(69));
        assertGivesUp("a", ready("a").readySeconds(69), ready("b").readySeconds(70));
    }

    @Test
    void takesACostThatIsNoneAsNothing() {
        assertGivesUp(
                "b",
                ready("a").costing("+1").restarted(0),
                ready("b").costing("0").restarted(1));
        assertGivesUp(
                "b",
                ready("a").costing("much").restarted(0),
                ready("b").costing("01").restarted(1));
    }

    @Test
    void doesNotCountPodsThatAreGoingAsSharers() {
        List<PodFacts> pods =
                facts(ready("a").on("node-1"), ready("b").on("node-2").restarted(1));
        List<PodFacts> related = new ArrayList<>(pods);
        related.add(ready("c").on("node-1").terminating().facts());

        assertThat(names(PodDeletionOrder.first(1, pods, related, Pods.NOW))).containsExactly("b");
    }

    /** Pods that differ in everything, in any order of arrival, are always given up in the same order. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void isAnOrder(long seed) {
        Random random = new Random(seed);
        List<PodFacts> pods = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            pods.add(ready("p" + i)
                    .on("node-" + random.nextInt(3))
                    .madeSeconds(random.nextInt(6))
                    .readySeconds(random.nextInt(6))
                    .restarted(random.nextInt(3))
                    .facts());
        }
        List<String> first = names(PodDeletionOrder.first(79, pods, pods, Pods.NOW));
        Collections.shuffle(pods, random);

        assertThat(names(PodDeletionOrder.first(79, pods, pods, Pods.NOW))).isEqualTo(first);
        assertThat(new HashSet<>(first)).hasSize(79);
    }

    static LongStream seeds() {
        return LongStream.range(0, 30);
    }

    private static void assertGivesUp(String name, Pods... pods) {
        List<PodFacts> facts = facts(pods);
        assertThat(names(PodDeletionOrder.first(1, facts, facts, Pods.NOW))).containsExactly(name);
        Collections.reverse(facts);
        assertThat(names(PodDeletionOrder.first(1, facts, facts, Pods.NOW))).containsExactly(name);
    }

    private static List<PodFacts> facts(Pods... pods) {
        return new ArrayList<>(Arrays.stream(pods).map(Pods::facts).toList());
    }

    private static List<String> names(List<PodFacts> pods) {
        return pods.stream().map(pod -> pod.metadata().name()).toList();
    }
}
