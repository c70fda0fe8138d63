// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Cuts a stream of bytes into lines. A line that lies within one piece of the stream is handed on where it lies; only one that lies
 * across pieces is put together in a buffer. One thread at a time.
 */
final class WatchFrames {
    /** Far above the largest object that a server stores (1.5 MB by default in etcd, 3 MB as request). */
    static final int FRAME_BYTES_MAX = 16 * 1024 * 1024;

    private static final int BUFFER_BYTES_FIRST = 8 * 1024;
    /** A buffer that one huge object needed is not kept for the small ones that follow. */
    private static final int BUFFER_BYTES_KEPT = 256 * 1024;

    private byte[] buffer = new byte[0];
    private int buffered;

    /** Takes a line. */
    interface Sink {
        /** The line lies in a part of {@code bytes}, valid during the call. */
        void frame(byte[] bytes, int offset, int length) throws IOException;
    }

    /**
     * Cuts the next piece.
     *
     * @throws IOException if a line is too long, or from the sink
     */
    void accept(ByteBuffer piece, Sink sink) throws IOException {
        byte[] bytes;
        int from;
        int to;
        if (piece.hasArray()) {
            bytes = piece.array();
            from = piece.arrayOffset() + piece.position();
            to = piece.arrayOffset() + piece.limit();
        } else {
            bytes = new byte[piece.remaining()];
            piece.duplicate().get(bytes);
            from = 0;
            to = bytes.length;
        }
        int start = from;
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                line(bytes, start, i, sink);
                start = i + 1;
            }
        }
        keep(bytes, start, to);
    }

    /** Whether the stream ended within a line, which is then lost. */
    boolean cut() {
        return buffered > 0;
    }

    private void line(byte[] bytes, int start, int end, Sink sink) throws IOException {
        if (buffered > 0) {
            keep(bytes, start, end);
            int length = buffered;
            byte[] whole = buffer;
            buffered = 0;
            if (buffer.length > BUFFER_BYTES_KEPT) {
                buffer = new byte[0];
            }
            sink.frame(whole, 0, length);
        } else if (end > start) {
            sink.frame(bytes, start, end - start);
        }
    }

    private void keep(byte[] bytes, int start, int end) throws IOException {
        int more = end - start;
        if (more == 0) {
            return;
        }
        int needed = buffered + more;
        if (needed > FRAME_BYTES_MAX) {
            throw new IOException("a line of the watch stream is longer than " + FRAME_BYTES_MAX + " bytes");
        }
        if (needed > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(BUFFER_BYTES_FIRST, Math.max(needed, buffer.length * 2)));
        }
        System.arraycopy(bytes, start, buffer, buffered, more);
        buffered = needed;
    }
}
