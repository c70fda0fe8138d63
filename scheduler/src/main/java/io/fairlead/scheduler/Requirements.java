// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

import java.util.List;

/**
 * What a pod asks of the node it is to run on. Pods of one template ask the same, so equal requirements are judged once for each
 * node and not once for each pod.
 *
 * @param requests what must be free on the node
 * @param weight what the pod is taken to use when nodes are compared: its requests, or a guess where it makes none
 */
record Requirements(
        Resources requests,
        Resources weight,
        NodeAffinity affinity,
        List<Toleration> tolerations,
        List<HostPort> hostPorts,
        Company company) {
    static final Requirements NONE =
            new Requirements(Resources.NONE, Resources.NONE, NodeAffinity.ANY, List.of(), List.of());

    Requirements {
        tolerations = List.copyOf(tolerations);
        hostPorts = List.copyOf(hostPorts);
    }

    /** Of a pod that does not care about others. */
    Requirements(
            Resources requests,
            Resources weight,
            NodeAffinity affinity,
            List<Toleration> tolerations,
            List<HostPort> hostPorts) {
        this(requests, weight, affinity, tolerations, hostPorts, Company.ANY);
    }

    /** Whether a taint of {@code taints} keeps the pod away. */
    boolean forbiddenBy(List<Taint> taints) {
        for (Taint taint : taints) {
            if (taint.forbids() && !taint.toleratedBy(tolerations)) {
                return true;
            }
        }
        return false;
    }
}
