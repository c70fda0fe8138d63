// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.deployment;

import static io.fairlead.controllers.deployment.Rollouts.NOW;
import static io.fairlead.controllers.deployment.Rollouts.deployment;
import static io.fairlead.controllers.deployment.Rollouts.plan;
import static io.fairlead.controllers.deployment.Rollouts.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.controllers.deployment.DeploymentFacts.Status;
import io.fairlead.controllers.deployment.DeploymentPlan.Change;
import io.fairlead.controllers.internal.Condition;
import io.fairlead.controllers.internal.IntOrPercent;
import io.fairlead.controllers.internal.ReplicaSetFacts;
import io.fairlead.framework.ObjectMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DeploymentPlannerTest {
    private static final Map<String, String> REVISION_1 = Map.of(Revisions.REVISION, "1");

    @Nested
    class ANewDeployment {
        @Test
        void getsItsReplicaSetAndSaysSo() {
            DeploymentPlan plan = plan(deployment(3));

            assertThat(plan.changes().getFirst()).isInstanceOfSatisfying(Change.Create.class, create -> {
                assertThat(create.replicas()).isEqualTo(3);
                assertThat(create.annotations())
                        .containsEntry(Revisions.REVISION, "1")
                        .containsEntry(Revisions.DESIRED, "3")
                        .containsEntry(Revisions.MAX, "4");
            });
            Change.WriteStatus write = statusOf(plan);
            assertThat(write.revision()).contains("1");
            assertThat(write.status().observedGeneration()).isZero();
            assertThat(progressing(write.status())).isEqualTo("True NewReplicaSetCreated");
        }

        @Test
        void thenSaysThatNothingIsAvailable() {
            Status status = statusOf(plan(
                            deployment(3).annotated(REVISION_1).status(progress("True", "NewReplicaSetCreated", NOW)),
                            freshSet(3, 3, 4)))
                    .status();

            assertThat(status.observedGeneration()).isEqualTo(2);
            assertThat(status.unavailable()).isEqualTo(3);
            assertThat(status.terminating()).hasValue(0);
            assertThat(progressing(status)).isEqualTo("True NewReplicaSetCreated");
            assertThat(condition(status, "Available")).isEqualTo("False MinimumReplicasUnavailable");
        }

        @Test
        void takesAReplicaSetThatIsThereAlready() {
            assertThat(plan(deployment(2), set(1, 2, 2, Map.of())).changes())
                    .containsExactly(new Change.Annotate(set(1, 2, 2, Map.of()), REVISION_1, 0));

            Change.WriteStatus write = statusOf(plan(deployment(2), set(1, 2, 2, REVISION_1)));
            assertThat(write.revision()).contains("1");
            assertThat(progressing(write.status())).isEqualTo("True FoundNewReplicaSet");
        }

        @Test
        void triesAnotherNameWhenItsOwnIsTaken() {
            Observed observed = Observed.of(deployment(1).facts(), List.of(), Set.of(), NOW);
            Change.WriteStatus write = (Change.WriteStatus)
                    DeploymentPlanner.afterCollision(observed).changes().getFirst();

            assertThat(write.status().collisions()).hasValue(1);
            assertThat(write.status().observedGeneration()).isZero();
            assertThat(created(plan(deployment(1).status(write.status()))).hash())
                    .isNotEqualTo(created(plan(deployment(1))).hash());
        }
    }

    @Nested
    class Rolling {
        @Test
        void makesTheNewReplicaSetAsLargeAsThereIsRoomAndTakesWhatIsNotMissed() {
            DeploymentPlan plan = plan(rollingTo2(4), set(1, 4, 4, 4, 5));

            assertThat(created(plan).replicas()).isEqualTo(1);
            assertThat(scalings(plan)).containsExactly("web-1 4->3");
        }

        @Test
        void roundsSurgeUpAndUnavailabilityDown() {
            // 30 % of 7: three more, two fewer.
            DeploymentPlan plan = plan(
                    rollingTo2(7).rolling(new IntOrPercent(30, true), new IntOrPercent(30, true)), set(1, 7, 7, 7, 10));

            assertThat(created(plan).replicas()).isEqualTo(3);
            assertThat(scalings(plan)).containsExactly("web-1 7->5");
        }

        @Test
        void growsBeforeItShrinks() {
            assertThat(scalings(plan(rollingTo2(4), set(1, 3, 3, 4, 5), set(2, 1, 1, 4, 5))))
                    .containsExactly("web-2 1->2");
        }

        @Test
        void lets1GoWhenBothLimitsAreNothing() {
            assertThat(scalings(plan(
                            rollingTo2(4).rolling(new IntOrPercent(0, false), new IntOrPercent(0, false)),
                            set(1, 4, 4, 4, 4),
                            set(2, 0, 0, 4, 4))))
                    .containsExactly("web-1 4->3");
        }

        @Test
        void removesBrokenPodsOfOldTemplatesFirst() {
            assertThat(scalings(plan(
                            rollingTo2(2).image(3).rolling(new IntOrPercent(1, false), new IntOrPercent(0, false)),
                            set(1, 2, 2, 2, 3),
                            set(2, 1, 0, 2, 3),
                            set(3, 0, 0, 2, 3))))
                    .containsExactly("web-2 1->0");
        }

        @Test
        void doesNotBelieveAStatusFromBeforeTheLastScaling() {
            ReplicaSetFacts scaledDown = withReplicas(set(1, 4, 4, 4, 5), 3);

            assertThat(scalings(plan(
                            rollingTo2(4).rolling(new IntOrPercent(1, false), new IntOrPercent(0, false)),
                            scaledDown,
                            set(2, 2, 2, 4, 5))))
                    .containsExactly("web-1 3->2");
        }

        @Test
        void takesNothingAwayBeforeAScaledReplicaSetHasSaidHowItIs() {
            ReplicaSetFacts scaled = withReplicas(set(1, 4, 4, 4, 5), 3);
            ObjectMetadata later = scaled.metadata();
            ReplicaSetFacts moving = new ReplicaSetFacts(
                    new ObjectMetadata(
                            later.namespace(),
                            later.name(),
                            "",
                            later.uid(),
                            "2",
                            2,
                            later.creationTimestamp(),
                            Optional.empty(),
                            Map.of(),
                            later.annotations(),
                            List.of(),
                            List.of()),
                    3,
                    scaled.minReady(),
                    scaled.selector(),
                    scaled.template(),
                    scaled.status());

            assertThat(scalings(plan(rollingTo2(4), moving, set(2, 2, 2, 4, 5))))
                    .isEmpty();
        }

        @Test
        void waitsWhileTooFewAreAvailable() {
            assertThat(scalings(plan(rollingTo2(4), set(1, 3, 3, 4, 5), set(2, 2, 0, 4, 5))))
                    .isEmpty();
        }
    }

    @Nested
    class Recreating {
        @Test
        void firstScalesTheOldDown() {
            assertThat(scalings(plan(rollingTo2(3).recreating(), Set.of("uid-1"), NOW, set(1, 3, 3, 3, 3))))
                    .containsExactly("web-1 3->0");
        }

        @Test
        void waitsForOldPodsThatAreStillThere() {
            DeploymentPlan plan = plan(rollingTo2(3).recreating(), Set.of("uid-1"), NOW, set(1, 0, 0, 3, 3));

            assertThat(plan.changes()).noneMatch(Change.Create.class::isInstance);
        }

        @Test
        void thenMakesAllNewOnesAtOnce() {
            assertThat(created(plan(rollingTo2(3).recreating(), set(1, 0, 0, 3, 3)))
                            .replicas())
                    .isEqualTo(3);
        }
    }

    @Nested
    class ChangingSize {
        @Test
        void scalesTheOnlyReplicaSet() {
            assertThat(plan(deployment(5).annotated(REVISION_1), set(1, 2, 2, 2, 3))
                            .changes())
                    .contains(new Change.Scale(
                            set(1, 2, 2, 2, 3), 2, 5, Map.of(Revisions.DESIRED, "5", Revisions.MAX, "7")));
        }

        @Test
        void keepsTheProportionsOfARollout() {
            // Recorded: 10 to 15 with 8 and 5.
            assertThat(scalings(plan(
                            rollingTo2(15).rolling(new IntOrPercent(3, false), new IntOrPercent(2, false)),
                            set(1, 8, 8, 10, 13),
                            set(2, 5, 0, 10, 13))))
                    .containsExactly("web-1 8->11", "web-2 5->7");
        }

        @Test
        void givesTheRestToTheLargest() {
            // Recorded: 5 to 8 with 4 and 2.
            assertThat(scalings(plan(
                            rollingTo2(8).rolling(new IntOrPercent(20, true), new IntOrPercent(20, true)),
                            set(1, 4, 4, 5, 6),
                            set(2, 2, 0, 5, 6))))
                    .containsExactly("web-1 4->7", "web-2 2->3");
        }

        @Test
        void scalesEverythingToNothing() {
            assertThat(scalings(plan(rollingTo2(0), set(1, 3, 3, 4, 5), set(2, 2, 0, 4, 5))))
                    .containsExactly("web-1 3->0", "web-2 2->0");
        }
    }

    @Nested
    class Paused {
        @Test
        void saysSoFirst() {
            Change.WriteStatus write = statusOf(plan(deployment(2).paused()));

            assertThat(progressing(write.status())).isEqualTo("Unknown DeploymentPaused");
            assertThat(write.status().observedGeneration()).isZero();
        }

        @Test
        void makesNoReplicaSet() {
            DeploymentPlan plan = plan(
                    rollingTo2(3).paused().status(progress("Unknown", "DeploymentPaused", NOW)), set(1, 3, 3, 3, 4));

            assertThat(plan.changes()).hasSize(1);
            assertThat(statusOf(plan).status().updated()).isZero();
            assertThat(statusOf(plan).status().observedGeneration()).isEqualTo(2);
        }

        @Test
        void makesTheReplicaSetWhenResumed() {
            DeploymentPlan plan =
                    plan(rollingTo2(4).status(progress("Unknown", "DeploymentPaused", NOW)), set(1, 4, 4, 4, 5));

            assertThat(progressing(statusOf(plan).status())).isEqualTo("Unknown DeploymentResumed");
            assertThat(created(plan).replicas()).isEqualTo(1);
        }
    }

    @Nested
    class GoingBack {
        @Test
        void numbersTheOldReplicaSetAnewAndNothingElse() {
            DeploymentPlan plan = plan(
                    deployment(2).annotated(Map.of(Revisions.REVISION, "2")), set(1, 0, 0, 2, 3), set(2, 2, 2, 2, 3));

            assertThat(plan.changes())
                    .containsExactly(new Change.Annotate(
                            set(1, 0, 0, 2, 3), Map.of(Revisions.REVISION, "3", Revisions.HISTORY, "1"), 0));
        }

        @Test
        void forgetsTheOldestNumbersOfALongHistory() {
            String history = "9,".repeat(Revisions.HISTORY_LENGTH_MAX / 2 - 1) + "9";
            ReplicaSetFacts old = set(1, 0, 0, Map.of(Revisions.REVISION, "1", Revisions.HISTORY, history));
            Change.Annotate change = (Change.Annotate)
                    plan(deployment(2), old, set(2, 2, 2, 2, 3)).changes().getFirst();

            assertThat(change.annotations().get(Revisions.HISTORY))
                    .hasSizeLessThanOrEqualTo(Revisions.HISTORY_LENGTH_MAX)
                    .startsWith("9,")
                    .endsWith(",1");
        }
    }

    @Nested
    class OldRevisions {
        @Test
        void goWhenTheRolloutIsCompleteAndThereAreTooMany() {
            Status complete = new Status(2, 1, 1, 1, 1, 0, OptionalInt.of(0), OptionalInt.empty(), List.of());
            DeploymentPlan plan = plan(
                    deployment(1).image(4).keeping(1).status(complete),
                    set(1, 0, 0, 1, 2),
                    set(2, 0, 0, 1, 2),
                    set(3, 0, 0, 1, 2),
                    set(4, 1, 1, 1, 2));

            assertThat(plan.changes())
                    .contains(new Change.Delete(set(1, 0, 0, 1, 2)), new Change.Delete(set(2, 0, 0, 1, 2)))
                    .doesNotContain(new Change.Delete(set(3, 0, 0, 1, 2)));
        }

        @Test
        void stayBeforeThat() {
            assertThat(plan(deployment(1).image(2).keeping(0), set(1, 0, 0, 1, 2), set(2, 1, 0, 1, 2))
                            .changes())
                    .noneMatch(Change.Delete.class::isInstance);
        }
    }

    @Nested
    class Progress {
        @Test
        void isOverdueAfterTheDeadline() {
            Instant late = NOW.plusSeconds(601);
            Status status = counted(progress("True", "ReplicaSetUpdated", NOW));
            DeploymentPlan plan =
                    plan(deployment(2).annotated(REVISION_1).status(status), Set.of(), late, set(1, 2, 0, 2, 3));

            assertThat(progressing(statusOf(plan).status())).isEqualTo("False ProgressDeadlineExceeded");
        }

        @Test
        void isLookedForAgainWhenTheDeadlineHasPassed() {
            Status status = counted(progress("True", "ReplicaSetUpdated", NOW));
            DeploymentPlan plan = plan(
                    deployment(2).annotated(REVISION_1).status(status),
                    Set.of(),
                    NOW.plusSeconds(100),
                    set(1, 2, 0, 2, 3));

            assertThat(plan.changes()).isEmpty();
            assertThat(plan.recheck()).contains(Duration.ofSeconds(501));
        }

        @Test
        void isNotLookedForWithoutADeadline() {
            Status status = statusOf(plan(deployment(2).withoutDeadline(), set(1, 2, 0, 2, 3)))
                    .status();

            assertThat(Condition.find(status.conditions(), "Progressing")).isEmpty();
        }

        @Test
        void isCompleteWhenAllIsAvailable() {
            Status status = statusOf(plan(
                            deployment(2).annotated(REVISION_1).status(progress("True", "ReplicaSetUpdated", NOW)),
                            set(1, 2, 2, 2, 3)))
                    .status();

            assertThat(progressing(status)).isEqualTo("True NewReplicaSetAvailable");
            assertThat(condition(status, "Available")).isEqualTo("True MinimumReplicasAvailable");
        }
    }

    @Test
    void onlySaysHowItIsWhileItGoesAway() {
        DeploymentPlan plan = plan(rollingTo2(4).terminating(), set(1, 4, 4, 4, 5));

        assertThat(plan.changes()).hasSize(1);
        assertThat(statusOf(plan).status().observedGeneration()).isEqualTo(2);
    }

    private static Rollouts.Builder rollingTo2(int replicas) {
        return deployment(replicas).image(2).annotated(Map.of(Revisions.REVISION, "2"));
    }

    private static ReplicaSetFacts freshSet(int replicas, int desired, int max) {
        ReplicaSetFacts set = set(1, replicas, 0, desired, max);
        return new ReplicaSetFacts(
                set.metadata(), replicas, set.minReady(), set.selector(), set.template(), ReplicaSetFacts.Status.NONE);
    }

    private static ReplicaSetFacts withReplicas(ReplicaSetFacts set, int replicas) {
        return new ReplicaSetFacts(
                set.metadata(), replicas, set.minReady(), set.selector(), set.template(), set.status());
    }

    private static Status progress(String status, String reason, Instant at) {
        return Status.NONE.withConditions(
                List.of(new Condition("Progressing", status, reason, "", Optional.of(at), Optional.of(at))));
    }

    /** What a look at two replicas of which none is available says. */
    private static Status counted(Status status) {
        List<Condition> conditions = new ArrayList<>(status.conditions());
        conditions.add(new Condition(
                "Available",
                "False",
                "MinimumReplicasUnavailable",
                "Deployment does not have minimum availability.",
                Optional.of(NOW),
                Optional.of(NOW)));
        return new Status(2, 2, 2, 0, 0, 2, OptionalInt.of(0), OptionalInt.empty(), conditions);
    }

    private static String progressing(Status status) {
        return condition(status, "Progressing");
    }

    private static String condition(Status status, String type) {
        Condition condition = Condition.find(status.conditions(), type).orElseThrow();
        return condition.status() + " " + condition.reason();
    }

    private static Change.Create created(DeploymentPlan plan) {
        return plan.changes().stream()
                .filter(Change.Create.class::isInstance)
                .map(Change.Create.class::cast)
                .findFirst()
                .orElseThrow();
    }

    /** The first status: one after it holds for a version that is gone by then. */
    private static Change.WriteStatus statusOf(DeploymentPlan plan) {
        return plan.changes().stream()
                .filter(Change.WriteStatus.class::isInstance)
                .map(Change.WriteStatus.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> scalings(DeploymentPlan plan) {
        return plan.changes().stream()
                .filter(Change.Scale.class::isInstance)
                .map(Change.Scale.class::cast)
                .map(scale -> scale.replicaSet().name() + " " + scale.from() + "->" + scale.to())
                .toList();
    }
}
