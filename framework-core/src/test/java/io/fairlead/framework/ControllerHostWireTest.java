// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.mockwebserver.http.MockResponse;
import io.fairlead.environment.Environment;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ControllerHostWireTest {
    private static final Source<ObjectMetadata> PODS = Source.of(ResourceType.PODS, Projection.metadata());
    private static final ObjectKey A = ObjectKey.of("default", "a");
    private static final String WATCH = "GET /api/v1/pods?watch=true";

    private final ScriptedServer server = new ScriptedServer();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final BlockingQueue<String> happened = new LinkedBlockingQueue<>();
    private final ControllerHost host = ControllerHost.builder(server.client(), Environment.real())
            .metrics(metrics)
            .fieldManager("test")
            .build();

    @BeforeEach
    void initialState() {
        server.on(WATCH, ScriptedServer.stream(Json.event("ADDED", Json.pod("a", 3)), Json.bookmark(7, true)));
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        host.stop(Duration.ofSeconds(5));
        server.close();
    }

    private String next() throws InterruptedException {
        String next = happened.poll(15, TimeUnit.SECONDS);
        assertThat(next).as("requests %s", server.requests()).isNotNull();
        return String.valueOf(next);
    }

    private void run(Reconciler<ObjectMetadata> reconciler) throws InterruptedException {
        host.add(Controller.forResource(PODS).named("test").reconciledBy(reconciler));
        host.start();
        host.awaitStarted();
    }

    @Test
    void reconcilesWhatIsThereAndWhatChanges() throws InterruptedException {
        server.on(WATCH, ScriptedServer.stream(Json.event("ADDED", Json.pod("b", 8))));
        run((pod, context) -> {
            happened.add(pod.name());
            return Outcome.settled();
        });

        assertThat(List.of(next(), next())).containsExactly("a", "b");
        assertThat(host.healthy()).isTrue();
    }

    @Test
    void tellsOfKeysThatAreGone() throws InterruptedException {
        server.on(WATCH, ScriptedServer.stream(Json.event("DELETED", Json.pod("a", 8))));
        run(new Reconciler<>() {
            @Override
            public Outcome reconcile(ObjectMetadata pod, Context context) {
                return Outcome.settled();
            }

            @Override
            public Outcome removed(ObjectKey key, Context context) {
                happened.add("gone " + key);
                return Outcome.settled();
            }
        });

        assertThat(next()).isEqualTo("gone default/a");
    }

    @Test
    void triesAgainAfterAFailureUntilItIsEnough() throws InterruptedException {
        host.add(Controller.forResource(PODS).named("failing").retriesMax(3).reconciledBy((pod, context) -> {
            happened.add("failure " + context.failures());
            if (context.failures() % 2 == 0) {
                throw new IllegalStateException("on purpose");
            }
            return Outcome.retry("on purpose");
        }));
        host.start();

        assertThat(List.of(next(), next(), next(), next()))
                .containsExactly("failure 0", "failure 1", "failure 2", "failure 3");
    }

    @Test
    void looksAgainWhenAsked() throws InterruptedException {
        run((pod, context) -> {
            happened.add("look");
            return Outcome.recheck(Duration.ofMillis(10), "to see whether it is called");
        });

        assertThat(List.of(next(), next(), next())).hasSize(3);
    }

    /** The order proves it: however slow the stream, the reconcile that follows a write sees what was written. */
    @Test
    void doesNotReconcileAKeyBeforeItsOwnWriteIsSeen() throws InterruptedException {
        server.on("PATCH /api/v1/namespaces/default/pods/a", ScriptedServer.body(200, Json.pod("a", 20)));
        server.on(
                WATCH,
                ScriptedServer.stream(Json.event("MODIFIED", Json.pod("a", 20)))
                        .setBodyDelay(300, TimeUnit.MILLISECONDS));
        Trigger[] trigger = new Trigger[1];
        trigger[0] = host.add(Controller.forResource(PODS).named("test").reconciledBy((pod, context) -> {
            happened.add("at " + pod.resourceVersion());
            if (pod.resourceVersion().equals("3")) {
                context.resources(ResourceType.PODS)
                        .send(Write.patch(Write.Verb.PATCH_MERGE, pod.key(), Json.bytes("{}")))
                        .orThrow();
                trigger[0].wake(pod.key());
            }
            return Outcome.settled();
        }));
        host.start();

        assertThat(List.of(next(), next())).containsExactly("at 3", "at 20");
        assertThat(metrics.get("fairlead.queue.fence.timeouts").counter().count())
                .isZero();
    }

    @Test
    void letsAReconcileEndBeforeItStops() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        run((pod, context) -> {
            running.countDown();
            go.await();
            happened.add("ended");
            return Outcome.settled();
        });
        running.await();
        Environment.real().start("let go", go::countDown);

        assertThat(host.stop(Duration.ofSeconds(10))).isTrue();
        assertThat(next()).isEqualTo("ended");
    }

    @Test
    void letsAReconcileEndBeforeItIsClosed() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        run((pod, context) -> {
            running.countDown();
            go.await();
            happened.add("ended");
            return Outcome.settled();
        });
        running.await();
        Environment.real().start("let go", go::countDown);

        host.close();
        host.close();

        assertThat(happened).containsExactly("ended");
        assertThat(host.healthy()).isFalse();
    }

    @Test
    void interruptsAReconcileThatDoesNotEnd() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        run((pod, context) -> {
            running.countDown();
            try {
                new CountDownLatch(1).await();
            } finally {
                happened.add("interrupted");
            }
            return Outcome.settled();
        });
        running.await();

        assertThat(host.stop(Duration.ofMillis(1))).isFalse();
        assertThat(next()).isEqualTo("interrupted");
    }

    @Test
    void recordsEvents() throws InterruptedException {
        server.on("POST /api/v1/namespaces/default/events", ScriptedServer.body(201, Json.pod("e", 9)));
        run((pod, context) -> {
            context.events().normal(ObjectReference.of(ResourceType.PODS, pod), "Seen", "saw it");
            happened.add("said");
            return Outcome.settled();
        });
        next();

        assertThat(host.stop(Duration.ofSeconds(5))).isTrue();
        assertThat(server.requests())
                .anyMatch(request -> request.startsWith("POST /api/v1/namespaces/default/events")
                        && request.contains("\"message\":\"saw it\"")
                        && request.contains("\"component\":\"test\""));
    }

    @Test
    void runsTasksOnceEverythingIsSynced() throws InterruptedException {
        Informer<ObjectMetadata> pods = host.informer(PODS);
        host.addTask(
                "task", () -> happened.add("task saw " + pods.lister().get(A).map(ObjectMetadata::name)));
        host.start();

        assertThat(next()).isEqualTo("task saw Optional[a]");
    }

    @Test
    void sharesInformersOfEqualSources() {
        assertThat(host.informer(PODS)).isSameAs(host.informer(Source.of(ResourceType.PODS, Projection.metadata())));
        assertThat(host.informer(PODS)).isNotSameAs(host.informer(PODS.selecting(Selection.ALL.inNamespace("x"))));
    }

    @Test
    void refusesWhatComesTooLateOrTwice() throws InterruptedException {
        run((pod, context) -> Outcome.settled());

        assertThatThrownBy(() -> run((pod, context) -> Outcome.settled()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot add controller test");
        assertThatThrownBy(host::start).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void survivesAServerThatIsAwayAtTheStart() throws InterruptedException {
        ScriptedServer other = new ScriptedServer();
        ControllerHost late =
                ControllerHost.builder(other.client(), Environment.real()).build();
        other.then(new MockResponse().setResponseCode(503).setBody("starting"))
                .thenStream(Json.event("ADDED", Json.pod("a", 3)), Json.bookmark(7, true));
        Informer<ObjectMetadata> pods = late.informer(PODS);
        late.start();
        late.awaitStarted();

        assertThat(pods.lister().size()).isEqualTo(1);
        assertThat(late.stop(Duration.ofSeconds(5))).isTrue();
    }
}
