// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.storage;

import java.util.List;
import java.util.Optional;

/**
 * Keys, values and their history.
 *
 * <p>Each committed write raises the one revision counter by one. Every write says which revision of the key it expects, so
 * that of two writers who read the same one succeeds. All methods may be called from any thread. Stores that talk to
 * something outside throw {@link java.io.UncheckedIOException} when they cannot answer.
 */
public interface Store extends AutoCloseable {
    /** The revision of the last committed write. */
    long revision();

    /** What is under {@code key} now. */
    Optional<Stored> get(String key);

    /** Writes {@code value} if there is nothing under {@code key}. */
    CommitResult create(String key, Value value);

    /** Writes {@code value} if {@code key} was last written at {@code expected}. */
    CommitResult update(String key, long expected, Value value);

    /** Takes {@code key} away if it was last written at {@code expected}. */
    CommitResult delete(String key, long expected);

    /** Reads all keys that begin with {@code prefix} as they were at one revision. */
    RangeResult range(Range range);

    /**
     * Tells {@code sink} of every change under {@code prefix} after {@code revision}: first those that were already made, on
     * the calling thread before this returns, then the rest as they are made.
     */
    WatchResult watch(String prefix, long revision, Sink sink);

    /** Forgets what was before {@code revision}: no range at an earlier one and no watch from an earlier one is possible any more. */
    void compact(long revision);

    /** Ends all watches and frees what the store holds. */
    @Override
    void close();

    /**
     * Which keys to read.
     *
     * @param start the first key wanted, which begins with {@code prefix}; or empty for the first one there is
     * @param limit how many at most; 0 for all
     * @param revision at which to read; 0 for the current one
     */
    record Range(String prefix, String start, int limit, long revision) {
        /** Everything under {@code prefix} as it is now. */
        public static Range all(String prefix) {
            return new Range(prefix, "", 0, 0);
        }
    }

    /** What a range found. */
    sealed interface RangeResult {
        /**
         * The keys and values, in the order of the keys.
         *
         * @param revision at which they were read
         * @param remaining how many keys follow that the limit cut off
         */
        record Page(List<Stored> items, long revision, long remaining) implements RangeResult {
            public Page {
                items = List.copyOf(items);
            }
        }

        /** The revision asked for is forgotten; the oldest one known is {@code oldest}. */
        record Compacted(long oldest) implements RangeResult {}

        /** The revision asked for does not exist yet. */
        record Future(long current) implements RangeResult {}
    }

    /** How a watch began. */
    sealed interface WatchResult {
        /** It runs until {@code subscription} is closed. */
        record Watching(Subscription subscription) implements WatchResult {}

        /** Changes after the revision asked for are forgotten; the oldest one to watch from is {@code oldest}. */
        record Compacted(long oldest) implements WatchResult {}
    }

    /** A running watch. */
    @FunctionalInterface
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /** Takes changes, in the order of their revisions, each once. */
    interface Sink {
        /**
         * One change. Called by one thread at a time while further commits wait, so it must be very short, and must not call
         * the store.
         */
        void changed(Change change);

        /** The changes so far may be acted on; called after them, while no commit waits, possibly by several threads at once. */
        default void settled() {}
    }
}
