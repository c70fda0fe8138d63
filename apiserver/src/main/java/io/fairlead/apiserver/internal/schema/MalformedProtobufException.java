// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.schema;

/** The bytes are no protobuf message of a known kind. The message says why. */
public final class MalformedProtobufException extends RuntimeException {
    private static final long serialVersionUID = 1;

    MalformedProtobufException(String message) {
        super(message);
    }
}
