// SPDX-License-Identifier: Apache-2.0
package io.fairlead.cluster;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.client.http.WebSocket;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The client's end of a WebSocket that carries a watch: one message for each event. Nothing can be sent through it. */
final class LocalWebSocket implements WebSocket, ChunkReader.Reader {
    private static final int NORMAL_CLOSURE = 1000;

    private final Listener listener;
    private final AtomicBoolean closed = new AtomicBoolean();
    private @Nullable ChunkReader reader;

    LocalWebSocket(Listener listener) {
        this.listener = requireNonNull(listener, "listener");
    }

    /** To be called once; the listener is told that the socket is open and gets the first message. */
    void readFrom(ChunkReader source) {
        reader = source;
        source.start();
        listener.onOpen(this);
        source.ask();
    }

    @Override
    public boolean send(ByteBuffer message) {
        return false;
    }

    @Override
    public boolean sendClose(int code, @Nullable String reason) {
        if (!closed.compareAndSet(false, true)) {
            return false;
        }
        requireNonNull(reader, "reader").cancel();
        listener.onClose(this, code, reason == null ? "" : reason);
        return true;
    }

    @Override
    public long queueSize() {
        return 0;
    }

    @Override
    public void request() {
        requireNonNull(reader, "reader").ask();
    }

    @Override
    public void received(List<byte[]> segments) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        segments.forEach(joined::writeBytes);
        listener.onMessage(this, joined.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void ended() {
        if (closed.compareAndSet(false, true)) {
            listener.onClose(this, NORMAL_CLOSURE, "");
        }
    }

    @Override
    public void failed(Exception failure) {
        if (closed.compareAndSet(false, true)) {
            listener.onError(this, failure);
        }
    }
}
