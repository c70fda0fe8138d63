// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.listener;

import static java.util.Objects.requireNonNull;

import io.fairlead.apiserver.internal.auth.PublicKeys;
import io.fairlead.environment.Environment;
import io.fairlead.environment.Task;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A handshake of a server with itself, as its administrator would make it.
 *
 * <p>In a fresh JVM the first handshake takes half a second, most of it to find and prepare the code for it. Done on a thread of its
 * own as soon as the port is open, that happens while the rest of the cluster starts, and not while the first client waits.
 */
final class FirstHandshake {
    /** Long past any handshake on this machine; whoever gives up here gives up nothing but the preparation. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final PublicKeys keys;
    private final InetSocketAddress address;

    private FirstHandshake(PublicKeys keys, InetSocketAddress address) {
        this.keys = requireNonNull(keys, "keys");
        this.address = requireNonNull(address, "address");
    }

    /** Returns at once; the task ends by itself, or when it is interrupted. */
    static Task begin(Environment environment, PublicKeys keys, String host, int port) {
        FirstHandshake handshake = new FirstHandshake(keys, new InetSocketAddress(host, port));
        return environment.start("first-handshake", handshake::make);
    }

    private void make() {
        try (SSLSocket socket = (SSLSocket) context().getSocketFactory().createSocket()) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
            socket.connect(address, Math.toIntExact(PATIENCE.toMillis()));
            socket.startHandshake();
            // The server's half is over when it speaks: until then it may not have looked at the certificate.
            socket.getInputStream().read();
        } catch (IOException | GeneralSecurityException e) {
            // The port may be gone already. If there is more to it, the first client will be told.
            return;
        }
    }

    private SSLContext context() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                keys.administratorKeyManagers().getKeyManagers(),
                keys.trustManagers().getTrustManagers(),
                null);
        return context;
    }
}
