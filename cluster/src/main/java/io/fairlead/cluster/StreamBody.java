// SPDX-License-Identifier: Apache-2.0
package io.fairlead.cluster;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.client.http.AsyncBody;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An answer that goes on, given to its consumer piece by piece, each when it asks. */
final class StreamBody implements AsyncBody, ChunkReader.Reader {
    private final Consumer<List<ByteBuffer>> consumer;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private @Nullable ChunkReader reader;

    StreamBody(Consumer<List<ByteBuffer>> consumer) {
        this.consumer = requireNonNull(consumer, "consumer");
    }

    /** To be called once, before the body is handed out. */
    void readFrom(ChunkReader source) {
        reader = source;
        source.start();
    }

    @Override
    public void consume() {
        requireNonNull(reader, "reader").ask();
    }

    @Override
    public CompletableFuture<Void> done() {
        return done;
    }

    @Override
    public void cancel() {
        requireNonNull(reader, "reader").cancel();
        done.cancel(false);
    }

    @Override
    public void received(List<byte[]> segments) throws Exception {
        consumer.consume(WholeBody.readOnly(segments), this);
    }

    @Override
    public void ended() {
        done.complete(null);
    }

    @Override
    public void failed(Exception failure) {
        done.completeExceptionally(failure);
    }
}
