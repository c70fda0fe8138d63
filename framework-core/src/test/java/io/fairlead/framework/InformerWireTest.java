// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.mockwebserver.http.MockResponse;
import io.fairlead.environment.Environment;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An informer against a server on a socket that misbehaves by script. */
@Timeout(20)
class InformerWireTest {
    private static final Source<ObjectMetadata> PODS = Source.of(
            ResourceType.PODS, Projection.facts("pods", MetadataProjection.INSTANCE::decode, object -> object));

    private final ScriptedServer server = new ScriptedServer();
    private final BlockingQueue<String> changes = new LinkedBlockingQueue<>();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final StreamInformer<ObjectMetadata> informer =
            new StreamInformer<>(ApiConnection.of(server.client(), Environment.real()), PODS, metrics);

    @AfterEach
    void stop() throws IOException {
        informer.stop();
        server.close();
    }

    private void start() throws InterruptedException {
        informer.onChange(change -> changes.add(change.getClass().getSimpleName() + " "
                + change.object().name() + " " + change.object().resourceVersion()));
        informer.start();
        informer.awaitSynced();
    }

    /** Waits until so many changes have been told. */
    private List<String> changes(int count) throws InterruptedException {
        List<String> told = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String change = changes.poll(15, TimeUnit.SECONDS);
            assertThat(change)
                    .as("after %s, requests %s", told, server.requests())
                    .isNotNull();
            told.add(change);
        }
        return told;
    }

    private List<String> names() {
        return informer.lister().list().stream()
                .map(ObjectMetadata::name)
                .sorted()
                .toList();
    }

    private double count(String meter) {
        return metrics.get(meter).counter().count();
    }

    private static final String[] INITIAL = {
        Json.event("ADDED", Json.pod("a", 3)), Json.event("ADDED", Json.pod("b", 4)), Json.bookmark(7, true)
    };

    @Test
    void showsWhatIsThereAndWhatChanges() throws InterruptedException {
        server.thenStream(INITIAL)
                .thenStream(
                        Json.event("MODIFIED", Json.pod("a", 8)),
                        Json.event("DELETED", Json.pod("b", 9)),
                        Json.event("ADDED", Json.pod("c", 10)));
        start();

        assertThat(changes(5)).containsExactly("Added a 3", "Added b 4", "Updated a 8", "Deleted b 9", "Added c 10");
        assertThat(names()).containsExactly("a", "c");
        assertThat(server.requests().get(0))
                .startsWith("GET /api/v1/pods?watch=true&allowWatchBookmarks=true&timeoutSeconds=")
                .contains("&sendInitialEvents=true&resourceVersionMatch=NotOlderThan");
        assertThat(server.requests().get(1)).contains("&resourceVersion=7");
    }

    @Nested
    class Resuming {
        @Test
        void goesOnBehindTheLastEvent() throws InterruptedException {
            server.thenStream(INITIAL)
                    .thenStream(Json.event("MODIFIED", Json.pod("a", 8)))
                    .thenStream(Json.bookmark(12, false))
                    .thenStream(Json.event("MODIFIED", Json.pod("a", 13)));
            start();

            assertThat(changes(4)).contains("Updated a 13");
            assertThat(server.requests().get(2)).contains("&resourceVersion=8");
            assertThat(server.requests().get(3)).contains("&resourceVersion=12");
        }

        @Test
        void losesNothingWhenAnEventIsCutOff() throws InterruptedException {
            String cut = Json.event("MODIFIED", Json.pod("a", 9));
            server.thenStream(INITIAL)
                    .thenStream(Json.event("MODIFIED", Json.pod("a", 8)), cut.substring(0, cut.length() / 2))
                    .thenStream(cut);
            start();

            assertThat(changes(4)).containsExactly("Added a 3", "Added b 4", "Updated a 8", "Updated a 9");
            assertThat(server.requests().get(2)).contains("&resourceVersion=8");
        }

        @Test
        void startsTheStreamAgainAfterGarbage() throws InterruptedException {
            server.thenStream(INITIAL)
                    .thenStream(
                            Json.event("MODIFIED", Json.pod("a", 8)),
                            "<html>bad gateway</html>\n",
                            Json.event("MODIFIED", Json.pod("a", 999)))
                    .thenStream(Json.event("MODIFIED", Json.pod("a", 9)));
            start();

            assertThat(changes(4)).contains("Updated a 8", "Updated a 9").doesNotContain("Updated a 999");
        }

        @Test
        void waitsAndTriesAgainWhenRefusedForAWhile() throws InterruptedException {
            server.thenStream(INITIAL)
                    .thenStatus(500, "InternalError")
                    .then(new MockResponse()
                            .setResponseCode(429)
                            .setHeader("Retry-After", "1")
                            .setBody(Json.status(429, "TooManyRequests")))
                    .thenStream(Json.event("MODIFIED", Json.pod("a", 8)));
            start();

            assertThat(changes(3)).endsWith("Updated a 8");
            assertThat(server.requests().get(3)).contains("&resourceVersion=7");
            assertThat(count("fairlead.informer.failures")).isEqualTo(2);
        }
    }

    @Nested
    class Expiring {
        private final String[] anew = {
            Json.event("ADDED", Json.pod("a", 20)), Json.event("ADDED", Json.pod("c", 21)), Json.bookmark(22, true)
        };

        @Test
        void readsAnewAndTellsTheDifference() throws InterruptedException {
            server.thenStream(INITIAL)
                    .thenStream(Json.event("ERROR", Json.status(410, "Expired")))
                    .thenStream(anew);
            start();

            assertThat(changes(5)).endsWith("Deleted b 4", "Updated a 20", "Added c 21");
            assertThat(names()).containsExactly("a", "c");
        }

        @Test
        void doesTheSameWhenTheAnswerItselfSaysSo() throws InterruptedException {
            server.thenStream(INITIAL).thenStatus(410, "Expired").thenStream(anew);
            start();

            assertThat(changes(5)).endsWith("Deleted b 4", "Updated a 20", "Added c 21");
        }

        @Test
        void showsTheOldStateUntilTheNewOneIsWhole() throws InterruptedException {
            server.thenStream(INITIAL)
                    .thenStatus(410, "Expired")
                    .thenStream(Json.event("ADDED", Json.pod("half", 20)))
                    .thenStream(anew);
            start();

            assertThat(changes(5)).doesNotContain("Added half 20");
            assertThat(names()).containsExactly("a", "c");
        }
    }

    @Nested
    class Listing {
        private static String page(String more, String... pods) {
            return "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"7\",\"continue\":\""
                    + more + "\"},\"items\":[" + String.join(",", pods) + "]}";
        }

        @Test
        void listsPageByPageWhenTheServerDoesNotKnowInitialEvents() throws InterruptedException {
            server.thenStatus(422, "Invalid")
                    .thenBody(200, page("next+1", Json.pod("a", 3)))
                    .thenBody(200, page("", Json.pod("b", 4)))
                    .thenStream(Json.event("MODIFIED", Json.pod("a", 8)));
            start();

            assertThat(changes(3)).containsExactly("Added a 3", "Added b 4", "Updated a 8");
            assertThat(server.requests().get(1)).startsWith("GET /api/v1/pods?limit=500");
            assertThat(server.requests().get(2)).contains("continue=next%2B1");
            assertThat(server.requests().get(3)).contains("resourceVersion=7").doesNotContain("sendInitialEvents");
        }

        @Test
        void readsTheListInOnePieceWhenItsPagesExpire() throws InterruptedException {
            server.thenStatus(422, "Invalid")
                    .thenBody(200, page("next", Json.pod("a", 3)))
                    .thenStatus(410, "Expired")
                    .thenBody(200, page("", Json.pod("b", 4), Json.pod("c", 5)));
            start();

            assertThat(changes(2)).containsExactly("Added b 4", "Added c 5");
            assertThat(server.requests().get(3)).startsWith("GET /api/v1/pods? ");
        }

        @Test
        void triesAgainWhenThePageIsCutOff() throws InterruptedException {
            String page = page("", Json.pod("a", 3));
            server.thenStatus(422, "Invalid")
                    .thenBody(200, page.substring(0, page.length() - 20))
                    .thenBody(200, page);
            start();

            assertThat(changes(1)).containsExactly("Added a 3");
        }

        @Test
        void doesNotAskForInitialEventsAgain() throws InterruptedException {
            server.thenStatus(422, "Invalid")
                    .thenBody(200, page("", Json.pod("a", 3)))
                    .thenStatus(410, "Expired")
                    .thenBody(200, page("", Json.pod("a", 9)));
            start();

            assertThat(changes(2)).containsExactly("Added a 3", "Updated a 9");
            assertThat(server.requests().stream().filter(request -> request.contains("sendInitialEvents")))
                    .hasSize(1);
        }
    }

    /** Like a server that takes what it does not know for an ordinary watch of nothing. */
    @Test
    void listsWhenTheServerNeverSaysThatTheInitialEventsAreOver() throws InterruptedException {
        StreamInformer<ObjectMetadata> hurried =
                new StreamInformer<>(ApiConnection.of(server.client(), new HurriedEnvironment(20)), PODS, metrics);
        server.then(ScriptedServer.never())
                .thenBody(200, "{\"metadata\":{\"resourceVersion\":\"7\"},\"items\":[" + Json.pod("a", 3) + "]}");
        hurried.start();
        hurried.awaitSynced();

        assertThat(hurried.lister().list()).extracting(ObjectMetadata::name).containsExactly("a");
        hurried.stop();
    }

    @Test
    void leavesOutOneObjectThatCannotBeReadAndShowsTheOthers() throws InterruptedException {
        Source<ObjectMetadata> picky = Source.of(
                ResourceType.PODS,
                Projection.facts(
                        "picky",
                        json -> {
                            ObjectMetadata metadata = MetadataProjection.INSTANCE.decode(json);
                            if (metadata.name().equals("b")) {
                                throw new IOException("not this one");
                            }
                            return metadata;
                        },
                        object -> object));
        StreamInformer<ObjectMetadata> other =
                new StreamInformer<>(ApiConnection.of(server.client(), Environment.real()), picky, metrics);
        server.thenStream(INITIAL);
        other.start();
        other.awaitSynced();

        assertThat(other.lister().list()).extracting(ObjectMetadata::name).containsExactly("a");
        assertThat(metrics.get("fairlead.informer.unreadable")
                        .tag("projection", "picky")
                        .counter()
                        .count())
                .isEqualTo(1);
        other.stop();
    }

    @Test
    void tellsALateHandlerWhatIsThere() throws InterruptedException {
        server.thenStream(INITIAL);
        start();
        changes(2);
        BlockingQueue<String> late = new LinkedBlockingQueue<>();
        informer.onChange(change -> late.add(change.object().name()));

        assertThat(List.of(late.take(), late.take())).containsExactly("a", "b");
    }

    @Test
    void goesOnWhenAHandlerFails() throws InterruptedException {
        informer.onChange(change -> {
            throw new IllegalStateException("on purpose");
        });
        server.thenStream(INITIAL);
        start();

        assertThat(changes(2)).hasSize(2);
    }

    @Test
    void asksForMetadataAloneWhenNothingElseIsRead() throws InterruptedException {
        Source<ObjectMetadata> metadata = Source.of(ResourceType.PODS, Projection.metadata());

        assertThat(InformerRequests.watch(ApiConnection.of(server.client(), Environment.real()), metadata, "", 300)
                        .header("Accept"))
                .isEqualTo("application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json");
    }

    @Test
    void asksTheServerToSelect() {
        Source<ObjectMetadata> some = PODS.selecting(Selection.ALL
                .inNamespace("team")
                .withFields("spec.nodeName=n")
                .matching(LabelSelector.ofLabels(java.util.Map.of("app", "web"))));

        assertThat(InformerRequests.watch(ApiConnection.of(server.client(), Environment.real()), some, "5", 300)
                        .uri()
                        .toString())
                .endsWith("/api/v1/namespaces/team/pods?watch=true&allowWatchBookmarks=true&timeoutSeconds=300"
                        + "&resourceVersion=5&labelSelector=app%3Dweb&fieldSelector=spec.nodeName%3Dn");
    }
}
