// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.listener;

import java.util.List;

/** Where a stream's chunks go. Used by the event loop of its connection only. */
interface Sink {
    /** Whether more can be taken now; if not, the drain handler is called when it can. */
    boolean writable();

    /** Takes one chunk; it may stay here until {@link #flush}. */
    void accept(List<byte[]> segments);

    /** Sends what has been taken. */
    void flush();

    /** Ends the stream in good order. */
    void end();

    /** Ends the stream so that the receiver sees that something is missing. */
    void abort();
}
