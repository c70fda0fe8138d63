// SPDX-License-Identifier: Apache-2.0
package io.fairlead.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.apiserver.ApiRequest;
import io.fairlead.apiserver.ApiResponse;
import io.fairlead.apiserver.ApiResponse.Chunks;
import io.fairlead.apiserver.ApiResponse.Next;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Stands between clients and a server, and lets things go wrong as they do in a real cluster: writes are refused as conflicts or
 * fail before they have any effect, streams end in the middle, and the version at which a client wants to go on has expired.
 *
 * <p>Any thread may use it.
 */
final class FaultyServer {
    private static final String CONFLICT =
            "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
                    + "\"message\":\"the object has been modified\",\"reason\":\"Conflict\",\"code\":409}";
    private static final String BROKEN =
            "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
                    + "\"message\":\"etcdserver: leader changed\",\"reason\":\"InternalError\",\"code\":500}";
    private static final String EXPIRED =
            "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
                    + "\"message\":\"too old resource version\",\"reason\":\"Expired\",\"code\":410}";

    private final Function<ApiRequest, ApiResponse> server;
    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by the lock. */
    private final Random random;

    private final Set<CutStream> streams = ConcurrentHashMap.newKeySet();
    private final AtomicInteger faults = new AtomicInteger();
    private volatile boolean healthy;

    FaultyServer(Function<ApiRequest, ApiResponse> server, long seed) {
        this.server = server;
        this.random = new Random(seed);
    }

    /** From now on nothing goes wrong. */
    void heal() {
        healthy = true;
    }

    /** How often something went wrong. */
    int faults() {
        return faults.get();
    }

    ApiResponse handle(ApiRequest request) {
        boolean reads = request.method().equals("GET");
        boolean watches = reads && request.query().contains("watch=");
        if (!reads && happens(12)) {
            return status(409, CONFLICT);
        }
        if (!watches && happens(50)) {
            return status(500, BROKEN);
        }
        if (watches && request.query().contains("resourceVersion=") && happens(8)) {
            return status(410, EXPIRED);
        }
        ApiResponse response = server.apply(request);
        if (watches && response.body() instanceof ApiResponse.Body.Stream(Chunks chunks)) {
            CutStream cut = new CutStream(chunks);
            streams.add(cut);
            return new ApiResponse(response.status(), response.headers(), new ApiResponse.Body.Stream(cut));
        }
        return response;
    }

    /** Ends about every fourth stream: half of them without a word, half of them with the news that their version has expired. */
    void cutStreams() {
        for (CutStream stream : streams) {
            if (happens(4)) {
                stream.cut(happens(2));
            }
        }
    }

    private boolean happens(int onceIn) {
        if (healthy) {
            return false;
        }
        boolean now;
        lock.lock();
        try {
            now = random.nextInt(onceIn) == 0;
        } finally {
            lock.unlock();
        }
        if (now) {
            faults.incrementAndGet();
        }
        return now;
    }

    private static ApiResponse status(int code, String body) {
        return new ApiResponse(
                code,
                Map.of("Content-Type", List.of("application/json")),
                new ApiResponse.Body.Whole(List.of(body.getBytes(UTF_8))));
    }

    private enum Cut {
        NOT_YET,
        WITH_LAST_WORDS,
        NOW
    }

    private final class CutStream implements Chunks {
        private final Chunks chunks;
        private final AtomicReference<Cut> cut = new AtomicReference<>(Cut.NOT_YET);
        private volatile Runnable wake = () -> {};

        private CutStream(Chunks chunks) {
            this.chunks = chunks;
        }

        private void cut(boolean silently) {
            cut.set(silently ? Cut.NOW : Cut.WITH_LAST_WORDS);
            wake.run();
        }

        @Override
        public Next take() {
            if (cut.compareAndSet(Cut.WITH_LAST_WORDS, Cut.NOW)) {
                String event = "{\"type\":\"ERROR\",\"object\":" + EXPIRED + "}\n";
                return new Next.Chunk(List.of(event.getBytes(UTF_8)));
            }
            return cut.get() == Cut.NOW ? new Next.End() : chunks.take();
        }

        @Override
        public void onReady(Runnable newWake) {
            wake = newWake;
            chunks.onReady(newWake);
            if (cut.get() != Cut.NOT_YET) {
                newWake.run();
            }
        }

        @Override
        public void close() {
            streams.remove(this);
            chunks.close();
        }
    }
}
