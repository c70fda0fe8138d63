// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.endpoints;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fairlead.framework.JsonCursor;
import io.fairlead.framework.ObjectMetadata;
import io.fairlead.framework.Projection;
import io.fairlead.framework.ResourceType;
import io.fairlead.framework.Source;
import java.io.IOException;

/**
 * An Endpoints object.
 *
 * @param subsets as they stand in it, not to be changed; missing if there are none
 */
record EndpointsFacts(ObjectMetadata metadata, JsonNode subsets) {
    static final Source<EndpointsFacts> SOURCE = Source.of(
            ResourceType.ENDPOINTS,
            Projection.facts("endpoints facts", EndpointsFacts::read, EndpointsFacts::metadata));

    private static EndpointsFacts read(JsonCursor json) throws IOException {
        ObjectMetadata metadata = ObjectMetadata.of("", "", "");
        JsonNode subsets = JsonNodeFactory.instance.arrayNode();
        json.beginObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "metadata" -> metadata = ObjectMetadata.read(json);
                case "subsets" -> subsets = json.isNull() ? subsets : json.tree();
                default -> json.skip();
            }
        }
        return new EndpointsFacts(metadata, subsets);
    }
}
