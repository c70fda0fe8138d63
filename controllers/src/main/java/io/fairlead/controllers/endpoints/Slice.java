// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.endpoints;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fairlead.framework.JsonCursor;
import io.fairlead.framework.ObjectMetadata;
import io.fairlead.framework.Projection;
import io.fairlead.framework.ResourceType;
import io.fairlead.framework.Source;
import java.io.IOException;

/**
 * An EndpointSlice.
 *
 * @param endpoints and {@code ports}: as they stand in the object, not to be changed; empty arrays if there are none
 */
record Slice(ObjectMetadata metadata, String addressType, JsonNode endpoints, JsonNode ports) {
    static final String SERVICE_LABEL = "kubernetes.io/service-name";
    static final String MANAGED_BY_LABEL = "endpointslice.kubernetes.io/managed-by";
    static final String MANAGER = "endpointslice-controller.k8s.io";

    static final Source<Slice> SOURCE =
            Source.of(ResourceType.ENDPOINT_SLICES, Projection.facts("endpoint slices", Slice::read, Slice::metadata));

    /** The name of the Service that it belongs to, if this controller looks after it. */
    boolean managedFor(String service) {
        return metadata.label(MANAGED_BY_LABEL).equals(MANAGER)
                && metadata.label(SERVICE_LABEL).equals(service);
    }

    private static Slice read(JsonCursor json) throws IOException {
        ObjectMetadata metadata = ObjectMetadata.of("", "", "");
        String addressType = "";
        JsonNode endpoints = JsonNodeFactory.instance.arrayNode();
        JsonNode ports = JsonNodeFactory.instance.arrayNode();
        json.beginObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "metadata" -> metadata = ObjectMetadata.read(json);
                case "addressType" -> addressType = json.shared();
                case "endpoints" -> endpoints = array(json);
                case "ports" -> ports = array(json);
                default -> json.skip();
            }
        }
        return new Slice(metadata, addressType, endpoints, ports);
    }

    private static ArrayNode array(JsonCursor json) throws IOException {
        return json.tree() instanceof ArrayNode array ? array : JsonNodeFactory.instance.arrayNode();
    }
}
