// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.selector;

/** A selector cannot be understood; the message is the one clients see. */
public final class SelectorException extends RuntimeException {
    private static final long serialVersionUID = 1;

    SelectorException(String message) {
        super(message, null, false, false);
    }

    /** For those who know which fields there are. */
    public static SelectorException because(String message) {
        return new SelectorException(message);
    }
}
