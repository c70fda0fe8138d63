// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.apply;

/** A {@code fieldsV1}, or an entry of managed fields, that cannot be read; the message says why. */
final class MalformedFieldsException extends Exception {
    private static final long serialVersionUID = 1;

    MalformedFieldsException(String message) {
        super(message, null, false, false);
    }
}
