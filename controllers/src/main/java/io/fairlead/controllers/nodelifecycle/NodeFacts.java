// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.nodelifecycle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fairlead.framework.JsonCursor;
import io.fairlead.framework.ObjectMetadata;
import io.fairlead.framework.Projection;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What matters of a node here.
 *
 * @param taints as they stand in the object, because those of others are passed on as they are
 * @param conditions status by type
 */
record NodeFacts(ObjectMetadata metadata, boolean unschedulable, JsonNode taints, Map<String, String> conditions) {
    static final Projection<NodeFacts> PROJECTION =
            Projection.facts("lifecycle facts of a node", NodeFacts::read, NodeFacts::metadata);

    /** Whether nothing that is decided here can have changed. */
    boolean sameAs(NodeFacts other) {
        return unschedulable == other.unschedulable
                && taints.equals(other.taints)
                && conditions.equals(other.conditions)
                && metadata.uid().equals(other.metadata.uid())
                && metadata.labels().equals(other.metadata.labels());
    }

    private static NodeFacts read(JsonCursor json) throws IOException {
        ObjectMetadata metadata = ObjectMetadata.of("", "", "");
        boolean unschedulable = false;
        JsonNode taints = JsonNodeFactory.instance.arrayNode();
        Map<String, String> conditions = new LinkedHashMap<>();
        json.beginObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "metadata" -> metadata = ObjectMetadata.read(json);
                case "spec" -> {
                    json.beginObject();
                    while (json.nextField()) {
                        switch (json.field()) {
                            case "unschedulable" -> unschedulable = json.bool();
                            case "taints" -> taints = json.tree();
                            default -> json.skip();
                        }
                    }
                }
                case "status" -> readStatus(json, conditions);
                default -> json.skip();
            }
        }
        return new NodeFacts(metadata, unschedulable, taints, conditions);
    }

    private static void readStatus(JsonCursor json, Map<String, String> conditions) throws IOException {
        json.beginObject();
        while (json.nextField()) {
            if (json.field().equals("conditions")) {
                json.each(condition -> readCondition(condition, conditions));
            } else {
                json.skip();
            }
        }
    }

    private static void readCondition(JsonCursor json, Map<String, String> conditions) throws IOException {
        String type = "";
        String status = "";
        json.beginObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "type" -> type = json.shared();
                case "status" -> status = json.shared();
                default -> json.skip();
            }
        }
        conditions.put(type, status);
    }
}
