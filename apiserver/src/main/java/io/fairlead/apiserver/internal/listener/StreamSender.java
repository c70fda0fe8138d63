// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.listener;

import static java.util.Objects.requireNonNull;

import io.fairlead.apiserver.ApiResponse.Chunks;
import io.fairlead.apiserver.ApiResponse.Next;
import io.vertx.core.Context;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves a stream's chunks to its receiver as fast as the receiver takes them.
 *
 * <p>A chunk is taken only when the connection can send it, so what a slow receiver leaves behind stays with the server, which
 * bounds it. All but {@link #wake} and {@link #stop} happens on the connection's event loop.
 */
final class StreamSender {
    private static final Logger LOG = LoggerFactory.getLogger(StreamSender.class);

    private final Chunks chunks;
    private final Context context;
    private final Sink sink;
    private final Runnable ended;

    /** Whether a turn on the event loop has been asked for already: a thousand events need one, not a thousand. */
    private final AtomicBoolean turnAsked = new AtomicBoolean();

    private boolean over;

    /** @param ended called once when nothing will be sent any more */
    StreamSender(Chunks chunks, Context context, Sink sink, Runnable ended) {
        this.chunks = requireNonNull(chunks, "chunks");
        this.context = requireNonNull(context, "context");
        this.sink = requireNonNull(sink, "sink");
        this.ended = requireNonNull(ended, "ended");
    }

    /** Begins; to be called on the event loop. */
    void start() {
        chunks.onReady(this::wake);
        pump();
    }

    /** There may be something to send. Any thread. */
    void wake() {
        if (turnAsked.compareAndSet(false, true)) {
            context.runOnContext(turn -> {
                turnAsked.set(false);
                pump();
            });
        }
    }

    /** Ends the stream in good order, soon. Any thread. */
    void stop() {
        context.runOnContext(turn -> finish(true));
    }

    /** The receiver is gone. */
    void abandon() {
        finish(false);
    }

    /** Sends what there is and can be sent. A stream that fails is cut: its receiver must not take it for complete. */
    void pump() {
        try {
            send();
        } catch (RuntimeException e) {
            LOG.error("a stream failed and is cut", e);
            abandon();
            sink.abort();
        }
    }

    private void send() {
        while (!over && sink.writable()) {
            switch (chunks.take()) {
                case Next.Chunk(var segments) -> sink.accept(segments);
                case Next.Nothing() -> {
                    sink.flush();
                    return;
                }
                case Next.End() -> finish(true);
            }
        }
        if (!over) {
            sink.flush();
        }
    }

    private void finish(boolean orderly) {
        if (over) {
            return;
        }
        over = true;
        chunks.close();
        if (orderly) {
            sink.flush();
            sink.end();
        }
        ended.run();
    }
}
