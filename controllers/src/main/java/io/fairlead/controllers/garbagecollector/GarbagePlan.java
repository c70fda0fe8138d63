// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.garbagecollector;

import io.fairlead.framework.Write.Propagation;
import java.util.List;

/** What to do about an object that was suspected to be garbage. */
sealed interface GarbagePlan {
    /** It has an owner, or never had one, or is on its way already. */
    record Keep() implements GarbagePlan {}

    /** Nothing holds it back any more: take away its finalizer. */
    record LetGo(String finalizer) implements GarbagePlan {}

    /** Look at these, which hold it back. */
    record CollectFirst(List<String> uids) implements GarbagePlan {
        public CollectFirst {
            uids = List.copyOf(uids);
        }
    }

    /** It has an owner, and names others that are gone or about to go: take away those references. */
    record Disown(List<String> owners) implements GarbagePlan {
        public Disown {
            owners = List.copyOf(owners);
        }
    }

    /**
     * Delete it.
     *
     * @param unblockOwners whether to stop holding its owners back first, or they would wait for each other
     */
    record Delete(Propagation propagation, boolean unblockOwners) implements GarbagePlan {}
}
