// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.listener;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.apiserver.ApiRequest;
import io.fairlead.apiserver.ApiRequest.Peer;
import io.fairlead.apiserver.ApiResponse;
import io.fairlead.apiserver.internal.auth.CertificateIssuer;
import io.fairlead.apiserver.internal.auth.Credential;
import io.fairlead.apiserver.internal.auth.PublicKeys;
import io.fairlead.environment.Environment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ListenerTest {
    private static final PublicKeys KEYS = new CertificateIssuer(Environment.real()).issue();

    private final ScriptedChunks stream = new ScriptedChunks();
    private volatile Function<ApiRequest, ApiResponse> handler = ListenerTest::echo;
    private final Listener listener = start();

    @AfterEach
    void stop() {
        listener.close();
    }

    @Nested
    class Answers {
        @ParameterizedTest
        @EnumSource
        void requestsInEitherVersion(Version version) throws Exception {
            HttpResponse<String> answer = client(null, version)
                    .send(
                            request("/echo/a%20b?x=%2F")
                                    .POST(BodyPublishers.ofString("hello"))
                                    .build(),
                            BodyHandlers.ofString());

            assertThat(answer.version()).isEqualTo(version);
            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(answer.headers().allValues("x-two")).containsExactly("1", "2");
            assertThat(answer.body()).isEqualTo("POST /echo/a%20b x=%2F Anonymous hello");
        }

        @Test
        void whoShowsACertificateByItsName() throws Exception {
            HttpResponse<String> answer = client(KEYS.administrator(), Version.HTTP_2)
                    .send(request("/who").build(), BodyHandlers.ofString());

            assertThat(answer.body()).contains("CN=kubernetes-admin,O=system:masters");
        }

        @Test
        void withoutABodyToHead() throws Exception {
            HttpResponse<String> answer = client(null, Version.HTTP_1_1)
                    .send(request("/x").method("HEAD", BodyPublishers.noBody()).build(), BodyHandlers.ofString());

            assertThat(answer.body()).isEmpty();
            assertThat(answer.headers().firstValueAsLong("content-length").orElse(0))
                    .isPositive();
        }

        @ParameterizedTest
        @EnumSource
        void largeBodiesUpToTheLimit(Version version) throws Exception {
            byte[] body = new byte[Limits.BODY_MAX_BYTES];
            handler = request -> whole(200, Integer.toString(request.body().length));

            HttpResponse<String> answer = client(null, version)
                    .send(request("/x").POST(BodyPublishers.ofByteArray(body)).build(), BodyHandlers.ofString());

            assertThat(answer.body()).isEqualTo("3145728");
        }

        @Test
        void tooLargeBodiesWithAStatus() throws Exception {
            byte[] body = new byte[Limits.BODY_MAX_BYTES + 1];

            HttpResponse<String> answer = client(null, Version.HTTP_2)
                    .send(request("/x").POST(BodyPublishers.ofByteArray(body)).build(), BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.body())
                    .contains("\"reason\":\"RequestEntityTooLarge\"", "Request entity too large: limit is 3145728");
        }

        @Test
        void evenWhenItsHandlerFails() throws Exception {
            handler = request -> {
                throw new IllegalStateException("on purpose");
            };

            HttpResponse<String> answer =
                    client(null, Version.HTTP_2).send(request("/x").build(), BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).contains("\"reason\":\"InternalError\"").doesNotContain("on purpose");
        }
    }

    @Nested
    class Streams {
        @BeforeEach
        void watch() {
            handler = request -> new ApiResponse(
                    200, Map.of("Content-Type", List.of("application/json")), new ApiResponse.Body.Stream(stream));
        }

        @ParameterizedTest
        @EnumSource
        void comePieceByPiece(Version version) throws Exception {
            HttpResponse<InputStream> answer =
                    client(null, version).send(request("/w").build(), BodyHandlers.ofInputStream());
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), UTF_8))) {
                stream.add("one\n");
                assertThat(lines.readLine()).isEqualTo("one");
                stream.add("two\n");
                stream.add("three\n");
                assertThat(lines.readLine()).isEqualTo("two");
                assertThat(lines.readLine()).isEqualTo("three");
                stream.end();
                assertThat(lines.readLine()).isNull();
            }
        }

        @ParameterizedTest
        @EnumSource
        void comeNoFasterThanTheyAreRead(Version version) throws Exception {
            int offered = 400;
            for (int i = 0; i < offered; i++) {
                stream.add("x".repeat(100_000) + "\n");
            }
            HttpResponse<InputStream> answer =
                    client(null, version).send(request("/w").build(), BodyHandlers.ofInputStream());
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), UTF_8))) {
                assertThat(lines.readLine()).hasSize(100_000);
                assertThat(stream.waiting()).isPositive();
                for (int i = 1; i < offered; i++) {
                    assertThat(lines.readLine()).hasSize(100_000);
                }
            }
        }

        @ParameterizedTest
        @EnumSource
        void lastUntilTheReaderLeaves(Version version) throws Exception {
            HttpClient client = client(null, version);
            HttpResponse<InputStream> answer = client.send(request("/w").build(), BodyHandlers.ofInputStream());

            answer.body().close();

            assertThat(stream.awaitClosed()).isTrue();
        }

        @ParameterizedTest
        @EnumSource
        void areCutIfTheyFail(Version version) throws Exception {
            HttpResponse<InputStream> answer =
                    client(null, version).send(request("/w").build(), BodyHandlers.ofInputStream());

            stream.fail();

            assertThatThrownBy(() -> answer.body().readAllBytes()).isInstanceOf(IOException.class);
            assertThat(stream.awaitClosed()).isTrue();
        }

        @Test
        void lastUntilTheServerStops() throws Exception {
            HttpResponse<InputStream> answer =
                    client(null, Version.HTTP_1_1).send(request("/w").build(), BodyHandlers.ofInputStream());

            listener.close();

            assertThat(answer.body().readAllBytes()).isEmpty();
            assertThat(stream.awaitClosed()).isTrue();
        }
    }

    @Nested
    class WebSockets {
        private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

        @Test
        void carryOneEventAFrame() throws Exception {
            handler = request -> new ApiResponse(
                    200, Map.of("Content-Type", List.of("application/json")), new ApiResponse.Body.Stream(stream));
            WebSocket socket = connect();

            stream.add("{\"a\":1}\n");
            stream.add("{\"a\":\"" + "é".repeat(100_000) + "\"}\n");

            assertThat(next()).isEqualTo("{\"a\":1}\n");
            assertThat(next()).hasSize(100_009);
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(10, TimeUnit.SECONDS);
            assertThat(stream.awaitClosed()).isTrue();
        }

        @Test
        void areRefusedWithTheServersAnswer() {
            handler = request -> whole(403, "no");

            assertThatThrownBy(this::connect)
                    .cause()
                    .isInstanceOfSatisfying(WebSocketHandshakeException.class, refusal -> assertThat(
                                    refusal.getResponse().statusCode())
                            .isEqualTo(403));
        }

        private String next() throws InterruptedException {
            String text = received.poll(10, TimeUnit.SECONDS);
            return text == null ? "nothing came" : text;
        }

        private WebSocket connect() throws Exception {
            return client(null, Version.HTTP_1_1)
                    .newWebSocketBuilder()
                    .buildAsync(URI.create("wss://127.0.0.1:" + listener.port() + "/w"), new Receiver(received))
                    .get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void takesNoPortThatIsTaken() {
        assertThatThrownBy(() ->
                        Listener.start(Environment.real(), KEYS, "127.0.0.1", listener.port(), ListenerTest::echo))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("127.0.0.1:" + listener.port());
    }

    @Test
    void refusesCertificatesOfOtherAuthorities() {
        PublicKeys others = new CertificateIssuer(Environment.real()).issue();
        HttpClient client = client(others.administrator(), Version.HTTP_2);

        assertThatThrownBy(() -> client.send(request("/x").build(), BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void answersManyAtOnce() throws Exception {
        HttpClient client = client(null, Version.HTTP_2);
        // The first opens the connection that all others share.
        client.send(request("/first").build(), BodyHandlers.ofString());
        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 200)
                .mapToObj(i -> client.sendAsync(request("/" + i).build(), BodyHandlers.ofString()))
                .toList();

        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            assertThat(answer.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(201);
        }
    }

    private Listener start() {
        try {
            return Listener.start(Environment.real(), KEYS, "127.0.0.1", 0, request -> handler.apply(request));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ApiResponse echo(ApiRequest request) {
        String who =
                switch (request.peer()) {
                    case Peer.Anonymous() -> "Anonymous";
                    case Peer.Certificate(var chain) ->
                        chain.getFirst().getSubjectX500Principal().getName();
                    case Peer.Local local -> local.userName();
                };
        String body = new String(request.body(), UTF_8);
        return whole(201, String.join(" ", request.method(), request.path(), request.query(), who, body));
    }

    private static ApiResponse whole(int status, String text) {
        return new ApiResponse(
                status, Map.of("X-Two", List.of("1", "2")), new ApiResponse.Body.Whole(List.of(text.getBytes(UTF_8))));
    }

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + listener.port() + target));
    }

    private static HttpClient client(@Nullable Credential credential, Version version) {
        try {
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(keyManagers(credential), KEYS.trustManagers().getTrustManagers(), null);
            return HttpClient.newBuilder().version(version).sslContext(tls).build();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyManager[] keyManagers(@Nullable Credential credential)
            throws GeneralSecurityException, IOException {
        if (credential == null) {
            return new KeyManager[0];
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("client", credential.key(), new char[0], new Certificate[] {credential.certificate()});
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }

    private static final class Receiver implements WebSocket.Listener {
        private final BlockingQueue<String> received;
        private final StringBuilder text = new StringBuilder();

        Receiver(BlockingQueue<String> received) {
            this.received = received;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                received.add(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }
}
