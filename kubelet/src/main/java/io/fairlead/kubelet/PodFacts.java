// SPDX-License-Identifier: Apache-2.0
package io.fairlead.kubelet;

import io.fairlead.framework.ObjectMetadata;
import io.fairlead.framework.OwnerReference;
import io.fairlead.framework.Projection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the agent knows of a pod.
 *
 * @param nodeName empty while it has no node
 * @param deletionGrace how long it was given to end, if it is to end
 * @param boundAt when it got its node, or was made with one
 */
record PodFacts(
        ObjectMetadata metadata, Duration deletionGrace, String nodeName, Instant boundAt, Spec spec, Status status) {
    static final Projection<PodFacts> PROJECTION =
            Projection.facts("kubelet facts of a pod", PodDecoder::decode, PodFacts::metadata);

    /**
     * What it is to be.
     *
     * @param readinessGates conditions that somebody else has to fulfil
     */
    record Spec(
            boolean hostNetwork,
            String restartPolicy,
            Optional<Duration> deadline,
            List<ContainerFacts> containers,
            List<ContainerFacts> initContainers,
            List<String> readinessGates) {
        Spec {
            containers = List.copyOf(containers);
            initContainers = List.copyOf(initContainers);
            readinessGates = List.copyOf(readinessGates);
        }
    }

    /** What it is. */
    record Status(
            String phase, boolean ready, String podIp, Optional<Instant> startedAt, List<ContainerStatus> containers) {
        Status {
            containers = List.copyOf(containers);
        }
    }

    boolean finished() {
        return status.phase().equals("Succeeded") || status.phase().equals("Failed");
    }

    boolean ofJob() {
        for (OwnerReference owner : metadata.ownerReferences()) {
            if (owner.kind().equals("Job")) {
                return true;
            }
        }
        return false;
    }
}
