// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.merge;

import static java.util.Objects.requireNonNull;

import io.fairlead.apiserver.internal.codec.GoText;
import java.util.List;

/**
 * Why a patch was not applied, as a {@code Status} says it.
 *
 * @param code the HTTP status
 * @param reason of the {@code Status}; empty if it has none, as with unexpected errors
 * @param detailed whether the {@code Status} has {@code details}, if only empty ones
 * @param causes inside the details
 */
public record PatchProblem(int code, String reason, String message, boolean detailed, List<Cause> causes) {
    /** The message of a patch that was understood and does not fit; the original tells no more. */
    private static final String REJECTED = "the server rejected our request due to an error in our request";

    public PatchProblem {
        requireNonNull(reason, "reason");
        requireNonNull(message, "message");
        causes = List.copyOf(causes);
    }

    /** One of several causes. */
    public record Cause(String reason, String message, String field) {}

    /** The patch is not what its type asks for. */
    public static PatchProblem badRequest(String message) {
        return new PatchProblem(400, "BadRequest", message, false, List.of());
    }

    /** The patch is understood and does not fit the object. */
    public static PatchProblem rejected() {
        return new PatchProblem(422, "Invalid", REJECTED, true, List.of());
    }

    /**
     * What came out is no object of its type.
     *
     * @param quoted what the original quotes of it
     */
    public static PatchProblem undecodable(String quoted, String why) {
        String problem = "Invalid value: " + GoText.quote(quoted) + ": " + why;
        return new PatchProblem(
                422,
                "Invalid",
                " \"\" is invalid: patch: " + problem,
                true,
                List.of(new Cause("FieldValueInvalid", problem, "patch")));
    }

    /** The patch is larger than a patch may be. */
    public static PatchProblem tooLarge(String message) {
        return new PatchProblem(413, "RequestEntityTooLarge", "Request entity too large: " + message, false, List.of());
    }

    /** The original did not foresee this and answers with an internal error without a reason. */
    public static PatchProblem unexpected(String message) {
        return new PatchProblem(500, "", message, false, List.of());
    }

    /** Others own fields that the applied object sets to other values. */
    public static PatchProblem conflict(String message, List<Cause> causes) {
        return new PatchProblem(409, "Conflict", message, true, causes);
    }
}
