// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.apiserver.ApiResponse.Chunks;
import io.fairlead.apiserver.ApiResponse.Next;
import io.fairlead.apiserver.internal.status.ApiStatus;
import io.fairlead.apiserver.internal.storage.Facts;
import io.fairlead.apiserver.internal.storage.MemoryStore;
import io.fairlead.apiserver.internal.storage.Stored;
import io.fairlead.apiserver.internal.storage.Value;
import io.fairlead.environment.Environment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WatchTest {
    private static final String PODS = "/registry/pods/";

    private final MemoryStore store = new MemoryStore();
    private final EventHub hub = EventHub.start(Environment.real(), store, "/registry/");
    private final CountingForm form = new CountingForm();

    @AfterEach
    void close() {
        hub.close();
    }

    /** Shows type and key of an event, and counts how often it was asked to. */
    private static final class CountingForm implements FrameForm {
        private final AtomicInteger made = new AtomicInteger();

        @Override
        public List<byte[]> frame(EventType type, Stored object) {
            made.incrementAndGet();
            return List.of((type + " " + object).getBytes(UTF_8));
        }

        @Override
        public List<byte[]> bookmark(long revision, boolean initialEventsEnd) {
            return List.of(("BOOKMARK " + revision + (initialEventsEnd ? " end" : "")).getBytes(UTF_8));
        }

        @Override
        public List<byte[]> error(ApiStatus status) {
            return List.of(("ERROR " + status.code()).getBytes(UTF_8));
        }
    }

    private static Value value(String color, int sizeBytes) {
        return new Value(
                "{".getBytes(UTF_8),
                ("\"metadata\":{},\"x\":\"" + "x".repeat(sizeBytes) + "\"}").getBytes(UTF_8),
                new Facts(Map.of("color", color), Map.of()));
    }

    private static boolean any(Stored stored) {
        return !stored.key().isEmpty();
    }

    private static Predicate<Stored> painted(String color) {
        return stored -> color.equals(stored.facts().labels().get("color"));
    }

    private Stored create(String name, String color) {
        store.create(PODS + name, value(color, 1));
        return store.get(PODS + name).orElseThrow();
    }

    private void paint(String name, String color) {
        long revision = store.get(PODS + name).orElseThrow().revision();
        store.update(PODS + name, revision, value(color, 1));
    }

    private Chunks open(long after, Predicate<Stored> selects) {
        return hub.open(PODS, new WatchRequest(after, selects, form, false, Duration.ofHours(1), List.of(), false))
                .orElseThrow();
    }

    private static List<String> takeAll(Chunks chunks) {
        List<String> taken = new ArrayList<>();
        while (chunks.take() instanceof Next.Chunk(var segments)) {
            taken.add(new String(segments.getFirst(), UTF_8));
        }
        return taken;
    }

    @Nested
    class AWatcher {
        @Test
        void seesWhatHappensAfterItsRevisionInOrder() {
            create("a", "red");
            long after = store.revision();
            create("b", "red");
            paint("a", "blue");
            Chunks chunks = open(after, WatchTest::any);
            store.delete(PODS + "b", store.get(PODS + "b").orElseThrow().revision());
            assertThat(takeAll(chunks))
                    .containsExactly(
                            "ADDED /registry/pods/b@" + (after + 1),
                            "MODIFIED /registry/pods/a@" + (after + 2),
                            "DELETED /registry/pods/b@" + (after + 3));
        }

        @Test
        void ofASelectionSeesObjectsEnterAndLeave() {
            Chunks reds = open(store.revision(), painted("red"));
            create("a", "blue");
            paint("a", "red");
            paint("a", "red");
            paint("a", "blue");
            long last = store.revision();
            assertThat(takeAll(reds))
                    .containsExactly(
                            "ADDED /registry/pods/a@" + (last - 2),
                            "MODIFIED /registry/pods/a@" + (last - 1),
                            "DELETED /registry/pods/a@" + last);
        }

        @Test
        void doesNotSeeOtherResources() {
            Chunks chunks = open(store.revision(), WatchTest::any);
            store.create("/registry/services/specs/default/a", value("red", 1));
            assertThat(chunks.take()).isInstanceOf(Next.Nothing.class);
        }

        @Test
        void beginsWithInitialObjectsAndTheMarkBehindThem() {
            Stored a = create("a", "red");
            WatchRequest request =
                    new WatchRequest(a.revision(), WatchTest::any, form, true, Duration.ofHours(1), List.of(a), true);
            Chunks chunks = hub.open(PODS, request).orElseThrow();
            assertThat(takeAll(chunks))
                    .containsExactly("ADDED /registry/pods/a@" + a.revision(), "BOOKMARK " + a.revision() + " end");
        }

        @Test
        void thatTheRingHasOvertakenIsToldSoAndEnds() {
            Chunks slow = open(store.revision(), WatchTest::any);
            for (int i = 0; i < 1_500; i++) {
                store.create(PODS + "big" + i, value("red", 32 * 1024));
            }
            assertThat(takeAll(slow)).containsExactly("ERROR 410");
            assertThat(slow.take()).isInstanceOf(Next.End.class);
        }

        @Test
        void cannotBeginBeforeWhatIsForgotten() {
            long before = store.revision();
            for (int i = 0; i < 1_500; i++) {
                store.create(PODS + "big" + i, value("red", 32 * 1024));
            }
            assertThat(hub.open(
                            PODS,
                            new WatchRequest(
                                    before, WatchTest::any, form, false, Duration.ofHours(1), List.of(), false)))
                    .isEmpty();
            assertThat(hub.forgotten(PODS)).isGreaterThan(before);
        }

        @Test
        void endsWithTheHub() {
            Chunks chunks = open(store.revision(), WatchTest::any);
            AtomicInteger wakes = new AtomicInteger();
            chunks.onReady(wakes::incrementAndGet);
            assertThat(chunks.take()).isInstanceOf(Next.Nothing.class);
            hub.close();
            assertThat(wakes).hasValue(1);
            assertThat(chunks.take()).isInstanceOf(Next.End.class);
        }

        @Test
        void isNoLongerCountedOnceClosed() {
            Chunks chunks = open(store.revision(), WatchTest::any);
            assertThat(hub.watcherCount(PODS)).isEqualTo(1);
            chunks.close();
            assertThat(hub.watcherCount(PODS)).isZero();
        }
    }

    @Nested
    class Waking {
        @Test
        void happensOnceForEachTimeThereWasNothing() {
            Chunks chunks = open(store.revision(), WatchTest::any);
            AtomicInteger wakes = new AtomicInteger();
            chunks.onReady(wakes::incrementAndGet);
            assertThat(chunks.take()).isInstanceOf(Next.Nothing.class);
            create("a", "red");
            create("b", "red");
            assertThat(wakes).hasValue(1);
            assertThat(takeAll(chunks)).hasSize(2);
            create("c", "red");
            assertThat(wakes).hasValue(2);
        }

        @Test
        void isNotMissedByOneWhoAsksForItLate() {
            Chunks chunks = open(store.revision(), WatchTest::any);
            assertThat(chunks.take()).isInstanceOf(Next.Nothing.class);
            create("a", "red");
            AtomicInteger wakes = new AtomicInteger();
            chunks.onReady(wakes::incrementAndGet);
            assertThat(wakes).hasValue(1);
        }

        @Test
        void sparesThoseWhomAnEventDoesNotConcern() {
            Chunks blues = open(store.revision(), painted("blue"));
            AtomicInteger wakes = new AtomicInteger();
            blues.onReady(wakes::incrementAndGet);
            assertThat(blues.take()).isInstanceOf(Next.Nothing.class);
            for (int i = 0; i < 100; i++) {
                create("red" + i, "red");
            }
            assertThat(wakes).hasValue(0);
            create("a", "blue");
            assertThat(wakes).hasValue(1);
        }

        @Test
        void keepsASleeperFromBeingOvertakenByWhatDoesNotConcernIt() {
            Chunks blues = open(store.revision(), painted("blue"));
            blues.onReady(() -> takeAll(blues));
            takeAll(blues);
            for (int i = 0; i < 3_000; i++) {
                store.create(PODS + "big" + i, value("red", 32 * 1024));
            }
            create("a", "blue");
            blues.onReady(() -> {});
            paint("a", "blue");
            assertThat(takeAll(blues)).containsExactly("MODIFIED /registry/pods/a@" + store.revision());
        }
    }

    @Nested
    class Frames {
        @Test
        void areMadeOnceForAllWatchersOfAForm() {
            List<Chunks> watchers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                watchers.add(open(store.revision(), WatchTest::any));
            }
            create("a", "red");
            watchers.forEach(watcher -> assertThat(takeAll(watcher)).hasSize(1));
            assertThat(form.made).hasValue(1);
        }
    }

    @Test
    void theResourceOfAKeyIsItsFirstPartOrTheFirstTwo() {
        assertThat(KeyPrefixes.of("/registry/pods/default/a")).isEqualTo("/registry/pods/");
        assertThat(KeyPrefixes.of("/registry/services/specs/default/a")).isEqualTo("/registry/services/specs/");
        assertThat(KeyPrefixes.of("/registry/apiregistration.k8s.io/apiservices/v1.apps"))
                .isEqualTo("/registry/apiregistration.k8s.io/apiservices/");
        assertThat(KeyPrefixes.of("/registry/minions/node-0")).isEqualTo("/registry/minions/");
    }
}
