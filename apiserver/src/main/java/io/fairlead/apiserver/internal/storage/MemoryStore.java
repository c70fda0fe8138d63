// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.storage;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps everything in memory; gone with the process.
 *
 * <p>Each key has a chain of versions, newest first. A write puts a new version in front under the one commit lock and then
 * publishes the new revision; a reader first reads the revision and then, without any lock, takes of each chain the newest
 * version that is not newer. History is dropped in the order in which it was made: forgetting a change means cutting the
 * chain behind it, so it costs the same however much there is. A reader that history overtook while it read notices by the
 * oldest known revision, and says so or starts again.
 */
public final class MemoryStore implements Store {
    /** As etcd's limit of a request, so that what fits here fits there. */
    public static final int VALUE_BYTES_MAX = 1_536 * 1024;

    /** History is for watchers that fell behind and for lists in pages: seconds of writes at full speed, minutes at a normal one. */
    private static final long HISTORY_BYTES_MAX = 24L * 1024 * 1024;

    /** Small objects make small history; this bounds the bookkeeping around it. */
    private static final int HISTORY_CHANGES_MAX = 100_000;

    /** Big objects must not leave watchers without any history. */
    private static final int HISTORY_CHANGES_MIN = 1_000;

    private final ConcurrentNavigableMap<String, Chain> chains = new ConcurrentSkipListMap<>();
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

    /** Guards writes: {@code history}, {@code historyBytes} and the heads of chains. Readers take no lock. */
    private final ReentrantLock commits = new ReentrantLock();

    private final Deque<Version> history = new ArrayDeque<>();
    private long historyBytes;
    private volatile long revision;
    private volatile long oldest;

    /** An empty store at revision 1, as etcd's is. */
    public MemoryStore() {
        revision = 1;
        oldest = 1;
    }

    @Override
    public long revision() {
        return revision;
    }

    @Override
    public Optional<Stored> get(String key) {
        Chain chain = chains.get(key);
        return chain == null ? Optional.empty() : Optional.ofNullable(chain.head.stored);
    }

    @Override
    public CommitResult create(String key, Value value) {
        return commit(key, 0, requireNonNull(value, "value"));
    }

    @Override
    public CommitResult update(String key, long expected, Value value) {
        return commit(key, expected, requireNonNull(value, "value"));
    }

    @Override
    public CommitResult delete(String key, long expected) {
        return commit(key, expected, null);
    }

    /** Writes {@code value}, or deletes if it is null, provided the key was last written at {@code expected}; 0 means absent. */
    private CommitResult commit(String key, long expected, @Nullable Value value) {
        if (value != null && value.sizeBytes() > VALUE_BYTES_MAX) {
            return new CommitResult.TooLarge(value.sizeBytes(), VALUE_BYTES_MAX);
        }
        Stored result;
        commits.lock();
        try {
            Chain chain = chains.get(key);
            Stored before = chain == null ? null : chain.head.stored;
            if ((before == null ? 0 : before.revision()) != expected || (before == null && value == null)) {
                return new CommitResult.Conflict(Optional.ofNullable(before));
            }
            long next = revision + 1;
            Stored after = value == null ? null : Stored.of(key, next, value);
            Version version = new Version(key, next, after, chain == null ? null : chain.head);
            if (chain == null) {
                chain = new Chain(version);
                chains.put(key, chain);
            } else {
                chain.head = version;
            }
            version.chain = chain;
            remember(version);
            revision = next;
            tell(new Change(key, next, after, before));
            result = after != null ? after : requireNonNull(before).atRevision(next);
        } finally {
            commits.unlock();
        }
        for (Watcher watcher : watchers) {
            if (key.startsWith(watcher.prefix)) {
                watcher.sink.settled();
            }
        }
        return new CommitResult.Committed(result);
    }

    private void tell(Change change) {
        for (Watcher watcher : watchers) {
            if (change.key().startsWith(watcher.prefix)) {
                watcher.sink.changed(change);
            }
        }
    }

