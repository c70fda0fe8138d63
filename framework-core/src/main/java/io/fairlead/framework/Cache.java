// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The objects an informer knows, by key, namespace and whatever else somebody asked to have them indexed by.
 *
 * <p>One thread changes it, any thread reads. A single object is found without a lock; lists are made under it, once for each change
 * of what they show, and shared by all who ask.
 */
final class Cache<T> implements Lister<T> {
    private static final Logger LOG = LoggerFactory.getLogger(Cache.class);
    private static final String CONTROLLER_INDEX = "controller";

    private final Map<ObjectKey, Entry<T>> entries = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    // Below: guarded by the lock.
    private final Bucket<T> all = new Bucket<>();
    private final Map<String, Bucket<T>> namespaces = new HashMap<>();
    private final Map<String, ValueIndex<T>> indexes = new LinkedHashMap<>();
    /** Up to which the cache is known to be complete; -1 before anything is known. */
    private volatile long version = -1;

    /** An object and its metadata, which of typed objects is made but once. */
    record Entry<T>(T object, ObjectMetadata metadata) {}

    @Override
    public Optional<T> get(ObjectKey key) {
        Entry<T> entry = entries.get(key);
        return entry == null ? Optional.empty() : Optional.of(entry.object);
    }

    @Nullable
    ObjectMetadata metadata(ObjectKey key) {
        Entry<T> entry = entries.get(key);
        return entry == null ? null : entry.metadata;
    }

    @Override
    public List<T> list() {
        return locked(all::snapshot);
    }

    @Override
    public List<T> inNamespace(String namespace) {
        return locked(() -> snapshot(namespaces.get(namespace)));
    }

    @Override
    public List<T> matching(String namespace, LabelSelector selector) {
        return locked(() -> {
            Bucket<T> bucket = namespace.isEmpty() ? all : namespaces.get(namespace);
            if (bucket == null) {
                return List.of();
            }
            List<T> found = new ArrayList<>();
            for (Entry<T> entry : bucket.entries.values()) {
                if (selector.matches(entry.metadata.labels())) {
                    found.add(entry.object);
                }
            }
            return Collections.unmodifiableList(found);
        });
    }

    @Override
    public int size() {
        return entries.size();
    }

    Index<T> byController() {
        return index(new ValueIndex<>(CONTROLLER_INDEX, entry -> entry.metadata
                .controller()
                .map(owner -> List.of(owner.uid()))
                .orElse(List.of())));
    }

    Index<T> index(String name, Function<T, ? extends Collection<String>> values) {
        requireNonNull(values, "values");
        return index(new ValueIndex<>("by " + name, entry -> values.apply(entry.object)));
    }

    private Index<T> index(ValueIndex<T> wanted) {
        ValueIndex<T> index = locked(() -> {
            ValueIndex<T> known = indexes.putIfAbsent(wanted.name, wanted);
            if (known != null) {
                return known;
            }
            all.entries.forEach((key, entry) -> wanted.put(key, null, entry));
            return wanted;
        });
        return value -> locked(() -> snapshot(index.buckets.get(value)));
    }

    /** Up to which version everything has been seen; -1 if nothing has, or if versions are no numbers. */
    long version() {
        return version;
    }

    void reached(long newVersion) {
        if (newVersion > version) {
            version = newVersion;
        }
    }

    /** Puts an object in and returns what was there before. */
    @Nullable
    Entry<T> put(Entry<T> entry) {
        return locked(() -> putLocked(entry));
    }

    /** Takes an object out and returns it. */
    @Nullable
    Entry<T> remove(ObjectKey key) {
        return locked(() -> removeLocked(key));
    }

