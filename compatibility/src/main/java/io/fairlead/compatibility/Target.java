// SPDX-License-Identifier: Apache-2.0
package io.fairlead.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A server that scripts are played against. One thread at a time. */
interface Target extends AutoCloseable {
    /** Host and port as the server shows itself in answers. */
    String authority();

    Answer send(Call call);

    /** Starts a watch and returns when its headers are there. */
    EventStream open(Call call);

    @Override
    void close();

    /**
     * A request.
     *
     * @param path with its query, as it goes on the wire
     * @param user {@code admin}, {@code nobody}, or a bearer token
     */
    record Call(String method, String path, Map<String, String> headers, byte @Nullable [] body, String user) {}

    /**
     * What came back.
     *
     * @param headers by name in lower case
     */
    record Answer(int status, Map<String, List<String>> headers, byte[] body) {}

    /** A watch that goes on while further steps are played. */
    interface EventStream {
        int status();

        @Nullable
        String contentType();

        /**
         * The events since the last call.
         *
         * @param count how many to wait for
         * @param wait for how long at most
         * @param end wait for the end of the stream, not for events
         */
        List<JsonNode> take(int count, Duration wait, boolean end);

        boolean ended();
    }
}
