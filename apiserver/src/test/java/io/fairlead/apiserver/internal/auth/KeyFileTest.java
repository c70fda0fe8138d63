// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.environment.Environment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
    private final Environment environment = Environment.real();

    @TempDir
    Path directory = Path.of("");

    @Test
    void keepsTheKeysFromOneStartToTheNext() {
        Path file = directory.resolve("new/keys.pem");

        PublicKeys made = new KeyFile(file, environment).open();
        PublicKeys found = new KeyFile(file, environment).open();

        assertThat(found).isEqualTo(made);
    }

    @Test
    void letsOnlyTheOwnerReadThem() throws IOException {
        Path file = directory.resolve("keys.pem");

        new KeyFile(file, environment).open();

        assertThat(Files.getPosixFilePermissions(file))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void makesNewOnesInPlaceOfDamagedOnes() throws IOException {
        Path file = directory.resolve("keys.pem");
        PublicKeys first = new KeyFile(file, environment).open();
        Files.writeString(file, Files.readString(file).substring(300));

        assertThat(new KeyFile(file, environment).open()).isNotEqualTo(first);
    }

    @Test
    void saysWhichFileItCannotWrite() throws IOException {
        Path notADirectory = Files.writeString(directory.resolve("file"), "");

        assertThatThrownBy(() -> new KeyFile(notADirectory.resolve("keys.pem"), environment).open())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("keys.pem");
    }

    @Test
    void takesCertificatesThatEndSoonForNone() {
        PublicKeys keys = new CertificateIssuer(environment).issue();
        Instant end = keys.server().certificate().getNotAfter().toInstant();

        assertThat(keys.freshAt(environment.now())).isTrue();
        assertThat(keys.freshAt(end.minus(Duration.ofDays(29)))).isFalse();
        assertThat(keys.freshAt(environment.now().minus(Duration.ofDays(1)))).isFalse();
    }

    @Test
    void makesACertificateForEveryNameOfTheServer() throws GeneralSecurityException {
        PublicKeys keys = new CertificateIssuer(environment).issue();

        List<String> names = keys.server().certificate().getSubjectAlternativeNames().stream()
                .map(name -> String.valueOf(name.get(1)))
                .toList();
        assertThat(names).contains("localhost", "kubernetes.default.svc.cluster.local", "127.0.0.1", "10.0.0.1");
        keys.server().certificate().verify(keys.authority().certificate().getPublicKey());
    }
}
