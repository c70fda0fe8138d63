// SPDX-License-Identifier: Apache-2.0
package io.fairlead.kubelet;

import io.fairlead.framework.JsonCursor;
import io.fairlead.framework.ObjectMetadata;
import io.fairlead.framework.Projection;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What the agent knows of a node.
 *
 * @param ready whether it says that it can run pods
 * @param heartbeat when it last said so
 * @param internalIp empty if it has no address yet
 * @param sized whether it says how much it has
 */
record NodeFacts(
        ObjectMetadata metadata,
        boolean ready,
        Optional<Instant> heartbeat,
        String internalIp,
        boolean sized,
        Map<String, String> nodeInfo) {
    static final Projection<NodeFacts> PROJECTION =
            Projection.facts("kubelet facts of a node", NodeFacts::read, NodeFacts::metadata);

    /** KWOK's way to say that a node is not real. */
    static final String SIMULATED_ANNOTATION = "kwok.x-k8s.io/node";

    static final String SIMULATED_VALUE = "fake";

    String name() {
        return metadata.name();
    }

    /** Whether there is no kubelet behind it. */
    boolean simulated() {
        return metadata.annotation(SIMULATED_ANNOTATION).equals(SIMULATED_VALUE);
    }

    private static NodeFacts read(JsonCursor json) throws IOException {
        ObjectMetadata metadata = ObjectMetadata.of("", "", "");
        Status status = new Status();
        json.beginObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "metadata" -> metadata = ObjectMetadata.read(json);
                case "status" -> status.read(json);
                default -> json.skip();
            }
        }
        return new NodeFacts(
                metadata, status.ready, status.heartbeat, status.internalIp, status.sized, status.nodeInfo);
    }

    private static final class Status {
        private boolean ready;
        private Optional<Instant> heartbeat = Optional.empty();
        private String internalIp = "";
        private boolean sized;
        private Map<String, String> nodeInfo = Map.of();

        private void read(JsonCursor json) throws IOException {
            json.beginObject();
            while (json.nextField()) {
                switch (json.field()) {
                    case "nodeInfo" -> nodeInfo = json.strings();
                    case "allocatable" -> sized = hasFields(json);
                    case "addresses" -> json.each(this::readAddress);
                    case "conditions" -> json.each(this::readCondition);
                    default -> json.skip();
                }
            }
        }

        private static boolean hasFields(JsonCursor json) throws IOException {
            boolean any = false;
            json.beginObject();
            while (json.nextField()) {
                json.skip();
                any = true;
            }
            return any;
        }

        private void readAddress(JsonCursor json) throws IOException {
            String type = "";
            String address = "";
            json.beginObject();
            while (json.nextField()) {
                switch (json.field()) {
                    case "type" -> type = json.shared();
                    case "address" -> address = json.text();
                    default -> json.skip();
                }
            }
            if (type.equals("InternalIP")) {
                internalIp = address;
            }
        }

        private void readCondition(JsonCursor json) throws IOException {
            String type = "";
            String status = "";
            Optional<Instant> time = Optional.empty();
            json.beginObject();
            while (json.nextField()) {
                switch (json.field()) {
                    case "type" -> type = json.shared();
                    case "status" -> status = json.shared();
                    case "lastHeartbeatTime" -> time = json.time();
                    default -> json.skip();
                }
            }
            if (type.equals("Ready")) {
                ready = status.equals("True");
                heartbeat = time;
            }
        }
    }
}