    private void remember(Version version) {
        history.addLast(version);
        historyBytes += version.sizeBytes();
        while (history.size() > HISTORY_CHANGES_MAX
                || (historyBytes > HISTORY_BYTES_MAX && history.size() > HISTORY_CHANGES_MIN)) {
            forgetFirst();
        }
    }

    /** Forgets the change that is longest ago: what was before it cannot be read any more. */
    private void forgetFirst() {
        Version version = history.removeFirst();
        historyBytes -= version.sizeBytes();
        oldest = version.revision;
        version.previous = null;
        Chain chain = version.chain;
        version.chain = null;
        if (version.stored == null && chain != null && chain.head == version) {
            chains.remove(version.key);
        }
    }

    @Override
    public RangeResult range(Range range) {
        while (true) {
            long current = revision;
            long at = range.revision() == 0 ? current : range.revision();
            if (at > current) {
                return new RangeResult.Future(current);
            }
            RangeResult.Page page = read(range, at);
            // What was dropped while reading may be missing in the page, so look afterwards. Only a current one is
            // worth a retry.
            long known = oldest;
            if (known <= at) {
                return page;
            }
            if (range.revision() != 0) {
                return new RangeResult.Compacted(known);
            }
        }
    }

    private RangeResult.Page read(Range range, long at) {
        List<Stored> items = new ArrayList<>();
        long remaining = 0;
        String from = range.start().isEmpty() ? range.prefix() : range.start();
        for (var each : chains.tailMap(from, true).entrySet()) {
            if (!each.getKey().startsWith(range.prefix())) {
                break;
            }
            Stored stored = each.getValue().at(at);
            if (stored == null) {
                continue;
            }
            if (range.limit() > 0 && items.size() >= range.limit()) {
                remaining++;
            } else {
                items.add(stored);
            }
        }
        return new RangeResult.Page(items, at, remaining);
    }

    @Override
    public WatchResult watch(String prefix, long after, Sink sink) {
        Watcher watcher = new Watcher(prefix, sink);
        commits.lock();
        try {
            if (after < oldest) {
                return new WatchResult.Compacted(oldest);
            }
            for (Version version : history) {
                if (version.revision > after && version.key.startsWith(prefix)) {
                    Version before = version.previous;
                    sink.changed(new Change(
                            version.key, version.revision, version.stored, before == null ? null : before.stored));
                }
            }
            watchers.add(watcher);
        } finally {
            commits.unlock();
        }
        sink.settled();
        return new WatchResult.Watching(() -> watchers.remove(watcher));
    }

    @Override
    public void compact(long to) {
        commits.lock();
        try {
            while (!history.isEmpty() && history.getFirst().revision <= to) {
                forgetFirst();
            }
            oldest = Math.max(oldest, Math.min(to, revision));
        } finally {
            commits.unlock();
        }
    }

    @Override
    public void close() {
        watchers.clear();
    }

    /** All versions of one key. */
    private static final class Chain {
        private volatile Version head;

        Chain(Version head) {
            this.head = head;
        }

        /** What was there at {@code revision}, or null. */
        @Nullable
        Stored at(long revision) {
            Version version = head;
            while (version != null && version.revision > revision) {
                version = version.previous;
            }
            return version == null ? null : version.stored;
        }
    }

    /** One state of a key since one revision. */
    private static final class Version {
        private final String key;
        private final long revision;
        /** Null if the key was deleted. */
        private final @Nullable Stored stored;
        /** Where it belongs; null once it is forgotten. Only writers use it, so that forgetting needs no search. */
        private @Nullable Chain chain;

        /** Null if there was none, or if it is forgotten. */
        private volatile @Nullable Version previous;

        Version(String key, long revision, @Nullable Stored stored, @Nullable Version previous) {
            this.key = key;
            this.revision = revision;
            this.stored = stored;
            this.previous = previous;
        }

        /** What remembering this costs: the version it replaced is kept alive by it, about as big as itself. */
        int sizeBytes() {
            return stored == null ? 256 : stored.body().length + 256;
        }
    }

    private record Watcher(String prefix, Sink sink) {}
}
