// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.auth;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * The three certificates a cluster starts with: its own authority, the server's and the administrator's, both signed by it.
 */
public record PublicKeys(Credential authority, Credential server, Credential administrator) {
    /** Credentials that end sooner are replaced at start, so that none ends while a cluster runs for a few days. */
    static final Duration RENEWED_BEFORE = Duration.ofDays(30);

    public PublicKeys {
        requireNonNull(authority, "authority");
        requireNonNull(server, "server");
        requireNonNull(administrator, "administrator");
    }

    /** Whether every certificate is good at {@code now} and for a while after. */
    boolean freshAt(Instant now) {
        return Stream.of(authority, server, administrator)
                .map(Credential::certificate)
                .allMatch(
                        certificate -> !now.isBefore(certificate.getNotBefore().toInstant())
                                && now.plus(RENEWED_BEFORE)
                                        .isBefore(certificate.getNotAfter().toInstant()));
    }

    /** What a TLS server shows. */
    public KeyManagerFactory keyManagers() {
        return keyManagers(server);
    }

    /** What the administrator shows. */
    public KeyManagerFactory administratorKeyManagers() {
        return keyManagers(administrator);
    }

    private KeyManagerFactory keyManagers(Credential shown) {
        try {
            KeyStore store = emptyStore();
            store.setKeyEntry(
                    "key", shown.key(), new char[0], new Certificate[] {shown.certificate(), authority.certificate()});
            KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
            factory.init(store, new char[0]);
            return factory;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot use a key of our own for TLS", e);
        }
    }

    /** Whose certificates both sides believe. */
    public TrustManagerFactory trustManagers() {
        try {
            KeyStore store = emptyStore();
            store.setCertificateEntry("authority", authority.certificate());
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            return factory;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot use the authority's certificate for TLS", e);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (IOException e) {
            throw new IllegalStateException("an empty key store cannot be unreadable", e);
        }
    }
}
