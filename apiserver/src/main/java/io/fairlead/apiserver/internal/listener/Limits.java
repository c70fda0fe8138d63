// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.listener;

import java.time.Duration;

/** What one server lets its clients take. */
public final class Limits {
    /** The largest body of a request; upstream's: twice what an etcd entry may have. */
    public static final int BODY_MAX_BYTES = 3 * 1024 * 1024;

    /** Connections at once: a cluster has tens of components with a few each; each costs some 100 KB of buffers. */
    static final int CONNECTIONS_MAX = 2_000;

    /** Requests on one HTTP/2 connection at once, watches among them; upstream offers 100, and clients open a second connection. */
    static final long STREAMS_PER_CONNECTION_MAX = 250;

    /** Requests being worked on at once, watches not counted; upstream allows 400 reads and 200 writes. */
    static final int REQUESTS_MAX = 600;

    /** All headers of a request together; upstream's, which is the Go library's. */
    static final int HEADERS_MAX_BYTES = 1024 * 1024;

    /** Method and URL: selectors with a thousand names must fit. */
    static final int REQUEST_LINE_MAX_BYTES = 256 * 1024;

    /** Bytes of a stream that are put into one write: the size from which larger writes gain nothing. */
    static final int WRITE_BATCH_BYTES = 64 * 1024;

    /** One event is one frame, and an event can be larger than an object at its largest. */
    static final int FRAME_MAX_BYTES = 16 * 1024 * 1024;

    /** From connecting to the end of the handshake; upstream gives a connection 32 s until it has sent its first headers. */
    static final Duration HANDSHAKE_MAX = Duration.ofSeconds(30);

    /** How long a stop waits for answers that are under way. */
    static final Duration STOP_MAX = Duration.ofSeconds(2);

    private Limits() {}
}
