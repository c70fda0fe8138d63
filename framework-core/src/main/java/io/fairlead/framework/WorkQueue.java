// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import io.fairlead.environment.Api;
import java.time.Duration;
import java.util.Optional;

/**
 * Keys that wait for work, each at most once, and never handed to two workers at a time. Any thread may use it.
 *
 * @param <K> compared by {@code equals}
 */
@Api(Api.Status.EXPERIMENTAL)
public interface WorkQueue<K> {
    /** Adds {@code key}: to be handed out as soon as a worker takes it. A key in work is handed out again when it is done. */
    void add(K key, Priority priority);

    /** Adds {@code key} once {@code delay} has passed. Of several, the earliest counts. */
    void addAfter(K key, Duration delay, Priority priority);

    /** Adds {@code key} after the wait that its failures in a row call for. */
    void retry(K key, Priority priority);

    /** How many times in a row {@code key} was retried. */
    int failures(K key);

    /** The key has succeeded: its next failure is the first again. */
    void forget(K key);

    /** Waits for a key and takes it; empty when the queue was shut down. Each key taken must be given to {@link #done}. */
    Optional<K> take() throws InterruptedException;

    /** The worker that took {@code key} no longer works on it. */
    void done(K key);

    /** How many keys could be taken now. */
    int depth();

    /** Lets {@link #take} answer that there is nothing any more. Keys in work may still be done. */
    void shutDown();
}
