// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.status;

import static java.util.Objects.requireNonNull;

/**
 * Ends a request with a {@code Status}.
 *
 * <p>A refusal may come from any depth of a write, and everything between there and the answer has nothing to add; hence an
 * exception, but one without a stack trace, for being refused is an everyday event. It is turned into an answer in one place.
 */
public final class StatusException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient ApiStatus status;

    public StatusException(ApiStatus status) {
        super(status.message(), null, false, false);
        this.status = requireNonNull(status, "status");
    }

    public ApiStatus status() {
        return status;
    }
}
