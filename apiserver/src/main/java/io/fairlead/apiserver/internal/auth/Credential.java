// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.auth;

import static java.util.Objects.requireNonNull;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** A certificate and the private key that belongs to it. */
public record Credential(X509Certificate certificate, PrivateKey key) {
    public Credential {
        requireNonNull(certificate, "certificate");
        requireNonNull(key, "key");
    }
}
