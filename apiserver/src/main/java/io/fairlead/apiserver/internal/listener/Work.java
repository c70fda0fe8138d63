// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.listener;

import static java.util.Objects.requireNonNull;

import io.fairlead.apiserver.ApiRequest;
import io.fairlead.apiserver.ApiResponse;
import io.fairlead.apiserver.ApiResponse.Chunks;
import io.fairlead.environment.Environment;
import io.fairlead.environment.Signal;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a listener is busy with: requests being answered, each on a thread of its own, and streams. Safe for any thread. */
final class Work {
    private static final Logger LOG = LoggerFactory.getLogger(Work.class);

    private final Environment environment;
    private final Function<ApiRequest, ApiResponse> handler;
    private final AtomicInteger underWay = new AtomicInteger();
    private final Set<StreamSender> streams = ConcurrentHashMap.newKeySet();
    private final Signal oneLess;

    Work(Environment environment, Function<ApiRequest, ApiResponse> handler) {
        this.environment = requireNonNull(environment, "environment");
        this.handler = requireNonNull(handler, "handler");
        this.oneLess = environment.newSignal();
    }

    /** Answers {@code request} on a thread of its own, or at once if there is too much to do. */
    void answer(ApiRequest request, Consumer<ApiResponse> receiver) {
        if (underWay.incrementAndGet() > Limits.REQUESTS_MAX) {
            underWay.decrementAndGet();
            receiver.accept(Refusals.tooManyRequests());
            return;
        }
        environment.start("request", () -> {
            try {
                receiver.accept(handled(request));
            } finally {
                underWay.decrementAndGet();
                oneLess.raise();
            }
        });
    }

    private ApiResponse handled(ApiRequest request) {
        try {
            return handler.apply(request);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("{} {} failed", request.method(), request.path(), e);
            return Refusals.internalError();
        }
    }

    /** A sender that is ended when the listener stops. */
    StreamSender sender(Chunks chunks, Context context, Sink sink) {
        // The sender must be able to take itself off the list, which it can only once it exists.
        StreamSender[] self = new StreamSender[1];
        self[0] = new StreamSender(chunks, context, sink, () -> streams.remove(self[0]));
        streams.add(self[0]);
        return self[0];
    }

    /** Ends the streams and waits for the answers under way, for {@code longest} if need be. */
    void finish(Duration longest) throws InterruptedException {
        streams.forEach(StreamSender::stop);
        long deadline = environment.nanoTime() + longest.toNanos();
        while (underWay.get() > 0) {
            Duration left = Duration.ofNanos(deadline - environment.nanoTime());
            if (!left.isPositive() || !oneLess.await(left)) {
                return;
            }
        }
    }
}
