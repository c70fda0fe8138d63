// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.framework.EventCorrelator.Decision;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EventCorrelatorTest {
    private static final ObjectReference WEB =
            new ObjectReference("apps/v1", "ReplicaSet", "default", "web", "u1", "5", "");

    private Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private long nanos = 0x18ea1003351673a7L;

    private EventDraft draft(ObjectReference regarding, String message) {
        return new EventDraft(
                "replicaset-controller", regarding, EventRecorder.Type.NORMAL, "Made", "", message, now, nanos++);
    }

    @Nested
    class CoreEvents {
        private final EventCorrelator correlator = new EventCorrelator();

        private Decision say(String message) {
            return correlator.decide(draft(WEB, message));
        }

        @Test
        void theFirstIsAnObject() {
            assertThat(say("hello")).isInstanceOfSatisfying(Decision.Create.class, create -> {
                assertThat(create.key()).isEqualTo(ObjectKey.of("default", "web.18ea1003351673a7"));
                assertThat(create.event().toString())
                        .isEqualTo(Json.of(
                                "{'kind':'Event','apiVersion':'v1','metadata':{'name':'web.18ea1003351673a7','namespace':'default'},"
                                        + "'involvedObject':{'kind':'ReplicaSet','namespace':'default','name':'web','uid':'u1',"
                                        + "'apiVersion':'apps/v1','resourceVersion':'5'},'reason':'Made','message':'hello',"
                                        + "'source':{'component':'replicaset-controller'},'firstTimestamp':'2026-11-21T12:00:00Z',"
                                        + "'lastTimestamp':'2026-11-21T12:00:00Z','count':1,'type':'Normal','eventTime':null,"
                                        + "'reportingComponent':'replicaset-controller','reportingInstance':''}"));
            });
        }

        @Test
        void theSameAgainCountsUp() {
            say("hello");
            now = now.plusSeconds(5);
            say("hello");
            ObjectReference later = new ObjectReference("apps/v1", "ReplicaSet", "default", "web", "u1", "9", "");

            assertThat(correlator.decide(draft(later, "hello"))).isInstanceOfSatisfying(Decision.Count.class, count -> {
                assertThat(count.key().name()).isEqualTo("web.18ea1003351673a7");
                assertThat(count.patch().toString())
                        .isEqualTo(Json.of("{'count':3,'lastTimestamp':'2026-11-21T12:00:05Z','message':'hello'}"));
                assertThat(count.event().get("firstTimestamp").asText()).isEqualTo("2026-11-21T12:00:00Z");
            });
        }

        @Test
        void fromTheTenthOnSimilarOnesAreCombined() {
            for (int i = 1; i < 10; i++) {
                assertThat(say("message " + i)).isInstanceOf(Decision.Create.class);
            }
            assertThat(say("message 10")).isInstanceOfSatisfying(Decision.Create.class, create -> assertThat(
                            create.event().get("message").asText())
                    .isEqualTo("(combined from similar events): message 10"));
            assertThat(say("message 11")).isInstanceOfSatisfying(Decision.Count.class, count -> {
                assertThat(count.patch().get("count").asInt()).isEqualTo(2);
                assertThat(count.patch().get("message").asText())
                        .isEqualTo("(combined from similar events): message 11");
            });
        }

        @Test
        void similarOnesThatAreFarApartAreNotCombined() {
            for (int i = 1; i < 10; i++) {
                say("message " + i);
            }
            now = now.plus(EventCorrelator.SIMILAR_WITHIN).plusSeconds(1);

            assertThat(say("message 10")).isInstanceOfSatisfying(Decision.Create.class, create -> assertThat(
                            create.event().get("message").asText())
                    .isEqualTo("message 10"));
        }

        @Test
        void tooMuchAboutOneObjectIsLeftOut() {
            for (int i = 0; i < EventCorrelator.SPAM_BURST; i++) {
                assertThat(say("hello")).isNotInstanceOf(Decision.Skip.class);
            }
            assertThat(say("hello")).isInstanceOf(Decision.Skip.class);
            ObjectReference other = new ObjectReference("apps/v1", "ReplicaSet", "default", "db", "u2", "5", "");
            assertThat(correlator.decide(draft(other, "hello"))).isInstanceOf(Decision.Create.class);

            now = now.plus(EventCorrelator.SPAM_INTERVAL);
            assertThat(say("hello")).isInstanceOfSatisfying(Decision.Count.class, count -> assertThat(
                            count.patch().get("count").asInt())
                    .isEqualTo(27));
            assertThat(say("hello")).isInstanceOf(Decision.Skip.class);
        }

        @Test
        void objectsOfTheClusterHaveTheirEventsInDefault() {
            ObjectReference node = new ObjectReference("v1", "Node", "", "node-0", "u", "", "");

            assertThat(correlator.decide(draft(node, "hello")))
                    .isInstanceOfSatisfying(
                            Decision.Create.class,
                            create -> assertThat(create.key().namespace()).isEqualTo("default"));
        }
    }

    @Nested
    class SeriesEvents {
        private final EventSeriesTracker tracker = new EventSeriesTracker("vm");

        private EventDraft failed() {
            return new EventDraft(
                    "default-scheduler",
                    WEB,
                    EventRecorder.Type.WARNING,
                    "FailedScheduling",
                    "Scheduling",
                    "no node",
                    now,
                    nanos++);
        }

        @Test
        void theFirstIsAnObject() {
            assertThat(tracker.decide(failed())).isInstanceOfSatisfying(Decision.Create.class, create -> {
                assertThat(create.event().get("reportingInstance").asText()).isEqualTo("default-scheduler-vm");
                assertThat(create.event().get("eventTime").asText()).isEqualTo("2026-11-21T12:00:00.000000Z");
                assertThat(create.event().get("note").asText()).isEqualTo("no node");
            });
        }

        @Test
        void theSecondMakesASeriesAndTheOthersOnlyCount() {
            tracker.decide(failed());
            now = now.plusSeconds(1);
            assertThat(tracker.decide(failed())).isInstanceOfSatisfying(Decision.Count.class, count -> assertThat(
                            count.patch().toString())
                    .isEqualTo(Json.of("{'series':{'count':2,'lastObservedTime':'2026-11-21T12:00:01.000000Z'}}")));
            assertThat(tracker.decide(failed())).isInstanceOf(Decision.Skip.class);
            assertThat(tracker.count(failed())).contains(3);
        }

        @Test
        void theLastCountIsWrittenWhenTheSeriesIsOver() {
            tracker.settle(now);
            tracker.decide(failed());
            tracker.decide(failed());
            tracker.decide(failed());
            assertThat(tracker.settle(now.plus(Duration.ofMinutes(6)))).isEmpty();

            assertThat(tracker.settle(now.plus(Duration.ofMinutes(7))))
                    .singleElement()
                    .isInstanceOfSatisfying(Decision.Count.class, count -> assertThat(
                                    count.patch().at("/series/count").asInt())
                            .isEqualTo(3));
            assertThat(tracker.decide(failed())).isInstanceOf(Decision.Create.class);
        }

        @Test
        void aSingleEventIsForgottenWithoutAWrite() {
            tracker.decide(failed());
            assertThat(tracker.settle(now.plus(Duration.ofMinutes(7)))).isEmpty();
            assertThat(tracker.count(failed())).isEmpty();
        }

        @Test
        void anotherVersionOfTheObjectIsAnotherEvent() {
            tracker.decide(failed());
            ObjectReference later = new ObjectReference("apps/v1", "ReplicaSet", "default", "web", "u1", "6", "");
            EventDraft other = new EventDraft(
                    "default-scheduler",
                    later,
                    EventRecorder.Type.WARNING,
                    "FailedScheduling",
                    "Scheduling",
                    "no node",
                    now,
                    nanos++);

            assertThat(tracker.decide(other)).isInstanceOf(Decision.Create.class);
        }
    }
}
