// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.listener;

import static java.util.Objects.requireNonNull;

import io.fairlead.apiserver.ApiRequest;
import io.fairlead.apiserver.ApiRequest.Peer;
import io.fairlead.apiserver.ApiResponse;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.ServerWebSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One request and its answer. Lives on the event loop of its connection. */
final class Exchange {
    private static final int INTERNAL_ERROR_CLOSE_CODE = 1011;

    private final HttpServerRequest request;
    private final Context context;
    private final Peer peer;
    private final Work work;

    /** What has come of the body. Joined only once it is complete: appending would copy it again and again. */
    private final List<Buffer> body = new ArrayList<>();

    private int bodyBytes;
    private boolean refused;

    Exchange(HttpServerRequest request, Context context, Peer peer, Work work) {
        this.request = requireNonNull(request, "request");
        this.context = requireNonNull(context, "context");
        this.peer = requireNonNull(peer, "peer");
        this.work = requireNonNull(work, "work");
    }

    /** Reads the request and has it answered. */
    void begin() {
        if (wantsWebSocket()) {
            // Not a byte more is read until it is clear what becomes of the connection.
            request.pause();
            handOver();
            return;
        }
        request.handler(this::received);
        request.endHandler(end -> handOver());
        request.exceptionHandler(failure -> refused = true);
    }

    private boolean wantsWebSocket() {
        return "websocket".equalsIgnoreCase(request.getHeader("upgrade"));
    }

    private void received(Buffer part) {
        if (refused) {
            return;
        }
        bodyBytes += part.length();
        if (bodyBytes > Limits.BODY_MAX_BYTES) {
            refused = true;
            body.clear();
            if (request.version() != HttpVersion.HTTP_2) {
                // The rest of the body is not worth reading: the connection ends with the answer.
                request.response().putHeader("Connection", "close");
            }
            send(Refusals.bodyTooLarge());
            return;
        }
        body.add(part);
    }

    private void handOver() {
        if (!refused) {
            ApiRequest parsed = parsed();
            body.clear();
            work.answer(parsed, answer -> context.runOnContext(turn -> send(answer)));
        }
    }

    private ApiRequest parsed() {
        Map<String, List<String>> headers = new HashMap<>();
        for (String name : request.headers().names()) {
            headers.put(
                    name.toLowerCase(Locale.ROOT), List.copyOf(request.headers().getAll(name)));
        }
        String uri = request.uri();
        int question = uri.indexOf('?');
        return new ApiRequest(
                request.method().name(),
                question < 0 ? uri : uri.substring(0, question),
                question < 0 ? "" : uri.substring(question + 1),
                Map.copyOf(headers),
                joinedBody(),
                peer);
    }

    private byte[] joinedBody() {
        if (body.size() == 1) {
            return body.getFirst().getBytes();
        }
        byte[] joined = new byte[bodyBytes];
        int offset = 0;
        for (Buffer part : body) {
            part.getBytes(joined, offset);
            offset += part.length();
        }
        return joined;
    }

    private void send(ApiResponse answer) {
        HttpServerResponse response = request.response();
        if (response.closed() || response.ended()) {
            forget(answer);
            return;
        }
        switch (answer.body()) {
            case ApiResponse.Body.Whole(var segments) -> {
                writeHead(answer, response);
                sendWhole(segments, response);
            }
            case ApiResponse.Body.Stream(var chunks) -> {
                if (wantsWebSocket()) {
                    request.toWebSocket()
                            .onSuccess(socket -> sendFrames(answer, chunks, socket))
                            .onFailure(failure -> chunks.close());
                } else {
                    writeHead(answer, response);
                    sendStream(chunks, response);
                }
            }
        }
    }

    private static void forget(ApiResponse answer) {
        if (answer.body() instanceof ApiResponse.Body.Stream(var chunks)) {
            chunks.close();
        }
    }

    private static void writeHead(ApiResponse answer, HttpServerResponse response) {
        response.setStatusCode(answer.status());
        answer.headers().forEach((name, values) -> response.putHeader(name, values));
    }

    private void sendWhole(List<byte[]> segments, HttpServerResponse response) {
        Buffer content = segments.isEmpty() ? Buffer.buffer() : ResponseSink.bufferOf(segments);
        response.putHeader("Content-Length", Integer.toString(content.length()));
        if (request.method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            response.end(content);
        }
    }

    private void sendStream(ApiResponse.Chunks chunks, HttpServerResponse response) {
        response.setChunked(true);
        // Without a first write the head would stay here until the first event, and the client would wait for it.
        response.write(Buffer.buffer());
        StreamSender sender = work.sender(chunks, context, new ResponseSink(response));
        response.drainHandler(ready -> sender.pump());
        response.closeHandler(gone -> sender.abandon());
        response.exceptionHandler(failure -> sender.abandon());
        sender.start();
    }

    private void sendFrames(ApiResponse answer, ApiResponse.Chunks chunks, ServerWebSocket socket) {
        String type = Optional.ofNullable(answer.headers().get("Content-Type"))
                .map(List::getFirst)
                .orElse("application/json");
        StreamSender sender = work.sender(
                chunks, context, new SocketSink(socket, type.contains("protobuf") || type.contains("cbor")));
        socket.drainHandler(ready -> sender.pump());
        socket.closeHandler(gone -> sender.abandon());
        socket.exceptionHandler(failure -> {
            sender.abandon();
            socket.close((short) INTERNAL_ERROR_CLOSE_CODE);
        });
        sender.start();
    }
}
