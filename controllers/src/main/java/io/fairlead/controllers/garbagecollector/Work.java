// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.garbagecollector;

/** Something to look into. */
sealed interface Work {
    /** The object may have no owner left, or wait for its dependents to go. */
    record Collect(String uid) implements Work {}

    /** The object goes and leaves its dependents behind. */
    record Orphan(String uid) implements Work {}

    /** The object names an owner in a namespace where it is not. */
    record Misplaced(String uid, Identity owner) implements Work {}
}
