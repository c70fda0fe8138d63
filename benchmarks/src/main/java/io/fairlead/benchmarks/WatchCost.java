// SPDX-License-Identifier: Apache-2.0
package io.fairlead.benchmarks;

import com.sun.management.ThreadMXBean;
import io.fairlead.apiserver.ApiRequest;
import io.fairlead.apiserver.ApiRequest.Peer;
import io.fairlead.apiserver.ApiResponse.Body;
import io.fairlead.apiserver.ApiResponse.Chunks;
import io.fairlead.apiserver.ApiResponse.Next;
import io.fairlead.apiserver.ApiServer;
import io.fairlead.apiserver.ApiServerOptions;
import io.fairlead.environment.Environment;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one more watcher costs for each event: if encoded bytes are shared, next to nothing. */
final class WatchCost {
    private static final int EVENTS = 2_000;
    private static final int WATCHERS = 100;

    private WatchCost() {}

    static void print(Environment environment) {
        try (ApiServer server = ApiServer.create(environment, ApiServerOptions.defaults())) {
            send(server, "POST", "/api/v1/namespaces/default/configmaps", "", configMap(0));
            measure(server, 1);
            long alone = measure(server, 0);
            long watched = measure(server, WATCHERS);
            System.out.printf(
                    "%-44s %5d bytes allocated per write, %d more per watcher and event%n",
                    "watch, " + WATCHERS + " watchers of one kind", alone, (watched - alone) / WATCHERS);
        }
    }

    /** Bytes allocated for each event by the write and its delivery to all watchers, on this thread. */
    private static long measure(ApiServer server, int watchers) {
        List<Chunks> open = new ArrayList<>();
        for (int i = 0; i < watchers; i++) {
            Body body = server.handle(request("GET", "/api/v1/configmaps", "watch=1", ""))
                    .body();
            if (body instanceof Body.Stream(var chunks)) {
                open.add(chunks);
            }
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        drain(open);
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < EVENTS; i++) {
            send(server, "PUT", "/api/v1/namespaces/default/configmaps/a", "", configMap(i + watchers * EVENTS));
            drain(open);
        }
        long used = threads.getCurrentThreadAllocatedBytes() - before;
        open.forEach(Chunks::close);
        return used / EVENTS;
    }

    private static void drain(List<Chunks> open) {
        for (Chunks chunks : open) {
            while (chunks.take() instanceof Next.Chunk) {
                // The bytes are shared: taking them is all that a sender does beside writing them to its socket.
            }
        }
    }

    private static void send(ApiServer server, String method, String path, String query, String body) {
        int status = server.handle(request(method, path, query, body)).status();
        if (status >= 300) {
            throw new IllegalStateException(method + " " + path + " was answered with " + status);
        }
    }

    private static ApiRequest request(String method, String path, String query, String body) {
        Map<String, List<String>> headers =
                Map.of("content-type", List.of("application/json"), "accept", List.of("application/json"));
        Peer peer = new Peer.Local("admin", Set.of("system:masters"));
        return new ApiRequest(method, path, query, headers, body.getBytes(StandardCharsets.UTF_8), peer);
    }

    private static String configMap(int value) {
        return "{\"metadata\":{\"name\":\"a\"},\"data\":{\"value\":\"" + value + "\"}}";
    }
}
