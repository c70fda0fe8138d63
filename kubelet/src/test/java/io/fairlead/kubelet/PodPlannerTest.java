// SPDX-License-Identifier: Apache-2.0
package io.fairlead.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kubelet.ContainerStatus.Running;
import io.fairlead.kubelet.ContainerStatus.Terminated;
import io.fairlead.kubelet.ContainerStatus.Waiting;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PodPlannerTest {
    private static final String JOB = "'ownerReferences':[{'kind':'Job','name':'j','uid':'ju','controller':true}]";

    private static String annotated(String name, String value) {
        return "'annotations':{'kubelet.fairlead.io/" + name + "':'" + value + "'}";
    }

    private static String running(String command) {
        return "'containers':[{'name':'app','image':'i','command':" + command + "}]";
    }

    private static Instant after(long seconds) {
        return Samples.BOUND.plusSeconds(seconds);
    }

    private static Step.Wait waiting(long seconds) {
        return new Step.Wait(Duration.ofSeconds(seconds));
    }

    @Nested
    class APendingPod {
        @Test
        void startsAtOnce() {
            assertThat(PodPlanner.plan(Samples.pending("", ""), after(0))).isEqualTo(new Step.Start(true));
        }

        @Test
        void startsLaterIfItSaysSo() {
            PodFacts pod = Samples.pending(annotated("start-after", "5s"), "");

            assertThat(PodPlanner.plan(pod, after(2))).isEqualTo(waiting(3));
            assertThat(PodPlanner.plan(pod, after(5))).isEqualTo(new Step.Start(true));
        }

        @Test
        void startsUnreadyIfItIsToBecomeReadyLater() {
            PodFacts pod = Samples.pending(annotated("ready-after", "5s"), "");

            assertThat(PodPlanner.plan(pod, after(0))).isEqualTo(new Step.Start(false));
        }

        @Test
        void neverStartsIfItSaysSo() {
            PodFacts pod = Samples.pending(annotated("fail", "ImagePullBackOff"), "");
            assertThat(PodPlanner.plan(pod, after(0))).isEqualTo(new Step.Stall("ImagePullBackOff"));

            PodFacts stalled = Samples.pod(
                    annotated("fail", "ImagePullBackOff"),
                    "",
                    "'phase':'Pending','containerStatuses':[{'name':'app','state':{'waiting':{'reason':'ImagePullBackOff'}}}]");

            assertThat(PodPlanner.plan(stalled, after(99))).isEqualTo(new Step.Rest());
        }
    }

    @Nested
    class ARunningPod {
        @Test
        void restsIfItsCommandIsUnknown() {
            assertThat(PodPlanner.plan(Samples.running("", ""), after(99))).isEqualTo(new Step.Rest());
        }

        @Test
        void ofAJobCompletesAtOnce() {
            assertThat(PodPlanner.plan(Samples.running(JOB, ""), after(0))).isEqualTo(new Step.Complete());
        }

        @Test
        void ofAJobEndsWithItsCommandIfThatIsKnown() {
            PodFacts pod = Samples.running(JOB, "'restartPolicy':'Never'," + running("['sleep','10']"));

            assertThat(PodPlanner.plan(pod, after(4))).isEqualTo(waiting(6));
            assertThat(PodPlanner.plan(pod, after(10)))
                    .isInstanceOfSatisfying(Step.Progress.class, step -> assertThat(step.phase())
                            .isEqualTo("Succeeded"));
        }

        @Test
        void failsIfItsCommandFailsAndIsNotRestarted() {
            PodFacts pod = Samples.running("", "'restartPolicy':'Never'," + running("['sh','-c','exit 3']"));

            assertThat(PodPlanner.plan(pod, after(1))).isInstanceOfSatisfying(Step.Progress.class, step -> {
                assertThat(step.phase()).isEqualTo("Failed");
                assertThat(step.containers().getFirst().state()).isEqualTo(new Terminated(3, after(0), after(1)));
            });
        }

        @Test
        void isRestartedAtOnceTheFirstTime() {
            PodFacts pod = Samples.running("", "'restartPolicy':'OnFailure'," + running("['false']"));

            assertThat(PodPlanner.plan(pod, after(1))).isInstanceOfSatisfying(Step.Progress.class, step -> {
                ContainerStatus status = step.containers().getFirst();
                assertThat(step.phase()).isEqualTo("Running");
                assertThat(status.state()).isEqualTo(new Running(after(1)));
                assertThat(status.restarts()).isEqualTo(1);
                assertThat(status.last()).contains(new Terminated(1, after(0), after(1)));
            });
        }

        @Test
        void waitsLongerBeforeEachFurtherRestart() {
            PodFacts pod = Samples.pod(
                    "",
                    running("['true']"),
                    "'phase':'Running','containerStatuses':[{'name':'app','restartCount':1,"
                            + "'state':{'running':{'startedAt':'2026-01-01T00:00:00Z'}}}]");

            assertThat(PodPlanner.plan(pod, after(1))).isInstanceOfSatisfying(Step.Progress.class, step -> assertThat(
                            step.containers().getFirst().state())
                    .isEqualTo(new Waiting(
                            "CrashLoopBackOff", "back-off 10s restarting failed container=app pod=p_ns(u)")));

            PodFacts backingOff = Samples.pod(
                    "",
                    running("['true']"),
                    "'phase':'Running','containerStatuses':[{'name':'app','restartCount':2,"
                            + "'state':{'waiting':{'reason':'CrashLoopBackOff'}},"
                            + "'lastState':{'terminated':{'exitCode':0,'finishedAt':'2026-01-01T00:00:01Z'}}}]");

            assertThat(PodPlanner.plan(backingOff, after(5))).isEqualTo(waiting(6));
            assertThat(PodPlanner.plan(backingOff, after(11)))
                    .isInstanceOfSatisfying(Step.Progress.class, step -> assertThat(
                                    step.containers().getFirst().state())
                            .isEqualTo(new Running(after(11))));
        }

        @Test
        void endsWhenAnAnnotationSaysSo() {
            PodFacts pod = Samples.running(
                    "'annotations':{'kubelet.fairlead.io/run-for':'5s','kubelet.fairlead.io/exit-code':'2'}",
                    "'restartPolicy':'Never'");

            assertThat(PodPlanner.plan(pod, after(1))).isEqualTo(waiting(4));
            assertThat(PodPlanner.plan(pod, after(5)))
                    .isInstanceOfSatisfying(Step.Progress.class, step -> assertThat(step.phase())
                            .isEqualTo("Failed"));
        }

        @Test
        void becomesReadyWhenAnAnnotationSaysSo() {
            PodFacts pod = Samples.pod(
                    annotated("ready-after", "5s"),
                    "",
                    "'phase':'Running','conditions':[{'type':'Ready','status':'False'}],"
                            + "'containerStatuses':[{'name':'app','state':{'running':{'startedAt':'2026-01-01T00:00:00Z'}}}]");

            assertThat(PodPlanner.plan(pod, after(1))).isEqualTo(waiting(4));
            assertThat(PodPlanner.plan(pod, after(5))).isEqualTo(new Step.BecomeReady());
        }

        @Test
        void isLeftAloneIfSomebodyElseMadeItUnready() {
            PodFacts pod = Samples.pod(
                    "",
                    "",
                    "'phase':'Running','conditions':[{'type':'Ready','status':'False'}],"
                            + "'containerStatuses':[{'name':'app','state':{'running':{'startedAt':'2026-01-01T00:00:00Z'}}}]");

            assertThat(PodPlanner.plan(pod, after(99))).isEqualTo(new Step.Rest());
        }

        @Test
        void expiresAtItsDeadline() {
            PodFacts pod = Samples.running("", "'activeDeadlineSeconds':10");

            assertThat(PodPlanner.plan(pod, after(3))).isEqualTo(waiting(7));
            assertThat(PodPlanner.plan(pod, after(10))).isEqualTo(new Step.Expire());
        }
    }

    @Nested
    class APodThatIsToEnd {
        private static final String DELETED =
                "'deletionTimestamp':'2026-01-01T00:01:00Z','deletionGracePeriodSeconds':30";

        @Test
        void vanishesAtOnce() {
            assertThat(PodPlanner.plan(Samples.running(DELETED, ""), after(30))).isEqualTo(new Step.Vanish());
        }

        @Test
        void takesItsTimeIfItSaysSoButNotMoreThanItsGracePeriod() {
            PodFacts slow = Samples.running(DELETED + "," + annotated("stop-after", "10s"), "");
            assertThat(PodPlanner.plan(slow, after(35))).isEqualTo(waiting(5));
            assertThat(PodPlanner.plan(slow, after(40))).isEqualTo(new Step.Vanish());

            PodFacts slower = Samples.running(DELETED + "," + annotated("stop-after", "1h"), "");
            assertThat(PodPlanner.plan(slower, after(59))).isEqualTo(waiting(1));
            assertThat(PodPlanner.plan(slower, after(60))).isEqualTo(new Step.Vanish());
        }
    }

    @Test
    void aFinishedPodRests() {
        assertThat(PodPlanner.plan(Samples.pod("", "", "'phase':'Failed'"), after(0)))
                .isEqualTo(new Step.Rest());
    }

    @Test
    void waitsBeforeRestartsDoubleUpToFiveMinutes() {
        assertThat(PodPlanner.backoff(1)).isEqualTo(Duration.ZERO);
        assertThat(PodPlanner.backoff(2)).isEqualTo(Duration.ofSeconds(10));
        assertThat(PodPlanner.backoff(4)).isEqualTo(Duration.ofSeconds(40));
        assertThat(PodPlanner.backoff(99)).isEqualTo(Duration.ofMinutes(5));
    }
}
