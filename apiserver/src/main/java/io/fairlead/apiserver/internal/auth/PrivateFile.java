// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.auth;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that only their owner may read. */
public final class PrivateFile {
    private PrivateFile() {}

    /**
     * Replaces {@code file} as a whole, making its directory if need be.
     *
     * @throws UncheckedIOException if that cannot be done; then the file is as it was
     */
    public static void write(Path file, String text) {
        try {
            Path target = file.toAbsolutePath();
            Path directory = requireNonNull(target.getParent(), "a file has a directory");
            Files.createDirectories(directory);
            Path draft = Files.createTempFile(directory, ".fairlead", ".tmp", ownerOnly());
            try {
                Files.writeString(draft, text);
                Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
