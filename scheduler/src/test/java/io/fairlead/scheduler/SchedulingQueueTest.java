// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SchedulingQueueTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final Diagnosis FULL =
            new Diagnosis(1, Map.of("Insufficient cpu", 1), 0, Set.of(Rejection.RESOURCES));

    private final SchedulingQueue queue = new SchedulingQueue();

    private static PodFacts pod(String name, int priority) {
        return Samples.pod(name, "{'priority':" + priority + "}");
    }

    private List<String> takeAll() {
        List<String> names = new ArrayList<>();
        for (Optional<QueuedPod> pod = queue.take(); pod.isPresent(); pod = queue.take()) {
            names.add(pod.get().facts().metadata().name());
        }
        return names;
    }

    private QueuedPod takeOne() {
        return queue.take().orElseThrow();
    }

    @Test
    void importantPodsComeFirstThenThoseThatWaitLonger() {
        queue.put(pod("late", 0), 3);
        queue.put(pod("early", 0), 1);
        queue.put(pod("important", 10), 5);

        assertThat(takeAll()).containsExactly("important", "early", "late");
    }

    @Test
    void aPodThatIsPutTwiceIsTakenOnce() {
        queue.put(pod("p", 0), 1);
        queue.put(pod("p", 0), 2);

        assertThat(takeAll()).containsExactly("p");
    }

    @Test
    void aPodThatIsRemovedIsNotTaken() {
        queue.put(pod("p", 0), 1);
        queue.remove("uid-p");

        assertThat(takeAll()).isEmpty();
        assertThat(queue.size()).isZero();
    }

    @Test
    void aGatedPodIsTakenWhenItsGatesAreGone() {
        queue.put(Samples.pod("p", "{'schedulingGates':[{'name':'g'}]}"), 1);
        assertThat(takeAll()).isEmpty();

        queue.put(pod("p", 0), 2);

        assertThat(takeAll()).containsExactly("p");
    }

    @Nested
    class AfterARejection {
        @Test
        void aPodWaitsForAChangeThatHelps() {
            queue.put(pod("p", 0), 0);
            queue.rejected(takeOne(), FULL, 0);
            queue.wake(pod -> false, 20 * SECOND);
            assertThat(takeAll()).isEmpty();

            queue.wake(pod -> pod.rejectedBy.contains(Rejection.RESOURCES), 20 * SECOND);

            assertThat(takeAll()).containsExactly("p");
        }

        @Test
        void aPodThatHasToWaitYetIsTakenEarlyIfNothingElseIsToDo() {
            queue.put(pod("p", 0), 0);
            queue.rejected(takeOne(), FULL, 0);
            queue.wake(pod -> true, 1);
            queue.put(pod("other", 0), 2);

            assertThat(takeAll()).containsExactly("other", "p");
        }

        @Test
        void aPodThatChangesIsTriedAgain() {
            queue.put(pod("p", 0), 0);
            queue.rejected(takeOne(), FULL, 0);

            queue.put(Samples.pod("p", "{'nodeSelector':{'a':'b'}}"), 20 * SECOND);

            assertThat(takeAll()).containsExactly("p");
        }

        @Test
        void aPodOfWhichOnlyTheStatusChangesStaysWhereItIs() {
            queue.put(pod("p", 0), 0);
            queue.rejected(takeOne(), FULL, 0);

            queue.put(pod("p", 0), 20 * SECOND);

            assertThat(takeAll()).isEmpty();
        }

        @Test
        void aPodIsTriedAgainAfterFiveMinutesInAnyCase() {
            queue.put(pod("p", 0), 0);
            queue.rejected(takeOne(), FULL, 0);
            assertThat(queue.idle(0)).contains(Duration.ofMinutes(5));

            queue.flush(SchedulingQueue.FORGOTTEN_NANOS);

            assertThat(takeAll()).containsExactly("p");
        }
    }

    @Nested
    class AfterAnError {
        @Test
        void aPodWaitsEvenIfNothingElseIsToDo() {
            queue.put(pod("p", 0), 0);
            queue.failed(takeOne().facts(), 0, 0);
            assertThat(takeAll()).isEmpty();
            assertThat(queue.idle(0)).contains(Duration.ofSeconds(1));

            queue.flush(SECOND);

            assertThat(takeAll()).containsExactly("p");
        }

        @Test
        void theWaitDoublesUpToTenSeconds() {
            assertThat(SchedulingQueue.backoffNanos(1)).isEqualTo(SECOND);
            assertThat(SchedulingQueue.backoffNanos(2)).isEqualTo(2 * SECOND);
            assertThat(SchedulingQueue.backoffNanos(4)).isEqualTo(8 * SECOND);
            assertThat(SchedulingQueue.backoffNanos(5)).isEqualTo(10 * SECOND);
            assertThat(SchedulingQueue.backoffNanos(500)).isEqualTo(10 * SECOND);
        }
    }
}
