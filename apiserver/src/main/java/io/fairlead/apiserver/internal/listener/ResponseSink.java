// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.listener;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.List;

/** Sends chunks as the body of a response, several in one write when they come together. The bytes are not copied. */
final class ResponseSink implements Sink {
    /** HTTP/2's code; with HTTP/1.1 the connection is closed. */
    private static final long INTERNAL_ERROR = 2;

    private final HttpServerResponse response;
    private final List<byte[]> pending = new ArrayList<>();
    private int pendingBytes;

    ResponseSink(HttpServerResponse response) {
        this.response = requireNonNull(response, "response");
    }

    /** All of {@code segments} as one buffer that shares their bytes. */
    @SuppressWarnings("deprecation") // the only way in Vert.x 4 to send bytes that it has not copied
    static Buffer bufferOf(List<byte[]> segments) {
        return segments.size() == 1
                ? Buffer.buffer(Unpooled.wrappedBuffer(segments.getFirst()))
                : Buffer.buffer(Unpooled.wrappedBuffer(segments.toArray(byte[][]::new)));
    }

    @Override
    public boolean writable() {
        return !response.writeQueueFull();
    }

    @Override
    public void accept(List<byte[]> segments) {
        pending.addAll(segments);
        for (byte[] segment : segments) {
            pendingBytes += segment.length;
        }
        if (pendingBytes >= Limits.WRITE_BATCH_BYTES) {
            flush();
        }
    }

    @Override
    public void flush() {
        if (!pending.isEmpty()) {
            response.write(bufferOf(pending));
            pending.clear();
            pendingBytes = 0;
        }
    }

    @Override
    public void end() {
        response.end();
    }

    @Override
    public void abort() {
        response.reset(INTERNAL_ERROR);
    }
}
