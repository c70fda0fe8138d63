// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.listener;

import static java.util.Objects.requireNonNull;

import io.fairlead.apiserver.ApiRequest;
import io.fairlead.apiserver.ApiRequest.Peer;
import io.fairlead.apiserver.ApiResponse;
import io.fairlead.apiserver.internal.auth.PublicKeys;
import io.fairlead.environment.Environment;
import io.fairlead.environment.Signal;
import io.fairlead.environment.Task;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** A TLS port on which a handler answers. */
public final class Listener implements AutoCloseable {
    private final Environment environment;
    private final Work work;
    private final Vertx vertx;
    private final HttpServer server;

    /** Open connections and who is at the other end, found out once for all their requests. */
    private final Map<HttpConnection, Peer> peers = new ConcurrentHashMap<>();

    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable Task firstHandshake;

    private Listener(Environment environment, PublicKeys keys, Function<ApiRequest, ApiResponse> handler) {
        this.environment = requireNonNull(environment, "environment");
        this.work = new Work(environment, handler);
        this.vertx = Vertx.vertx(vertxOptions());
        this.server = vertx.createHttpServer(serverOptions(keys))
                .connectionHandler(this::connected)
                .requestHandler(this::requested);
    }

    /**
     * Listens on {@code port} of {@code host}; 0 takes a free one.
     *
     * @throws IOException if the port cannot be had
     */
    public static Listener start(
            Environment environment, PublicKeys keys, String host, int port, Function<ApiRequest, ApiResponse> handler)
            throws IOException, InterruptedException {
        Listener listener = new Listener(environment, keys, handler);
        AsyncResult<HttpServer> bound = listener.ended(listener.server.listen(port, host));
        if (bound.failed()) {
            listener.ended(listener.vertx.close());
            throw new IOException(
                    "cannot listen on " + host + ":" + port + ": "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        listener.firstHandshake = FirstHandshake.begin(environment, keys, host, listener.port());
        return listener;
    }

    /** The port listened on. */
    public int port() {
        return server.actualPort();
    }

    /** Lets answers under way go out, ends streams and connections, and frees the port. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            endFirstHandshake();
            work.finish(Limits.STOP_MAX);
            ended(server.close());
            ended(vertx.close());
        } catch (InterruptedException e) {
            vertx.close();
            Thread.currentThread().interrupt();
        }
    }

    /** A connection of our own that comes in while the event loops end would be reported as a failure. */
    private void endFirstHandshake() throws InterruptedException {
        Task handshake = firstHandshake;
        if (handshake != null) {
            handshake.interrupt();
            handshake.join(Limits.STOP_MAX);
        }
    }

    private static VertxOptions vertxOptions() {
        // Everything that Vert.x offers beside sockets is kept from costing time at start: no files, no blocked-thread
        // checks that
        // matter, no native transport to look for.
        return new VertxOptions()
                .setEventLoopPoolSize(2)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(2)
                .setBlockedThreadCheckInterval(TimeUnit.MINUTES.toMillis(10))
                .setUseDaemonThread(true)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false));
    }

    private static HttpServerOptions serverOptions(PublicKeys keys) {
        return new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(KeyCertOptions.wrap(keys.keyManagers()))
                .setTrustOptions(TrustOptions.wrap(keys.trustManagers()))
                .setClientAuth(ClientAuth.REQUEST)
                .setSslHandshakeTimeout(Limits.HANDSHAKE_MAX.toSeconds())
                .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
                .setHandle100ContinueAutomatically(true)
                .setMaxHeaderSize(Limits.HEADERS_MAX_BYTES)
                .setMaxInitialLineLength(Limits.REQUEST_LINE_MAX_BYTES)
                .setMaxWebSocketFrameSize(Limits.FRAME_MAX_BYTES)
                .setMaxWebSocketMessageSize(Limits.FRAME_MAX_BYTES)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setInitialSettings(new Http2Settings()
                        .setMaxConcurrentStreams(Limits.STREAMS_PER_CONNECTION_MAX)
                        .setMaxHeaderListSize(Limits.HEADERS_MAX_BYTES));
    }

    private void connected(HttpConnection connection) {
        if (peers.size() >= Limits.CONNECTIONS_MAX) {
            connection.close();
            return;
        }
        peers.put(connection, peerOf(connection.sslSession()));
        connection.closeHandler(gone -> peers.remove(connection));
    }

    private static Peer peerOf(@Nullable SSLSession session) {
        if (session == null) {
            return new Peer.Anonymous();
        }
        try {
            Certificate[] chain = session.getPeerCertificates();
            return new Peer.Certificate(
                    Arrays.stream(chain).map(X509Certificate.class::cast).toList());
        } catch (SSLPeerUnverifiedException e) {
            // It showed none, which is allowed.
            return new Peer.Anonymous();
        }
    }

    private void requested(HttpServerRequest request) {
        Peer peer = peers.getOrDefault(request.connection(), new Peer.Anonymous());
        new Exchange(request, vertx.getOrCreateContext(), peer, work).begin();
    }

    /** Waits until {@code future} has ended, well or not. */
    private <T> AsyncResult<T> ended(Future<T> future) throws InterruptedException {
        AtomicReference<@Nullable AsyncResult<T>> result = new AtomicReference<>();
        Signal done = environment.newSignal();
        future.onComplete(ended -> {
            result.set(ended);
            done.raise();
        });
        AsyncResult<T> found = result.get();
        while (found == null) {
            done.await();
            found = result.get();
        }
        return found;
    }
}
