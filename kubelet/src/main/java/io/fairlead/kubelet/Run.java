// SPDX-License-Identifier: Apache-2.0
package io.fairlead.kubelet;

import java.time.Duration;

/** What a container does once it is started. */
sealed interface Run {
    /** It runs until it is stopped. */
    record ForEver() implements Run {}

    /** It ends by itself. */
    record Ends(Duration after, int exitCode) implements Run {}
}
