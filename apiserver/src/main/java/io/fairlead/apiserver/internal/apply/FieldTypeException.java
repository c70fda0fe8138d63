// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.apply;

/**
 * A value does not have the type that it must have; the message says where and why.
 *
 * <p>Carries the finding out of a recursion; never leaves this package.
 */
final class FieldTypeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    FieldTypeException(String message) {
        super(message, null, false, false);
    }
}
