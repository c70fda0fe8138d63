// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.listener;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.apiserver.ApiResponse.Chunks;
import io.fairlead.apiserver.ApiResponse.Next;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A stream that a test fills. */
final class ScriptedChunks implements Chunks {
    private final Queue<Next> pending = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean failing;
    private volatile Runnable wake = () -> {};

    void add(String text) {
        pending.add(new Next.Chunk(List.of(text.getBytes(UTF_8))));
        wake.run();
    }

    void end() {
        pending.add(new Next.End());
        wake.run();
    }

    void fail() {
        failing = true;
        wake.run();
    }

    int waiting() {
        return pending.size();
    }

    boolean awaitClosed() throws InterruptedException {
        return closed.await(10, TimeUnit.SECONDS);
    }

    @Override
    public Next take() {
        if (failing) {
            throw new IllegalStateException("on purpose");
        }
        Next next = pending.poll();
        return next == null ? new Next.Nothing() : next;
    }

    @Override
    public void onReady(Runnable wake) {
        this.wake = wake;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
