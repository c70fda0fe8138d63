// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import io.fairlead.environment.Api;

/**
 * The API server gave no answer, or none that can be used: a connection refused or lost, a timeout, an error of the server's own
 * that stayed after retries. The request may have had its effect.
 */
@Api(Api.Status.EXPERIMENTAL)
public final class ApiUnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ApiUnreachableException(String message) {
        super(message);
    }

    public ApiUnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
