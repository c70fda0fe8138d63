// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver;

import static java.util.Objects.requireNonNull;

import io.fairlead.environment.Api;
import java.util.List;
import java.util.Map;

/**
 * The answer to a request.
 *
 * @param headers by name in the form in which they are sent
 */
@Api(Api.Status.EXPERIMENTAL)
public record ApiResponse(int status, Map<String, List<String>> headers, Body body) {
    public ApiResponse {
        requireNonNull(headers, "headers");
        requireNonNull(body, "body");
    }

    /** What follows the headers. */
    public sealed interface Body {
        /**
         * An answer that is complete.
         *
         * @param segments sent one after the other. They are shared with other answers and with the store: nobody may change them.
         */
        record Whole(List<byte[]> segments) implements Body {
            public Whole {
                segments = List.copyOf(segments);
            }

            /** The length of all segments together. */
            public long sizeBytes() {
                return segments.stream().mapToLong(segment -> segment.length).sum();
            }
        }

        /** An answer that goes on until either side ends it. */
        record Stream(Chunks chunks) implements Body {}
    }

    /**
     * The pieces of a stream, taken by the one who sends them.
     *
     * <p>Nothing is pushed: a sender that cannot send does not take, and what it leaves is bounded by the server, which ends
     * the stream of one that stays behind. One thread at a time may call {@link #take}; the rest any thread.
     */
    public interface Chunks extends AutoCloseable {
        /** The next piece if there is one now. Never blocks. */
        Next take();

        /**
         * Asks to be told when {@link #take} has something after it answered {@link Next.Nothing}.
         *
         * @param wake called at least once for each time that happens, on any thread; it must be short and must not block.
         *     Replaces the one given before.
         */
        void onReady(Runnable wake);

        /** The receiver is gone: frees what the stream holds. May be called more than once. */
        @Override
        void close();
    }

    /** What there is to send. */
    public sealed interface Next {
        /** One piece; of a watch, exactly one event. Its segments are shared: nobody may change them. */
        record Chunk(List<byte[]> segments) implements Next {}

        /** Nothing at the moment. */
        record Nothing() implements Next {}

        /** Nothing ever again. */
        record End() implements Next {}
    }
}
