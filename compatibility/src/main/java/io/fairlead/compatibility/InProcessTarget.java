// SPDX-License-Identifier: Apache-2.0
package io.fairlead.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import io.fairlead.apiserver.ApiRequest;
import io.fairlead.apiserver.ApiRequest.Peer;
import io.fairlead.apiserver.ApiResponse;
import io.fairlead.apiserver.ApiResponse.Body;
import io.fairlead.apiserver.ApiResponse.Chunks;
import io.fairlead.apiserver.ApiResponse.Next;
import io.fairlead.environment.Environment;
import io.fairlead.environment.Signal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The server in this JVM, asked without sockets. */
final class InProcessTarget implements Target {
    private static final String AUTHORITY = "127.0.0.1:16443";

    /** As in the recordings, the administrator comes with a certificate, which some objects name. */
    private static final Peer ADMIN = new Peer.Certificate(List.of(certificate()));

    private final Environment environment;
    private final Function<ApiRequest, ApiResponse> server;
    private final Runnable close;
    private final Duration latency;
    private final List<Chunks> open = new ArrayList<>();

    InProcessTarget(Environment environment, Function<ApiRequest, ApiResponse> server, Runnable close) {
        this(environment, server, Duration.ZERO, close);
    }

    /** A server to which a request takes {@code latency}; streams are open at once. */
    InProcessTarget(
            Environment environment, Function<ApiRequest, ApiResponse> server, Duration latency, Runnable close) {
        this.latency = latency;
        this.environment = environment;
        this.server = server;
        this.close = close;
    }

    @Override
    public String authority() {
        return AUTHORITY;
    }

    @Override
    public Answer send(Call call) {
        ApiResponse response;
        try {
            environment.sleep(latency);
            response = server.apply(request(call));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ScriptFailedException("interrupted before a request");
        } catch (RuntimeException e) {
            // No request may make the server throw: a finding like any other, and not the end of the run.
            throw new ScriptFailedException("the server threw " + e);
        }
        return switch (response.body()) {
            case Body.Whole whole -> new Answer(response.status(), lowerCase(response), joined(whole.segments()));
            case Body.Stream stream -> {
                Events events = new Events(response, stream.chunks());
                events.take(0, Duration.ofSeconds(30), true);
                yield new Answer(response.status(), lowerCase(response), events.text.toByteArray());
            }
        };
    }

    @Override
    public EventStream open(Call call) {
        ApiResponse response = server.apply(request(call));
        return switch (response.body()) {
            case Body.Whole whole -> new Events(response, new Once(whole.segments()));
            case Body.Stream stream -> {
                open.add(stream.chunks());
                yield new Events(response, stream.chunks());
            }
        };
    }

    @Override
    public void close() {
        open.forEach(Chunks::close);
        close.run();
    }

    private static ApiRequest request(Call call) {
        int question = call.path().indexOf('?');
        String path = question < 0 ? call.path() : call.path().substring(0, question);
        String query = question < 0 ? "" : call.path().substring(question + 1);
        Map<String, List<String>> headers = new HashMap<>();
        headers.put("host", List.of(AUTHORITY));
        call.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
        Peer peer = new Peer.Anonymous();
        if (call.user().equals("admin")) {
            peer = ADMIN;
        } else if (!call.user().equals("nobody")) {
            headers.putIfAbsent("authorization", List.of("Bearer " + call.user()));
        }
        byte[] body = call.body();
        return new ApiRequest(call.method(), path, query, headers, body == null ? new byte[0] : body, peer);
    }

    private static X509Certificate certificate() {
        try (InputStream in = InProcessTarget.class.getResourceAsStream("admin.crt")) {
            if (in == null) {
                throw new IllegalStateException("the administrator's certificate is missing from the program");
            }
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (IOException | CertificateException e) {
            throw new IllegalStateException("reading the administrator's certificate", e);
        }
    }

    private static Map<String, List<String>> lowerCase(ApiResponse response) {
        Map<String, List<String>> headers = new HashMap<>();
        response.headers().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        return headers;
    }

    private static byte[] joined(List<byte[]> segments) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        segments.forEach(bytes::writeBytes);
        return bytes.toByteArray();
    }

    /** A stream that is one piece long: an answer where a watch was asked for. */
    private static final class Once implements Chunks {
        private final List<byte[]> segments;
        private boolean taken;

        Once(List<byte[]> segments) {
            this.segments = segments;
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
        public void onReady(Runnable wake) {}

        @Override
        public void close() {}
    }

    private final class Events implements EventStream {
        private final ApiResponse response;
        private final Chunks chunks;
        private final Signal ready = environment.newSignal();
        private final ByteArrayOutputStream text = new ByteArrayOutputStream();
        private List<JsonNode> events = new ArrayList<>();
        private boolean ended;

        Events(ApiResponse response, Chunks chunks) {
            this.response = response;
            this.chunks = chunks;
            chunks.onReady(ready::raise);
        }

        @Override
        public int status() {
            return response.status();
        }

        @Override
        public @Nullable String contentType() {
            List<String> values = lowerCase(response).getOrDefault("content-type", List.of());
            return values.isEmpty() ? null : values.getFirst();
        }

        @Override
        public boolean ended() {
            return ended;
        }

        @Override
        public List<JsonNode> take(int count, Duration wait, boolean end) {
            long deadline = environment.nanoTime() + wait.toNanos();
            while (!ended && (end || events.size() < count)) {
                if (!drain()) {
                    long left = deadline - environment.nanoTime();
                    if (left <= 0 || !await(Duration.ofNanos(left))) {
                        break;
                    }
                }
            }
            while (!ended && drain()) {
                // What came beyond the number waited for belongs to the answer as well.
            }
            List<JsonNode> taken = events;
            events = new ArrayList<>();
            return taken;
        }

        private boolean await(Duration wait) {
            try {
                return ready.await(wait);
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted while waiting for events", e);
            }
        }

        /** Takes what there is. Returns whether that was anything. */
        private boolean drain() {
            switch (chunks.take()) {
                case Next.Chunk(var segments) -> {
                    byte[] bytes = joined(segments);
                    text.writeBytes(bytes);
                    // The recorder reads line by line, so what is written for people are no events.
                    new String(bytes, StandardCharsets.UTF_8)
                            .lines()
                            .takeWhile(line -> Json.tryRead(line.getBytes(StandardCharsets.UTF_8))
                                    .isPresent())
                            .forEach(line -> events.add(Json.read(line)));
                    return true;
                }
                case Next.End() -> {
                    ended = true;
                    return true;
                }
                case Next.Nothing() -> {
                    return false;
                }
            }
        }
    }
}