    /** Makes the cache what {@code wanted} says, at once for those who list, and returns how it changed. */
    List<Change<T>> replace(Map<ObjectKey, Entry<T>> wanted, boolean initial) {
        return locked(() -> {
            List<Change<T>> changes = new ArrayList<>();
            for (ObjectKey key : List.copyOf(all.entries.keySet())) {
                if (!wanted.containsKey(key)) {
                    Entry<T> gone = removeLocked(key);
                    if (gone != null) {
                        changes.add(new Change.Deleted<>(gone.object, true));
                    }
                }
            }
            for (Entry<T> entry : wanted.values()) {
                Entry<T> old = putLocked(entry);
                if (old == null) {
                    changes.add(new Change.Added<>(entry.object, initial));
                } else if (!old.metadata.resourceVersion().equals(entry.metadata.resourceVersion())) {
                    changes.add(new Change.Updated<>(old.object, entry.object));
                }
            }
            return changes;
        });
    }

    private @Nullable Entry<T> putLocked(Entry<T> entry) {
        ObjectKey key = entry.metadata.key();
        Entry<T> old = entries.put(key, entry);
        all.put(key, entry);
        namespaces.computeIfAbsent(key.namespace(), ignored -> new Bucket<>()).put(key, entry);
        for (ValueIndex<T> index : indexes.values()) {
            index.put(key, old, entry);
        }
        return old;
    }

    private @Nullable Entry<T> removeLocked(ObjectKey key) {
        Entry<T> old = entries.remove(key);
        if (old == null) {
            return null;
        }
        all.remove(key);
        Bucket<T> namespace = namespaces.get(key.namespace());
        if (namespace != null && namespace.remove(key)) {
            namespaces.remove(key.namespace());
        }
        for (ValueIndex<T> index : indexes.values()) {
            index.remove(key, old);
        }
        return old;
    }

    private static <T> List<T> snapshot(@Nullable Bucket<T> bucket) {
        return bucket == null ? List.of() : bucket.snapshot();
    }

    private <R extends @Nullable Object> R locked(Supplier<R> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** Some of the objects, in order of first appearance, and the list that was last made of them. */
    private static final class Bucket<T> {
        private final Map<ObjectKey, Entry<T>> entries = new LinkedHashMap<>();
        private @Nullable List<T> snapshot;

        private void put(ObjectKey key, Entry<T> entry) {
            entries.put(key, entry);
            snapshot = null;
        }

        /** Whether the bucket is empty afterwards. */
        private boolean remove(ObjectKey key) {
            entries.remove(key);
            snapshot = null;
            return entries.isEmpty();
        }

        private List<T> snapshot() {
            List<T> made = snapshot;
            if (made == null) {
                List<T> objects = new ArrayList<>(entries.size());
                for (Entry<T> entry : entries.values()) {
                    objects.add(entry.object);
                }
                made = Collections.unmodifiableList(objects);
                snapshot = made;
            }
            return made;
        }
    }

    /** Buckets by what a function says of an object. */
    private static final class ValueIndex<T> {
        private final String name;
        private final Function<Entry<T>, ? extends Collection<String>> values;
        private final Map<String, Bucket<T>> buckets = new HashMap<>();

        private ValueIndex(String name, Function<Entry<T>, ? extends Collection<String>> values) {
            this.name = name;
            this.values = values;
        }

        private void put(ObjectKey key, @Nullable Entry<T> old, Entry<T> entry) {
            Collection<String> now = valuesOf(entry);
            if (old != null) {
                for (String before : valuesOf(old)) {
                    if (!now.contains(before)) {
                        remove(before, key);
                    }
                }
            }
            for (String value : now) {
                buckets.computeIfAbsent(value, ignored -> new Bucket<>()).put(key, entry);
            }
        }

        private void remove(ObjectKey key, Entry<T> old) {
            for (String value : valuesOf(old)) {
                remove(value, key);
            }
        }

        /** One object that a function cannot file must not keep all others from being seen. */
        private Collection<String> valuesOf(Entry<T> entry) {
            try {
                return values.apply(entry);
            } catch (RuntimeException e) {
                LOG.error("index {}: {} is filed nowhere", name, entry.metadata.key(), e);
                return List.of();
            }
        }

        private void remove(String value, ObjectKey key) {
            Bucket<T> bucket = buckets.get(value);
            if (bucket != null && bucket.remove(key)) {
                buckets.remove(value);
            }
        }
    }
}
