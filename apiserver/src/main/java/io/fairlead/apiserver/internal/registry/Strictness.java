// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

/** What becomes of a request whose object has fields that nobody knows, or twice: {@code fieldValidation}. */
public enum Strictness {
    /** They are dropped. */
    IGNORE,
    /** They are dropped, and the client is told. */
    WARN,
    /** The request is refused. */
    STRICT;

    /** Of the query parameter, which may be absent. */
    public static Strictness of(String fieldValidation) {
        return switch (fieldValidation) {
            case "Ignore" -> IGNORE;
            case "Strict" -> STRICT;
            default -> WARN;
        };
    }
}
