// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A server on a socket that answers what a test says, in order; when nothing is left to say, it lets the client wait.
 *
 * <p>Any thread.
 */
final class ScriptedServer implements AutoCloseable {
    /** Longer than any test: an answer that never comes. */
    private static final long NEVER_HOURS = 1;

    /** Kept here, because a logger that nobody holds forgets its level. */
    private static final Logger SERVER_LOG = Logger.getLogger("io.fabric8.mockwebserver.MockWebServer");

    private final MockWebServer server = new MockWebServer();
    private final KubernetesClient client;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<MockResponse> script = new ArrayDeque<>();
    private final Map<String, Deque<MockResponse>> routes = new LinkedHashMap<>();
    private final List<String> requests = new ArrayList<>();

    ScriptedServer() {
        SERVER_LOG.setLevel(Level.WARNING);
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answer(request);
            }
        });
        server.start();
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(server.url("/").toString())
                .withTrustCerts(true)
                .build();
        client = new KubernetesClientBuilder().withConfig(config).build();
    }

    KubernetesClient client() {
        return client;
    }

    ScriptedServer then(MockResponse response) {
        lock.lock();
        try {
            script.add(response);
        } finally {
            lock.unlock();
        }
        return this;
    }

    /** Answers requests whose method and path begin so, in order, apart from all others. */
    ScriptedServer on(String request, MockResponse response) {
        lock.lock();
        try {
            routes.computeIfAbsent(request, ignored -> new ArrayDeque<>()).add(response);
        } finally {
            lock.unlock();
        }
        return this;
    }

    /** A stream that ends after these lines. */
    ScriptedServer thenStream(String... lines) {
        return then(stream(lines));
    }

    static MockResponse stream(String... lines) {
        return new MockResponse()
                .setResponseCode(200)
                .setHeader("Content-Type", "application/json")
                .setBody(String.join("", lines));
    }

    ScriptedServer thenStatus(int code, String reason) {
        return then(new MockResponse().setResponseCode(code).setBody(Json.status(code, reason)));
    }

    ScriptedServer thenBody(int code, String body) {
        return then(new MockResponse().setResponseCode(code).setBody(body));
    }

    /** What was asked, as method, path, query and body. */
    List<String> requests() {
        lock.lock();
        try {
            return List.copyOf(requests);
        } finally {
            lock.unlock();
        }
    }

    private MockResponse answer(RecordedRequest request) {
        lock.lock();
        try {
            requests.add(request.getMethod() + " " + request.getPath() + " " + request.getUtf8Body());
            MockResponse next = next(request.getMethod() + " " + request.getPath());
            return next != null ? next : never();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable MockResponse next(String request) {
        for (Map.Entry<String, Deque<MockResponse>> route : routes.entrySet()) {
            if (request.startsWith(route.getKey())) {
                return route.getValue().poll();
            }
        }
        return script.poll();
    }

    /** An answer that does not come. */
    static MockResponse never() {
        return new MockResponse().setResponseCode(200).setBody("\n").setBodyDelay(NEVER_HOURS, TimeUnit.HOURS);
    }

    static MockResponse body(int code, String body) {
        return new MockResponse().setResponseCode(code).setBody(body);
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
    }
}
