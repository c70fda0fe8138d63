// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;

/** What is wrong with file names in objects. */
final class Paths {
    private Paths() {}

    /** A path that stays below where it starts. */
    static void descending(String file, FieldPath path, FieldErrors errors) {
        if (file.startsWith("/")) {
            errors.invalid(path, file, "must be a relative path");
        }
        noBacksteps(file, path, errors);
    }

    /** A path below where it starts, whose name is not one that the kubelet uses itself. */
    static void nonReserved(String file, FieldPath path, FieldErrors errors) {
        descending(file, path, errors);
        if (file.startsWith("..") && !file.startsWith("../")) {
            errors.invalid(path, file, "must not start with '..'");
        }
    }

    /** A path without {@code ..} in it. */
    static void noBacksteps(String file, FieldPath path, FieldErrors errors) {
        if (file.equals("..") || file.startsWith("../") || file.endsWith("/..") || file.contains("/../")) {
            errors.invalid(path, file, "must not contain '..'");
        }
    }
}
