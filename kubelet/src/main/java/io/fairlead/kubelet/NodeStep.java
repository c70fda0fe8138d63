// SPDX-License-Identifier: Apache-2.0
package io.fairlead.kubelet;

/** What is next for the status of a simulated node. */
enum NodeStep {
    /** Nothing. */
    REST,
    /** It says that it can run pods, and what it is. */
    INITIALIZE,
    /** It says that it is still there. */
    HEARTBEAT
}
