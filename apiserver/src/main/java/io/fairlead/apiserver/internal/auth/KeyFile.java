// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.auth;

import static java.util.Objects.requireNonNull;

import io.fairlead.environment.Environment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps the cluster's keys from one start to the next, so that a kubeconfig once written stays good and a start makes none.
 *
 * <p>All are in one file, which only its owner may read: it is replaced as a whole, so nobody finds a key without its certificate.
 */
public final class KeyFile {
    private final Path file;
    private final Environment environment;

    public KeyFile(Path file, Environment environment) {
        this.file = requireNonNull(file, "file");
        this.environment = requireNonNull(environment, "environment");
    }

    /**
     * The keys in the file; new ones, then in the file, if there are none or they are about to end.
     *
     * @throws UncheckedIOException if the file cannot be read or written
     */
    public PublicKeys open() {
        return read().orElseGet(this::write);
    }

    private Optional<PublicKeys> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            List<Credential> found = Pem.credentials(Files.readString(file));
            if (found.size() != 3) {
                return Optional.empty();
            }
            PublicKeys keys = new PublicKeys(found.get(0), found.get(1), found.get(2));
            return Optional.of(keys).filter(each -> each.freshAt(environment.now()));
        } catch (GeneralSecurityException e) {
            // Damaged: as good as absent.
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the cluster's keys from " + file, e);
        }
    }

    private PublicKeys write() {
        PublicKeys keys = new CertificateIssuer(environment).issue();
        String text = Stream.of(keys.authority(), keys.server(), keys.administrator())
                .map(each -> Pem.of(each.certificate()) + Pem.of(each.key()))
                .collect(Collectors.joining());
        PrivateFile.write(file, text);
        return keys;
    }
}
