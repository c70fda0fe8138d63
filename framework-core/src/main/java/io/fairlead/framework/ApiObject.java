// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.fairlead.environment.Api;
import java.io.IOException;
import java.io.UncheckedIOException;

/** An object as the server sent it, decoded as far as asked for. Immutable. */
@Api(Api.Status.EXPERIMENTAL)
public final class ApiObject {
    private final byte[] json;
    private final ObjectMetadata metadata;

    private ApiObject(byte[] json, ObjectMetadata metadata) {
        this.json = json;
        this.metadata = metadata;
    }

    /**
     * Takes over {@code json}, which must not be changed afterwards. What has no metadata, such as a {@code Status}, gets empty
     * metadata.
     */
    static ApiObject of(byte[] json) throws IOException {
        ObjectMetadata metadata = ObjectMetadata.of("", "", "");
        try (JsonCursor cursor = JsonCursor.of(requireNonNull(json, "json"))) {
            cursor.beginObject();
            while (cursor.nextField()) {
                if (cursor.field().equals("metadata")) {
                    metadata = ObjectMetadata.read(cursor);
                    break;
                }
                cursor.skip();
            }
        }
        return new ApiObject(json, metadata);
    }

    /** Empty of names in answers that are no objects. */
    public ObjectMetadata metadata() {
        return metadata;
    }

    /** Decodes it as an informer would. */
    public <T> T as(Projection<T> projection) {
        try (JsonCursor cursor = JsonCursor.of(json)) {
            return projection.decode(cursor);
        } catch (IOException e) {
            throw new UncheckedIOException("the answer about " + metadata.key() + " is no " + projection, e);
        }
    }

    /** The whole of it, as a tree that belongs to the caller. */
    public JsonNode tree() {
        try {
            return JsonCursor.MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException("the answer about " + metadata.key() + " is no JSON", e);
        }
    }

    /** Its JSON, which belongs to the caller. */
    public byte[] json() {
        return json.clone();
    }
}
