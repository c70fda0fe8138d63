// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fairlead.environment.Signal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What others want an informer's task to know, in order. Any thread puts, one takes.
 *
 * <p>Bounded by its users: a stream has one piece under way at a time, and commands are given while a program puts itself together.
 */
final class InformerMailbox {
    private final Signal signal;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Message> messages = new ArrayDeque<>();

    InformerMailbox(Signal signal) {
        this.signal = signal;
    }

    sealed interface Message {}

    /** Runs on the informer's task. */
    record Command(Runnable action) implements Message {}

    /** Something about a stream, which may have been closed since. */
    record FromStream(int number, News news) implements Message {}

    sealed interface News {}

    record Opened(int code, int retryAfterSeconds, AsyncBody body) implements News {}

    record Bytes(List<ByteBuffer> buffers) implements News {}

    record Ended(@Nullable Throwable problem) implements News {}

    void put(Message message) {
        lock.lock();
        try {
            messages.add(message);
        } finally {
            lock.unlock();
        }
        signal.raise();
    }

    /** The next message; null if there is none within {@code timeout}, or sooner if it was woken for nothing. */
    @Nullable
    Message take(Duration timeout) throws InterruptedException {
        Message message = poll();
        if (message == null) {
            boolean raised = signal.await(timeout);
            message = raised ? poll() : null;
        }
        return message;
    }

    private @Nullable Message poll() {
        lock.lock();
        try {
            return messages.poll();
        } finally {
            lock.unlock();
        }
    }

    /** Puts what comes of the stream with {@code number} here. */
    ApiConnection.StreamReceiver receiver(int number) {
        return new ApiConnection.StreamReceiver() {
            @Override
            public void opened(int code, int retryAfterSeconds, AsyncBody body) {
                put(new FromStream(number, new Opened(code, retryAfterSeconds, body)));
            }

            @Override
            public void bytes(List<ByteBuffer> buffers) {
                put(new FromStream(number, new Bytes(buffers)));
            }

            @Override
            public void ended(@Nullable Throwable problem) {
                put(new FromStream(number, new Ended(problem)));
            }
        };
    }
}
