// SPDX-License-Identifier: Apache-2.0
package io.fairlead.cluster;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.StandardHttpClient;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.fabric8.kubernetes.client.http.StandardWebSocketBuilder;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import io.fabric8.kubernetes.client.http.WebSocketResponse;
import io.fabric8.kubernetes.client.http.WebSocketUpgradeResponse;
import io.fairlead.apiserver.ApiRequest;
import io.fairlead.apiserver.ApiResponse;
import io.fairlead.environment.Environment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Sends fabric8's requests to a server in the same JVM. */
final class LocalHttpClient extends StandardHttpClient<LocalHttpClient, LocalTransport, LocalHttpClientBuilder> {
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final byte[] NO_BODY = {};

    private final LocalTransport transport;

    /** The streams of this client and of all derived from it, which end together. */
    private final Set<ChunkReader> streams;

    private LocalHttpClient(LocalHttpClientBuilder builder, AtomicBoolean closed, Set<ChunkReader> streams) {
        super(builder, closed);
        this.transport = requireNonNull(builder.getClientFactory(), "transport");
        this.streams = requireNonNull(streams, "streams");
    }

    static LocalHttpClient first(LocalHttpClientBuilder builder) {
        return new LocalHttpClient(builder, new AtomicBoolean(), ConcurrentHashMap.newKeySet());
    }

    LocalHttpClient derived(LocalHttpClientBuilder builder) {
        return new LocalHttpClient(builder, getClosed(), streams);
    }

    @Override
    public CompletableFuture<HttpResponse<AsyncBody>> consumeBytesDirect(
            StandardHttpRequest request, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        if (transport.latency().isNone()) {
            CompletableFuture<HttpResponse<AsyncBody>> answered = new CompletableFuture<>();
            answer(request, consumer, answered);
            return answered;
        }
        CompletableFuture<HttpResponse<AsyncBody>> later = new CompletableFuture<>();
        // Answering is more than a timer may be kept busy with.
        Environment environment = transport.environment();
        Duration latency = transport.latency().draw(environment);
        environment.schedule(latency, () -> environment.executor().execute(() -> answer(request, consumer, later)));
        return later;
    }

    private void answer(
            StandardHttpRequest request,
            AsyncBody.Consumer<List<ByteBuffer>> consumer,
            CompletableFuture<HttpResponse<AsyncBody>> future) {
        try {
            ApiResponse answer = transport.send(requestOf(request, Map.of()));
            AsyncBody body =
                    switch (answer.body()) {
                        case ApiResponse.Body.Whole(var segments) -> new WholeBody(segments, consumer);
                        case ApiResponse.Body.Stream(var chunks) -> streamed(chunks, consumer);
                    };
            future.complete(new LocalHttpResponse(request, answer, body));
        } catch (IOException | RuntimeException e) {
            future.completeExceptionally(e);
        }
    }

    @Override
    public CompletableFuture<WebSocketResponse> buildWebSocketDirect(
            StandardWebSocketBuilder builder, WebSocket.Listener listener) {
        StandardHttpRequest request = builder.asHttpRequest();
        try {
            ApiResponse answer =
                    transport.send(requestOf(request, Map.of("upgrade", "websocket", "connection", "Upgrade")));
            return CompletableFuture.completedFuture(
                    switch (answer.body()) {
                        case ApiResponse.Body.Whole whole -> refused(request, answer);
                        case ApiResponse.Body.Stream(var chunks) -> opened(request, answer, chunks, listener);
                    });
        } catch (IOException | RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    protected void doClose() {
        streams.forEach(reader -> reader.abort(new IOException("the client has been closed")));
    }

    private AsyncBody streamed(ApiResponse.Chunks chunks, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        StreamBody body = new StreamBody(consumer);
        ChunkReader reader = new ChunkReader(transport.environment().executor(), chunks, body);
        body.readFrom(reader);
        remember(reader);
        return body;
    }

    private static WebSocketResponse refused(StandardHttpRequest request, ApiResponse answer) {
        WebSocketUpgradeResponse response = new WebSocketUpgradeResponse(request, answer.status(), answer.headers());
        return new WebSocketResponse(response, new WebSocketHandshakeException(response));
    }

    private WebSocketResponse opened(
            StandardHttpRequest request, ApiResponse answer, ApiResponse.Chunks chunks, WebSocket.Listener listener) {
        LocalWebSocket socket = new LocalWebSocket(listener);
        ChunkReader reader = new ChunkReader(transport.environment().executor(), chunks, socket);
        remember(reader);
        socket.readFrom(reader);
        return new WebSocketResponse(
                new WebSocketUpgradeResponse(request, SWITCHING_PROTOCOLS, answer.headers()), socket);
    }

    private void remember(ChunkReader reader) {
        streams.add(reader);
        reader.onEnd(() -> streams.remove(reader));
        if (isClosed()) {
            reader.abort(new IOException("the client has been closed"));
        }
    }

    private ApiRequest requestOf(StandardHttpRequest request, Map<String, String> more) throws IOException {
        Map<String, List<String>> headers = new HashMap<>();
        request.headers().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        more.forEach((name, value) -> headers.put(name, List.of(value)));
        Optional.ofNullable(request.getContentType())
                .ifPresent(type -> headers.putIfAbsent("content-type", List.of(type)));
        return new ApiRequest(
                request.method(),
                request.uri().getRawPath(),
                Optional.ofNullable(request.uri().getRawQuery()).orElse(""),
                Map.copyOf(headers),
                bodyOf(request),
                transport.peer());
    }

    private static byte[] bodyOf(StandardHttpRequest request) throws IOException {
        return switch (request.body()) {
            case null -> NO_BODY;
            case StandardHttpRequest.StringBodyContent text -> text.getContent().getBytes(StandardCharsets.UTF_8);
            case StandardHttpRequest.ByteArrayBodyContent bytes -> bytes.getContent();
            case StandardHttpRequest.InputStreamBodyContent stream ->
                stream.getContent().readAllBytes();
            default ->
                throw new IOException(
                        "a request with a body of kind " + request.body().getClass());
        };
    }
}
