// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver;

import static java.util.Objects.requireNonNull;

import io.fairlead.apiserver.internal.auth.CertificateIssuer;
import io.fairlead.apiserver.internal.auth.KeyFile;
import io.fairlead.apiserver.internal.auth.Kubeconfig;
import io.fairlead.apiserver.internal.auth.Pem;
import io.fairlead.apiserver.internal.auth.PrivateFile;
import io.fairlead.apiserver.internal.auth.PublicKeys;
import io.fairlead.environment.Api;
import io.fairlead.environment.Environment;
import java.net.URI;
import java.nio.file.Path;

/**
 * What a server shows to prove itself, and what its administrator shows: an authority of its own and two certificates signed by it.
 *
 * <p>Immutable; any thread may use it.
 */
@Api(Api.Status.EXPERIMENTAL)
public final class ServerCredentials {
    private final PublicKeys keys;

    private ServerCredentials(PublicKeys keys) {
        this.keys = requireNonNull(keys, "keys");
    }

    /** New credentials that nobody keeps. */
    public static ServerCredentials create(Environment environment) {
        return new ServerCredentials(new CertificateIssuer(environment).issue());
    }

    /**
     * The credentials in {@code file}; if it has none, or they end within a month, new ones that are written there.
     *
     * @throws java.io.UncheckedIOException if the file can be neither read nor written
     */
    public static ServerCredentials keptIn(Path file, Environment environment) {
        return new ServerCredentials(new KeyFile(file, environment).open());
    }

    /** The authority's certificate, by which clients know the server. */
    public String authorityCertificatePem() {
        return Pem.of(keys.authority().certificate());
    }

    /** A kubeconfig with everything in it that the administrator needs to reach the server at {@code url}. */
    public String kubeconfig(URI url) {
        return Kubeconfig.of(url, keys);
    }

    /**
     * Writes {@link #kubeconfig} to {@code file}, which only its owner may read; its directory is made if need be.
     *
     * @throws java.io.UncheckedIOException if that cannot be done; then the file is as it was
     */
    public void writeKubeconfig(Path file, URI url) {
        PrivateFile.write(file, kubeconfig(url));
    }

    PublicKeys keys() {
        return keys;
    }
}
