// SPDX-License-Identifier: Apache-2.0
package io.fairlead.kubelet;

import java.time.Duration;
import java.util.List;

/** What is next for a pod. */
sealed interface Step {
    /** Nothing until it changes. */
    record Rest() implements Step {}

    /** Nothing for so long. */
    record Wait(Duration duration) implements Step {}

    /** Its containers start. */
    record Start(boolean ready) implements Step {}

    /** Its containers do not start, for this reason. */
    record Stall(String reason) implements Step {}

    /** It becomes ready. */
    record BecomeReady() implements Step {}

    /** All its containers have ended well, in the way of KWOK, which says nothing of readiness then. */
    record Complete() implements Step {}

    /** Some of its containers have ended, or are started again. */
    record Progress(List<ContainerStatus> containers, String phase) implements Step {
        public Progress {
            containers = List.copyOf(containers);
        }
    }

    /** It has run for longer than it may. */
    record Expire() implements Step {}

    /** It goes. */
    record Vanish() implements Step {}
}
