// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.apply;

import static java.util.Objects.requireNonNull;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.merge.PatchProblem;

/** How an apply ended. */
public sealed interface ApplyResult {
    /**
     * The applied object was merged.
     *
     * @param object the live object with the applied one over it and its managed fields; still to be decoded, defaulted,
     *     admitted and validated
     */
    record Applied(JsonObject object) implements ApplyResult {
        public Applied {
            requireNonNull(object, "object");
        }
    }

    /** The applied object was not merged. */
    record Refused(PatchProblem problem) implements ApplyResult {
        public Refused {
            requireNonNull(problem, "problem");
        }
    }
}
