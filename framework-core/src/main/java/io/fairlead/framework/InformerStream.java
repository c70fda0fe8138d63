// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One watch stream of an informer, used by its task alone. */
final class InformerStream {
    private final int number;
    private final LineCutter cutter = new LineCutter();
    private final long startedNanos;
    private Duration silenceMax;
    private long deadlineNanos;
    private boolean brought;
    private @Nullable AsyncBody body;

    InformerStream(int number, long nowNanos, Duration silenceMax) {
        this.number = number;
        this.startedNanos = nowNanos;
        this.silenceMax = silenceMax;
        this.deadlineNanos = nowNanos + silenceMax.toNanos();
    }

    int number() {
        return number;
    }

    /** When the stream has been silent for too long. */
    long deadlineNanos() {
        return deadlineNanos;
    }

    void opened(AsyncBody newBody, long nowNanos) {
        body = newBody;
        more(nowNanos);
    }

    /** Cuts what came into lines. */
    void accept(ByteBuffer piece, LineCutter.Sink sink) throws IOException {
        cutter.accept(piece, sink);
    }

    /** Notes that an event came. One bookmark says that more will follow, at least every minute. */
    void brought(boolean bookmark) {
        brought = true;
        if (bookmark) {
            silenceMax = StreamInformer.SILENCE_MAX;
        }
    }

    /** Asks for the next piece. */
    void more(long nowNanos) {
        deadlineNanos = nowNanos + silenceMax.toNanos();
        AsyncBody current = body;
        if (current != null) {
            current.consume();
        }
    }

    boolean fruitful(long nowNanos) {
        return brought || nowNanos - startedNanos >= StreamInformer.FRUITFUL_AFTER.toNanos();
    }

    boolean cut() {
        return cutter.cut();
    }

    void close() {
        AsyncBody current = body;
        if (current != null) {
            current.cancel();
        }
    }
}
