// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.watch;

import io.fairlead.apiserver.ApiResponse.Chunks;
import io.fairlead.apiserver.ApiResponse.Next;
import java.util.List;

/** A stream of one frame: a watch that cannot begin says so in the stream, not in its status code. */
public final class ErrorChunks implements Chunks {
    private final List<byte[]> segments;
    private boolean taken;

    public ErrorChunks(List<byte[]> segments) {
        this.segments = List.copyOf(segments);
    }

    @Override
    public Next take() {
        if (taken) {
            return new Next.End();
        }
        taken = true;
        return new Next.Chunk(segments);
    }

    @Override
    public void onReady(Runnable wake) {
        // There never is nothing to take.
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
