// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.listener;

import static java.util.Objects.requireNonNull;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Sends each chunk as one frame of a WebSocket. */
final class SocketSink implements Sink {
    /** What stands before each event of a binary watch; a frame has its own length. */
    private static final int LENGTH_PREFIX_BYTES = 4;

    private static final int INTERNAL_ERROR = 1011;

    private final ServerWebSocket socket;
    private final boolean binary;

    SocketSink(ServerWebSocket socket, boolean binary) {
        this.socket = requireNonNull(socket, "socket");
        this.binary = binary;
    }

    @Override
    public boolean writable() {
        return !socket.writeQueueFull();
    }

    @Override
    public void accept(List<byte[]> segments) {
        Buffer bytes = ResponseSink.bufferOf(segments);
        if (binary) {
            socket.writeFinalBinaryFrame(bytes.slice(LENGTH_PREFIX_BYTES, bytes.length()));
        } else {
            socket.writeFinalTextFrame(bytes.toString(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void flush() {
        // Every chunk has gone as its own frame.
    }

    @Override
    public void end() {
        socket.close();
    }

    @Override
    public void abort() {
        socket.close((short) INTERNAL_ERROR);
    }
}
