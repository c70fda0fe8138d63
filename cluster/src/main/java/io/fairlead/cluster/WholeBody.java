// SPDX-License-Identifier: Apache-2.0
package io.fairlead.cluster;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.client.http.AsyncBody;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** A complete answer: given to its consumer, on the consumer's thread, the first time it asks. The bytes are shared. */
final class WholeBody implements AsyncBody {
    private final List<byte[]> segments;
    private final Consumer<List<ByteBuffer>> consumer;
    private final AtomicBoolean given = new AtomicBoolean();
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    WholeBody(List<byte[]> segments, Consumer<List<ByteBuffer>> consumer) {
        this.segments = requireNonNull(segments, "segments");
        this.consumer = requireNonNull(consumer, "consumer");
    }

    static List<ByteBuffer> readOnly(List<byte[]> segments) {
        return segments.stream()
                .map(segment -> ByteBuffer.wrap(segment).asReadOnlyBuffer())
                .toList();
    }

    @Override
    @SuppressWarnings("CatchingUnchecked") // whatever the consumer throws is the reader's to know
    public void consume() {
        if (!given.compareAndSet(false, true) || done.isDone()) {
            return;
        }
        try {
            if (!segments.isEmpty()) {
                consumer.consume(readOnly(segments), this);
            }
            done.complete(null);
        } catch (Exception e) {
            done.completeExceptionally(e);
        }
    }

    @Override
    public CompletableFuture<Void> done() {
        return done;
    }

    @Override
    public void cancel() {
        done.cancel(false);
    }
}
