// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import java.io.IOException;

/** Reads {@code metadata} and passes over the rest, should the server have sent it all the same. */
enum MetadataProjection implements Projection<ObjectMetadata> {
    INSTANCE;

    @Override
    public ObjectMetadata decode(JsonCursor json) throws IOException {
        ObjectMetadata metadata = null;
        json.beginObject();
        while (json.nextField()) {
            if (json.field().equals("metadata")) {
                metadata = ObjectMetadata.read(json);
            } else {
                json.skip();
            }
        }
        if (metadata == null) {
            throw new IOException("an object without metadata");
        }
        return metadata;
    }

    @Override
    public ObjectMetadata metadata(ObjectMetadata object) {
        return object;
    }

    @Override
    public boolean metadataOnly() {
        return true;
    }

    @Override
    public String toString() {
        return "metadata";
    }
}
