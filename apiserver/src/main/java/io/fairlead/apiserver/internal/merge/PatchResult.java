// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.merge;

import static java.util.Objects.requireNonNull;

import io.fairlead.apiserver.internal.codec.JsonValue;
import java.util.List;
import java.util.function.Supplier;

/** How applying a patch ended. */
public sealed interface PatchResult {
    /**
     * The patch fits; whether what came out is a valid object is still to be seen.
     *
     * @param value what came out: an object, unless a JSON patch replaced the document by something else
     * @param strictProblems what strict decoding holds against the patch itself, such as unknown members of an operation
     * @param quoted what the original quotes in its answer if {@code value} cannot be decoded
     */
    record Patched(JsonValue value, List<String> strictProblems, Supplier<String> quoted) implements PatchResult {
        public Patched {
            requireNonNull(value, "value");
            strictProblems = List.copyOf(strictProblems);
        }
    }

    /** The patch does not fit. */
    record Refused(PatchProblem problem) implements PatchResult {}
}
