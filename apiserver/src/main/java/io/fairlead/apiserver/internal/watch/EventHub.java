// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.watch;

import io.fairlead.apiserver.ApiResponse.Chunks;
import io.fairlead.apiserver.internal.storage.Change;
import io.fairlead.apiserver.internal.storage.Store;
import io.fairlead.environment.Environment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Takes every change from the store and puts it into the ring of its resource.
 *
 * <p>What all rings together remember is bounded here, in bytes, and forgotten in the order in which it happened: a busy
 * resource may use what the quiet ones leave. Any thread may open and close watchers.
 */
public final class EventHub implements AutoCloseable {
    /** The same objects that the store remembers as history, so mostly the same bytes. */
    private static final long REMEMBERED_BYTES_MAX = 24L * 1024 * 1024;

    private static final int REMEMBERED_MAX = 100_000;

    /** Big objects must not leave watchers without any history. */
    private static final int REMEMBERED_MIN = 1_000;

    private final Environment environment;
    private final Map<String, EventRing> rings = new ConcurrentHashMap<>();
    private final Queue<EventRing> touched = new ConcurrentLinkedQueue<>();
    private final Deque<Remembered> remembered = new ArrayDeque<>();
    private final long startRevision;
    private final Store.Subscription subscription;
    private long rememberedBytes;
    private volatile long revision;

    private EventHub(Environment environment, Store store, String prefix) {
        this.environment = environment;
        this.startRevision = store.revision();
        this.revision = startRevision;
        this.subscription = switch (store.watch(prefix, startRevision, new Feed())) {
            case Store.WatchResult.Watching(var running) -> running;
            case Store.WatchResult.Compacted(var oldest) ->
                throw new IllegalStateException("the store forgot its newest revision: " + oldest);
        };
    }

    /** Begins to follow {@code store}: events before now are not known to it. */
    public static EventHub start(Environment environment, Store store, String prefix) {
        return new EventHub(environment, store, prefix);
    }

    /** The last revision whose change is in its ring. */
    public long revision() {
        return revision;
    }

    /** How many watchers there are of the resource whose keys begin with {@code keyPrefix}. */
    public int watcherCount(String keyPrefix) {
        return ring(keyPrefix).watcherCount();
    }

    /**
     * Begins a watch of the resource whose keys begin with {@code keyPrefix}.
     *
     * @return the stream; or empty if changes after the revision wanted are forgotten
     */
    public Optional<Chunks> open(String keyPrefix, WatchRequest request) {
        EventRing ring = ring(keyPrefix);
        Watcher watcher = new Watcher(environment, this, ring, request);
        // Not before the watcher has its place: what is forgotten from then on, it notices by itself.
        if (request.after() < ring.forgotten()) {
            return Optional.empty();
        }
        ring.add(watcher);
        watcher.start();
        return Optional.of(watcher);
    }

    /** The last forgotten change of a resource, after which a watch may begin. */
    public long forgotten(String keyPrefix) {
        return ring(keyPrefix).forgotten();
    }

    /** Ends all watches. */
    @Override
    public void close() {
        subscription.close();
        rings.values().forEach(EventRing::endAll);
    }

    /** The ring of one resource, by the part of a key that all its objects share: {@code /registry/pods/}. */
    private EventRing ring(String keyPrefix) {
        return rings.computeIfAbsent(keyPrefix, prefix -> new EventRing(startRevision));
    }

    /** Takes what the store tells: puts each change into its ring, and drops the oldest of all rings when they are too many. */
    private final class Feed implements Store.Sink {
        @Override
        public void changed(Change change) {
            EventRing ring = ring(KeyPrefixes.of(change.key()));
            Event event = ring.append(change);
            remembered.addLast(new Remembered(ring, event));
            rememberedBytes += event.sizeBytes();
            while (remembered.size() > REMEMBERED_MAX
                    || (rememberedBytes > REMEMBERED_BYTES_MAX && remembered.size() > REMEMBERED_MIN)) {
                Remembered oldest = remembered.removeFirst();
                rememberedBytes -= oldest.event.sizeBytes();
                oldest.ring.drop(oldest.event);
            }
            touched.add(ring);
            revision = change.revision();
        }

        @Override
        public void settled() {
            for (EventRing ring = touched.poll(); ring != null; ring = touched.poll()) {
                ring.wake();
            }
        }
    }

    private record Remembered(EventRing ring, Event event) {}
}
