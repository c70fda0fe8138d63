// SPDX-License-Identifier: Apache-2.0
package io.fairlead.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;

/** What exceptions of files and sockets mean to a person. */
final class Reasons {
    private Reasons() {}

    static String of(UncheckedIOException failure) {
        return of(Objects.requireNonNull(failure.getCause(), "an unchecked one has a cause"));
    }

    static String of(IOException failure) {
        return switch (failure) {
            case AccessDeniedException denied -> "permission denied";
            case NoSuchFileException missing -> missing.getFile() + " does not exist";
            case NotDirectoryException file -> file.getFile() + " is not a directory";
            case FileAlreadyExistsException file -> file.getFile() + " is not a directory";
            default -> String.valueOf(failure.getMessage());
        };
    }
}
