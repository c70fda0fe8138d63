// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

import io.fairlead.framework.JsonCursor;
import io.fairlead.framework.ObjectMetadata;
import io.fairlead.framework.Projection;
import java.io.IOException;
import java.util.List;

/** What the scheduler knows of a node. */
record NodeFacts(ObjectMetadata metadata, boolean unschedulable, List<Taint> taints, Resources allocatable) {
    static final Projection<NodeFacts> PROJECTION =
            Projection.facts("scheduler facts of a node", NodeFacts::read, NodeFacts::metadata);

    NodeFacts {
        taints = List.copyOf(taints);
    }

    String name() {
        return metadata.name();
    }

    /** Region and zone: nodes of one zone are likely to fail together. */
    String zone() {
        return metadata.label("topology.kubernetes.io/region") + ":" + metadata.label("topology.kubernetes.io/zone");
    }

    /** Whether a pod could be placed on one and not on the other. A heartbeat makes no difference. */
    boolean sameFor(NodeFacts other) {
        return unschedulable == other.unschedulable
                && taints.equals(other.taints)
                && allocatable.equals(other.allocatable)
                && metadata.labels().equals(other.metadata.labels());
    }

    private static NodeFacts read(JsonCursor json) throws IOException {
        ObjectMetadata metadata = ObjectMetadata.of("", "", "");
        boolean unschedulable = false;
        List<Taint> taints = List.of();
        Resources allocatable = Resources.NONE;
        json.beginObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "metadata" -> metadata = ObjectMetadata.read(json);
                case "spec" -> {
                    json.beginObject();
                    while (json.nextField()) {
                        switch (json.field()) {
                            case "unschedulable" -> unschedulable = json.bool();
                            case "taints" -> taints = Taint.readAll(json);
                            default -> json.skip();
                        }
                    }
                }
                case "status" -> allocatable = readAllocatable(json);
                default -> json.skip();
            }
        }
        return new NodeFacts(metadata, unschedulable, taints, allocatable);
    }

    private static Resources readAllocatable(JsonCursor json) throws IOException {
        Resources allocatable = Resources.NONE;
        json.beginObject();
        while (json.nextField()) {
            if (json.field().equals("allocatable")) {
                allocatable = Resources.read(json);
            } else {
                json.skip();
            }
        }
        return allocatable;
    }
}
