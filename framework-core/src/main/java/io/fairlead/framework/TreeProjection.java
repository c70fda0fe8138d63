// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** The whole object; {@code managedFields} are left out, which are most of many objects and which no reader wants. */
enum TreeProjection implements Projection<Projection.TreeObject> {
    INSTANCE;

    @Override
    public TreeObject decode(JsonCursor json) throws IOException {
        JsonNode tree = json.tree();
        JsonNode metadata = tree.path("metadata");
        if (!(metadata instanceof ObjectNode fields)) {
            throw new IOException("an object without metadata");
        }
        fields.remove("managedFields");
        byte[] bytes = JsonCursor.MAPPER.writeValueAsBytes(metadata);
        try (JsonCursor cursor = JsonCursor.of(bytes)) {
            return new TreeObject(ObjectMetadata.read(cursor), tree);
        }
    }

    @Override
    public ObjectMetadata metadata(TreeObject object) {
        return object.metadata();
    }

    @Override
    public String toString() {
        return "tree";
    }
}
