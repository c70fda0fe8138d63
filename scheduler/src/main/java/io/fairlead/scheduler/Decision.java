// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

/** Where a pod is to run, or why nowhere. */
sealed interface Decision {
    /** On this node. */
    record Placed(String node) implements Decision {}

    /** Nowhere, as things are. */
    record Unplaceable(Diagnosis diagnosis) implements Decision {}
}
