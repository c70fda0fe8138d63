// SPDX-License-Identifier: Apache-2.0
package io.fairlead.cluster;

import static java.util.Objects.requireNonNull;

import io.fairlead.apiserver.ApiResponse.Chunks;
import io.fairlead.apiserver.ApiResponse.Next;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes chunks off a stream as its reader asks for them.
 *
 * <p>All methods may be called from any thread, also by the reader while it is being given something. The reader is given one piece
 * at a time: whoever finds a delivery under way leaves its wish behind and goes.
 */
final class ChunkReader {
    private final Executor executor;
    private final Chunks chunks;
    private final Reader reader;

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger turns = new AtomicInteger();
    private final AtomicBoolean turnAsked = new AtomicBoolean();
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile Runnable afterEnd = () -> {};

    ChunkReader(Executor executor, Chunks chunks, Reader reader) {
        this.executor = requireNonNull(executor, "executor");
        this.chunks = requireNonNull(chunks, "chunks");
        this.reader = requireNonNull(reader, "reader");
    }

    /** Who reads. */
    interface Reader {
        /** One chunk. What it throws ends the stream. */
        void received(List<byte[]> segments) throws Exception;

        /** The server has ended the stream. */
        void ended();

        /** The stream has ended before its time; also if {@link #received} threw. */
        void failed(Exception failure);
    }

    /** What is to be done when the stream is over, however that came about. */
    void onEnd(Runnable action) {
        afterEnd = action;
    }

    /** Begins to listen for chunks. */
    void start() {
        chunks.onReady(this::wake);
    }

    /** The reader can take one more piece. */
    void ask() {
        asked.incrementAndGet();
        turn();
    }

    /** Nobody reads any more. */
    void cancel() {
        finish();
    }

    /** The stream ends before its time, and the reader is told why. */
    void abort(Exception reason) {
        if (finish()) {
            reader.failed(reason);
        }
    }

    /** Called by whoever made a chunk ready; delivering it is not that thread's business. */
    private void wake() {
        if (turnAsked.compareAndSet(false, true)) {
            executor.execute(() -> {
                turnAsked.set(false);
                turn();
            });
        }
    }

    private void turn() {
        if (turns.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            deliver();
            seen = turns.addAndGet(-seen);
        } while (seen != 0);
    }

    @SuppressWarnings("CatchingUnchecked") // whatever the reader throws is told to it, and ends the stream
    private void deliver() {
        while (!over.get() && asked.get() > 0) {
            switch (chunks.take()) {
                case Next.Chunk(var segments) -> {
                    asked.decrementAndGet();
                    try {
                        reader.received(segments);
                    } catch (Exception e) {
                        if (finish()) {
                            reader.failed(e);
                        }
                    }
                }
                case Next.Nothing() -> {
                    return;
                }
                case Next.End() -> {
                    if (finish()) {
                        reader.ended();
                    }
                }
            }
        }
    }

    private boolean finish() {
        if (!over.compareAndSet(false, true)) {
            return false;
        }
        chunks.close();
        afterEnd.run();
        return true;
    }
}
