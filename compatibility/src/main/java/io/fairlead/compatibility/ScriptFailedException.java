// SPDX-License-Identifier: Apache-2.0
package io.fairlead.compatibility;

/** A script cannot go on because an earlier answer lacks what a later step needs. The message says what. */
final class ScriptFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ScriptFailedException(String message) {
        super(message);
    }
}
