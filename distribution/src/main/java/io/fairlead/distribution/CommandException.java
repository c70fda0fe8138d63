// SPDX-License-Identifier: Apache-2.0
package io.fairlead.distribution;

/** Why a command cannot do what it was asked for, in one sentence for the person who asked. */
final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1;

    CommandException(String sentence) {
        super(sentence);
    }

    CommandException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
