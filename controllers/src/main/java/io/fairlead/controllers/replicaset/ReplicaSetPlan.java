// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.replicaset;

import io.fairlead.controllers.internal.PodFacts;
import java.util.List;

/** What one look at a ReplicaSet calls for. */
sealed interface ReplicaSetPlan {
    /** As many pods as wanted. */
    record Enough() implements ReplicaSetPlan {}

    /** Makes {@code count} pods from the template. */
    record Create(int count) implements ReplicaSetPlan {}

    /** Deletes these pods. */
    record Delete(List<PodFacts> pods) implements ReplicaSetPlan {
        public Delete {
            pods = List.copyOf(pods);
        }
    }
}
