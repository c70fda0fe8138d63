// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.codec;

/** The bytes are no JSON. The message says why; {@link #offset} where. */
public final class MalformedJsonException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long offset;

    MalformedJsonException(String message, long offset) {
        super(message);
        this.offset = offset;
    }

    /** The position in the input, in bytes, at which reading failed. */
    public long offset() {
        return offset;
    }
}
