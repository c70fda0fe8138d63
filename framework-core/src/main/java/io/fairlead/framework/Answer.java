// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import static java.util.Objects.requireNonNull;

import io.fairlead.environment.Api;

/** What the API server answered to a request about one object. */
@Api(Api.Status.EXPERIMENTAL)
public sealed interface Answer {
    /** Done: with the object as it is now, or, of a deletion, as it was last. */
    record Done(ApiObject object) implements Answer {
        public Done {
            requireNonNull(object, "object");
        }
    }

    /** Not done. */
    sealed interface Refused extends Answer {
        ApiStatus status();
    }

    /** There is no such object, or no such resource. */
    record NotFound(ApiStatus status) implements Refused {}

    /** There is an object of that name. */
    record AlreadyExists(ApiStatus status) implements Refused {}

    /** The object is not, or no longer, as the request assumed. */
    record Conflict(ApiStatus status) implements Refused {}

    /** The request is understood, but the object it leads to is not allowed. */
    record Invalid(ApiStatus status) implements Refused {}

    /** May not be done: by this user, in this namespace, above this quota. */
    record Forbidden(ApiStatus status) implements Refused {}

    /** Not now: a disruption budget, or more load than the server takes even after waiting as it asked. */
    record TooManyRequests(ApiStatus status) implements Refused {}

    /** Anything else that trying again would not change. */
    record Rejected(ApiStatus status) implements Refused {}

    /** The object. Throws an {@link ApiRefusedException} if there is none: for callers to whom every refusal is a failure. */
    default ApiObject orThrow() {
        return switch (this) {
            case Done(ApiObject object) -> object;
            case Refused refused -> throw new ApiRefusedException(refused.status());
        };
    }
}
