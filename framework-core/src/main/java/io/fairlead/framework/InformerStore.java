// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import io.fairlead.environment.Signal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an informer has seen: its cache, what it collects for the next one, and who is told of changes.
 *
 * <p>Changed on the informer's task alone; the cache is read by any thread, and any thread may wait for it to have synced.
 */
final class InformerStore<T> {
    private static final Logger LOG = LoggerFactory.getLogger(InformerStore.class);

    private final Source<T> source;
    private final InformerMetrics metrics;
    private final Signal syncedSignal;
    private final Cache<T> cache = new Cache<>();
    private final List<Consumer<? super Change<T>>> handlers = new CopyOnWriteArrayList<>();
    private final List<CacheProgress> watchers = new CopyOnWriteArrayList<>();
    private final Map<ObjectKey, Cache.Entry<T>> collected = new LinkedHashMap<>();
    private volatile boolean synced;

    InformerStore(Source<T> source, InformerMetrics metrics, Signal syncedSignal) {
        this.source = source;
        this.metrics = metrics;
        this.syncedSignal = syncedSignal;
    }

    Cache<T> cache() {
        return cache;
    }

    boolean synced() {
        return synced;
    }

    void awaitSynced() throws InterruptedException {
        while (!synced) {
            syncedSignal.await();
        }
        // One raise lets one waiter go; each lets the next one go.
        syncedSignal.raise();
    }

    void addHandler(Consumer<? super Change<T>> handler) {
        for (T object : cache.list()) {
            tell(handler, new Change.Added<>(object, true));
        }
        handlers.add(handler);
    }

    void addWatcher(CacheProgress watcher) {
        watchers.add(watcher);
    }

    /** Tells the watchers how far the cache has come: once for a piece of the stream, not for each event in it. */
    void tellProgress() {
        long version = cache.version();
        for (CacheProgress watcher : watchers) {
            watcher.reached(version);
        }
    }

    void discard() {
        collected.clear();
    }

    void collect(ListPage<T> page) {
        page.unreadable().forEach(this::unreadable);
        for (Cache.Entry<T> entry : page.entries()) {
            collected.put(entry.metadata().key(), entry);
        }
    }

    void collect(@Nullable WatchEvent<T> event) {
        switch (event) {
            case WatchEvent.Present<T>(T object, ObjectMetadata metadata) ->
                collected.put(metadata.key(), new Cache.Entry<>(object, metadata));
            case WatchEvent.Gone<T>(T ignored, ObjectMetadata metadata) -> collected.remove(metadata.key());
            case WatchEvent.Unreadable<T>(ObjectMetadata metadata, String problem) -> {
                unreadable(metadata.key() + ": " + problem);
                collected.remove(metadata.key());
            }
            case WatchEvent.Bookmark<T> ignored -> {}
            case WatchEvent.Failed<T> ignored -> {}
            case null -> {}
        }
    }

    void apply(@Nullable WatchEvent<T> event) {
        switch (event) {
            case WatchEvent.Present<T>(T object, ObjectMetadata metadata) -> {
                Cache.Entry<T> old = cache.put(new Cache.Entry<>(object, metadata));
                seen(metadata, false);
                if (old == null) {
                    tellAll(new Change.Added<>(object, false));
                } else if (!old.metadata().resourceVersion().equals(metadata.resourceVersion())) {
                    tellAll(new Change.Updated<>(old.object(), object));
                }
            }
            case WatchEvent.Gone<T>(T object, ObjectMetadata metadata) -> {
                Cache.Entry<T> old = cache.remove(metadata.key());
                seen(metadata, true);
                if (old != null) {
                    tellAll(new Change.Deleted<>(object, false));
                }
            }
            case WatchEvent.Unreadable<T>(ObjectMetadata metadata, String problem) -> {
                unreadable(metadata.key() + ": " + problem);
                Cache.Entry<T> old = cache.remove(metadata.key());
                seen(metadata, true);
                if (old != null) {
                    tellAll(new Change.Deleted<>(old.object(), true));
                }
            }
            case WatchEvent.Bookmark<T> ignored -> {}
            case WatchEvent.Failed<T> ignored -> {}
            case null -> {}
        }
    }

    private void seen(ObjectMetadata metadata, boolean gone) {
        cache.reached(ResourceVersions.parse(metadata.resourceVersion()));
        for (CacheProgress watcher : watchers) {
            watcher.saw(metadata, gone);
        }
    }

    void replace(String version) {
        List<Change<T>> changes = cache.replace(collected, !synced);
        collected.clear();
        cache.reached(ResourceVersions.parse(version));
        changes.forEach(this::tellAll);
        for (CacheProgress watcher : watchers) {
            watcher.replaced();
        }
        if (!synced) {
            synced = true;
            syncedSignal.raise();
        }
    }

    private void tellAll(Change<T> change) {
        for (Consumer<? super Change<T>> handler : handlers) {
            tell(handler, change);
        }
    }

    private void tell(Consumer<? super Change<T>> handler, Change<T> change) {
        try {
            handler.accept(change);
        } catch (RuntimeException e) {
            LOG.error("{}: a handler failed on {}", source, change, e);
        }
    }

    private void unreadable(String problem) {
        metrics.unreadable().increment();
        LOG.warn("{}: left out an object that cannot be read: {}", source, problem);
    }
}
