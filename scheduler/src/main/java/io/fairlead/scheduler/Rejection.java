// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

/** What can keep a pod off every node, and so what kinds of change are worth another look. */
enum Rejection {
    NODE_UNSCHEDULABLE,
    TAINT,
    NODE_AFFINITY,
    HOST_PORTS,
    RESOURCES,
    SPREAD,
    POD_AFFINITY
}
