// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Knows which keys wait for which of their own writes to be seen by the caches their reconciler reads.
 *
 * <p>A write is seen when the cache has passed its version; a deletion when the object is gone from the cache, is another one, or
 * shows there that it is going. Any thread may use it; informers tell it what they see on their tasks.
 */
final class WriteFence {
    private final ReentrantLock lock = new ReentrantLock();
    private final Consumer<ObjectKey> released;
    private final Map<ResourceType, List<Gate>> gates = new HashMap<>();
    /** How many writes of a key have not been seen. Guarded by the lock. */
    private final Map<ObjectKey, Integer> unseen = new HashMap<>();

    /** Tells {@code released} of each held key whose last write has been seen. */
    WriteFence(Consumer<ObjectKey> released) {
        this.released = released;
    }

    /** Watches what {@code informer} sees. Before anything is written. */
    void watch(StreamInformer<?> informer) {
        Gate gate = new Gate(informer);
        gates.computeIfAbsent(informer.source().type(), type -> new ArrayList<>())
                .add(gate);
        informer.onProgress(gate);
    }

    /** The reconcile of {@code key} wrote an object, which is now as {@code metadata} says. */
    void wrote(ObjectKey key, ResourceType type, ObjectMetadata metadata) {
        long version = ResourceVersions.parse(metadata.resourceVersion());
        if (version == ResourceVersions.UNKNOWN) {
            return;
        }
        for (Gate gate : gates.getOrDefault(type, List.of())) {
            if (gate.covers(metadata)) {
                gate.awaitVersion(key, metadata.key(), version);
            }
        }
    }

    /** The reconcile of {@code key} deleted an object. */
    void deleted(ObjectKey key, ResourceType type, ObjectKey object) {
        for (Gate gate : gates.getOrDefault(type, List.of())) {
            gate.awaitDeletion(key, object);
        }
    }

    /** Whether {@code key} still waits for a write to be seen. */
    boolean holds(ObjectKey key) {
        lock.lock();
        try {
            return unseen.containsKey(key);
        } finally {
            lock.unlock();
        }
    }

    private void add(ObjectKey key) {
        unseen.merge(key, 1, Integer::sum);
    }

    private void remove(ObjectKey key, List<ObjectKey> free) {
        Integer left = unseen.get(key);
        if (left == null || left <= 1) {
            unseen.remove(key);
            free.add(key);
        } else {
            unseen.put(key, left - 1);
        }
    }

    private record Awaited(long version, ObjectKey key) implements Comparable<Awaited> {
        @Override
        public int compareTo(Awaited other) {
            return Long.compare(version, other.version);
        }
    }

    /** What is awaited of one cache. */
    private final class Gate implements CacheProgress {
        private final Cache<?> cache;
        private final Selection selection;
        // Below: guarded by the fence's lock.
        private final PriorityQueue<Awaited> versions = new PriorityQueue<>();
        private final Map<String, List<ObjectKey>> deletions = new HashMap<>();
        /** Whether anything is awaited: lets the many events that nobody waits for pass without the lock. */
        private volatile boolean waiting;

        private Gate(StreamInformer<?> informer) {
            this.cache = informer.cache();
            this.selection = informer.source().selection();
        }

        /** Whether a write of this object will come by here. With a field selector nobody knows. */
        private boolean covers(ObjectMetadata metadata) {
            return (selection.namespace().isEmpty() || selection.namespace().equals(metadata.namespace()))
                    && selection.fields().isEmpty()
                    && selection.labels().matches(metadata.labels());
        }

        private void awaitVersion(ObjectKey key, ObjectKey object, long version) {
            lock.lock();
            try {
                // Before looking, so that what is seen from here on takes the lock and finds the entry.
                waiting = true;
                ObjectMetadata cached = cache.metadata(object);
                boolean seen = cache.version() >= version
                        || (cached != null && ResourceVersions.parse(cached.resourceVersion()) >= version);
                if (!seen) {
                    versions.add(new Awaited(version, key));
                    add(key);
                }
                settle();
            } finally {
                lock.unlock();
            }
        }

        private void awaitDeletion(ObjectKey key, ObjectKey object) {
            lock.lock();
            try {
                waiting = true;
                ObjectMetadata cached = cache.metadata(object);
                if (cached != null && !cached.terminating()) {
                    deletions
                            .computeIfAbsent(cached.uid(), uid -> new ArrayList<>(1))
                            .add(key);
                    add(key);
                }
                settle();
            } finally {
                lock.unlock();
            }
        }

        private void settle() {
            waiting = !versions.isEmpty() || !deletions.isEmpty();
        }

        @Override
        public void saw(ObjectMetadata metadata, boolean gone) {
            if (!waiting || !(gone || metadata.terminating())) {
                return;
            }
            List<ObjectKey> free = new ArrayList<>();
            lock.lock();
            try {
                List<ObjectKey> keys = deletions.remove(metadata.uid());
                if (keys != null) {
                    keys.forEach(key -> remove(key, free));
                }
                settle();
            } finally {
                lock.unlock();
            }
            free.forEach(released);
        }

        @Override
        public void reached(long version) {
            if (!waiting) {
                return;
            }
            List<ObjectKey> free = new ArrayList<>();
            lock.lock();
            try {
                Awaited next = versions.peek();
                while (next != null && next.version() <= version) {
                    versions.remove();
                    remove(next.key(), free);
                    next = versions.peek();
                }
                settle();
            } finally {
                lock.unlock();
            }
            free.forEach(released);
        }

        @Override
        public void replaced() {
            reached(cache.version());
            if (!waiting) {
                return;
            }
            List<ObjectKey> free = new ArrayList<>();
            lock.lock();
            try {
                // Everything is as new as it gets: what is still to be seen of deletions comes as an event.
                deletions.values().forEach(keys -> keys.forEach(key -> remove(key, free)));
                deletions.clear();
                settle();
            } finally {
                lock.unlock();
            }
            free.forEach(released);
        }
    }
}
