// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.replicaset;

import static io.fairlead.controllers.internal.Pods.ready;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.controllers.internal.Condition;
import io.fairlead.controllers.internal.PodFacts;
import io.fairlead.controllers.internal.PodTemplate;
import io.fairlead.controllers.internal.Pods;
import io.fairlead.controllers.internal.ReplicaSetFacts;
import io.fairlead.controllers.internal.ReplicaSetFacts.Status;
import io.fairlead.controllers.replicaset.ReplicaSetPlan.Create;
import io.fairlead.controllers.replicaset.ReplicaSetPlan.Delete;
import io.fairlead.controllers.replicaset.ReplicaSetPlan.Enough;
import io.fairlead.controllers.replicaset.ReplicaSetPlanner.Failure;
import io.fairlead.controllers.replicaset.ReplicaSetPlanner.Look;
import io.fairlead.framework.LabelSelector;
import io.fairlead.framework.ObjectMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReplicaSetPlannerTest {
    private static final Instant NOW = Pods.NOW;

    @Nested
    class ScalingUp {
        @Test
        void createsWhatIsMissing() {
            assertThat(plan(wanting(3), List.of(ready("a").facts()))).isEqualTo(new Create(2));
        }

        @Test
        void createsNoMoreThanABurst() {
            assertThat(plan(wanting(1200), List.of())).isEqualTo(new Create(500));
        }

        @Test
        void doublesTheBatchesUntilAllIsDone() {
            List<Integer> batches = new ArrayList<>();
            for (int done = 0; done < 12; done += batches.getLast()) {
                batches.add(ReplicaSetPlanner.nextBatch(done, 12));
            }

            assertThat(batches).containsExactly(1, 2, 4, 5);
        }
    }

    @Nested
    class ScalingDown {
        @Test
        void givesUpThePodThatServesNobodyFirst() {
            PodFacts waiting = ready("b").on("").inPhase("Pending").unready().facts();

            assertThat(plan(wanting(1), List.of(ready("a").facts(), waiting))).isEqualTo(new Delete(List.of(waiting)));
        }

        @Test
        void deletesNoMoreThanABurst() {
            assertThat(plan(wanting(0), pods(700))).isInstanceOfSatisfying(Delete.class, plan -> assertThat(plan.pods())
                    .hasSize(500));
        }
    }

    @Test
    void leavesTheWorldAloneWhileTheOwnerIsGoingAway() {
        assertThat(plan(terminating(3), List.of())).isEqualTo(new Enough());
    }

    @Nested
    class TheStatus {
        @Test
        void countsWhatIsReadyAvailableAndLabelled() {
            ReplicaSetFacts slow = withMinReady(wanting(3), Duration.ofSeconds(30));
            List<PodFacts> pods = List.of(
                    ready("a").readySeconds(31).facts(),
                    ready("b").readySeconds(29).facts(),
                    ready("c").unready().facts());

            assertThat(ReplicaSetPlanner.status(new Look(slow, OptionalInt.of(1), NOW), pods, Optional.empty()))
                    .isEqualTo(new Status(3, 3, 2, 1, OptionalInt.of(1), 1, List.of()));
            assertThat(ReplicaSetPlanner.untilNextAvailable(slow, pods, NOW)).contains(Duration.ofSeconds(1));
        }

        @Test
        void saysWhyPodsCouldNotBeMadeAndKeepsTheFirstReason() {
            Failure first = new Failure("FailedCreate", "first");
            Status failed = status(wanting(1), first);

            assertThat(failed.conditions())
                    .containsExactly(new Condition(
                            "ReplicaFailure", "True", "FailedCreate", "first", Optional.empty(), Optional.of(NOW)));
            assertThat(status(withStatus(failed), new Failure("FailedCreate", "second"))
                            .conditions())
                    .isEqualTo(failed.conditions());
        }

        @Test
        void forgetsTheReasonWhenItWorked() {
            Status failed = status(wanting(1), new Failure("FailedCreate", "first"));

            assertThat(ReplicaSetPlanner.status(
                                    new Look(withStatus(failed), OptionalInt.of(0), NOW), List.of(), Optional.empty())
                            .conditions())
                    .isEmpty();
        }

        @Test
        void isWrittenForANewGenerationAlone() {
            Status known = new Status(0, 0, 0, 0, OptionalInt.of(0), 1, List.of());

            assertThat(ReplicaSetPlanner.worthWriting(withStatus(known), known)).isFalse();
            assertThat(ReplicaSetPlanner.worthWriting(wanting(0), known)).isTrue();
        }
    }

    /** Whatever is found, following plans reaches the wanted count and then asks for nothing more. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void converges(long seed) {
        Random random = new Random(seed);
        ReplicaSetFacts wanted = wanting(random.nextInt(1_200));
        List<PodFacts> world = new ArrayList<>(pods(random.nextInt(1_200)));

        int stepsMax = 1 + 1_200 / ReplicaSetPlanner.BURST_MAX;
        for (int step = 0; step < stepsMax; step++) {
            Collections.shuffle(world, random);
            follow(plan(wanted, world), world);
        }

        assertThat(world).hasSize(wanted.replicas());
        assertThat(plan(wanted, world)).isEqualTo(new Enough());
    }

    static LongStream seeds() {
        return LongStream.range(0, 25);
    }

    private static void follow(ReplicaSetPlan plan, List<PodFacts> world) {
        switch (plan) {
            case Enough() -> {}
            case Create(int count) -> {
                for (int i = 0; i < count; i++) {
                    world.add(ready("new-" + world.size()).facts());
                }
            }
            case Delete(List<PodFacts> pods) -> world.removeAll(pods);
        }
    }

    private static ReplicaSetPlan plan(ReplicaSetFacts replicaSet, List<PodFacts> active) {
        return ReplicaSetPlanner.plan(replicaSet, active, active, NOW);
    }

    private static Status status(ReplicaSetFacts replicaSet, Failure failure) {
        return ReplicaSetPlanner.status(new Look(replicaSet, OptionalInt.of(0), NOW), List.of(), Optional.of(failure));
    }

    private static List<PodFacts> pods(int count) {
        return IntStream.range(0, count).mapToObj(i -> ready("p" + i).facts()).toList();
    }

    private static ReplicaSetFacts wanting(int replicas) {
        return facts(replicas, Optional.empty(), Duration.ZERO, Status.NONE);
    }

    private static ReplicaSetFacts terminating(int replicas) {
        return facts(replicas, Optional.of(NOW), Duration.ZERO, Status.NONE);
    }

    private static ReplicaSetFacts withMinReady(ReplicaSetFacts old, Duration minReady) {
        return facts(old.replicas(), Optional.empty(), minReady, old.status());
    }

    private static ReplicaSetFacts withStatus(Status status) {
        return facts(1, Optional.empty(), Duration.ZERO, status);
    }

    private static ReplicaSetFacts facts(int replicas, Optional<Instant> deleted, Duration minReady, Status status) {
        ObjectMetadata metadata = new ObjectMetadata(
                "default", "rs", "", "uid-rs", "1", 1, NOW, deleted, Map.of(), Map.of(), List.of(), List.of());
        return new ReplicaSetFacts(metadata, replicas, minReady, LabelSelector.EVERYTHING, PodTemplate.EMPTY, status);
    }
}
