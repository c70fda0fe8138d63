// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver;

import static java.util.Objects.requireNonNull;

import io.fairlead.apiserver.internal.listener.Listener;
import io.fairlead.environment.Api;
import io.fairlead.environment.Environment;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A port on which a server can be reached: HTTP/1.1, HTTP/2 and WebSocket over TLS.
 *
 * <p>Clients may show a certificate signed by the server's own authority; a handshake with another one fails, and without one they
 * are anonymous. Bodies, headers, connections and requests at once are bounded. Any thread may use it.
 */
@Api(Api.Status.EXPERIMENTAL)
public final class TlsEndpoint implements AutoCloseable {
    /** Where it listens unless told otherwise: this machine only. */
    public static final String LOOPBACK = "127.0.0.1";

    private static final int PORT_MAX = 65_535;

    private final Listener listener;
    private final String host;

    private TlsEndpoint(Listener listener, String host) {
        this.listener = requireNonNull(listener, "listener");
        this.host = requireNonNull(host, "host");
    }

    /** Starts the description of an endpoint that shows {@code credentials}. */
    public static Builder builder(Environment environment, ServerCredentials credentials) {
        return new Builder(environment, credentials);
    }

    /** The port it listens on. */
    public int port() {
        return listener.port();
    }

    /** Where clients find it. */
    public URI url() {
        return URI.create("https://" + host + ":" + port());
    }

    /** Sends the answers that are under way, for two seconds at most, ends all streams and frees the port. */
    @Override
    public void close() {
        listener.close();
    }

    /** Collects settings. */
    public static final class Builder {
        private final Environment environment;
        private final ServerCredentials credentials;
        private String host = LOOPBACK;
        private int port;

        private Builder(Environment environment, ServerCredentials credentials) {
            this.environment = requireNonNull(environment, "environment");
            this.credentials = requireNonNull(credentials, "credentials");
        }

        /** The address to listen on; {@link #LOOPBACK} unless set. */
        public Builder host(String host) {
            this.host = requireNonNull(host, "host");
            return this;
        }

        /** The port to listen on; a free one unless set, and for 0. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /**
         * Opens the port; {@code server} answers what comes, many requests at once, each on a thread of its own.
         *
         * @throws IllegalArgumentException naming every setting that is wrong
         * @throws IOException if the port cannot be had, for instance because it is taken
         */
        public TlsEndpoint start(Function<ApiRequest, ApiResponse> server) throws IOException, InterruptedException {
            requireNoProblems();
            return new TlsEndpoint(
                    Listener.start(environment, credentials.keys(), host, port, requireNonNull(server, "server")),
                    host);
        }

        private void requireNoProblems() {
            List<String> problems = new ArrayList<>();
            if (host.isBlank()) {
                problems.add("host must not be empty");
            }
            if (port < 0 || port > PORT_MAX) {
                problems.add("port must be from 0 to " + PORT_MAX + ", is " + port);
            }
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException(String.join("; ", problems));
            }
        }
    }
}
