// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.http;

import io.fairlead.apiserver.ApiRequest;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonReader;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.codec.MalformedJsonException;
import io.fairlead.apiserver.internal.registry.Resource;
import io.fairlead.apiserver.internal.schema.GroupVersionKind;
import io.fairlead.apiserver.internal.status.ApiStatus;
import java.util.Locale;

/** Reads the objects that requests carry. */
final class Bodies {
    private static final String ACCEPTED =
            "the body of the request was in an unknown format - accepted media types include: application/json,"
                    + " application/yaml, application/vnd.kubernetes.protobuf";

    private Bodies() {}

    /** The object in the body, of the kind of {@code resource}, with what was left out filled in. */
    static JsonObject object(ApiRequest request, Resource resource) {
        String type = mediaType(request.header("content-type"));
        if (!type.isEmpty() && !type.equals("application/json")) {
            throw new ApiStatus(415, "UnsupportedMediaType", ACCEPTED, null).exception();
        }
        JsonObject object = read(request.body(), resource.kind());
        GroupVersionKind kind = resource.kind();
        object.put("kind", kind.kind());
        object.put("apiVersion", kind.apiVersion());
        resource.strategy().setDefaults(object);
        return object;
    }

    private static JsonObject read(byte[] body, GroupVersionKind kind) {
        try {
            JsonValue value = JsonReader.read(body);
            return value instanceof JsonObject object ? object : new JsonObject();
        } catch (MalformedJsonException e) {
            throw ApiStatus.badRequest("the object provided is unrecognized (must be of type " + kind.kind()
                            + "): couldn't get version/kind; json parse error: " + e.getMessage())
                    .exception();
        }
    }

    /** Without parameters, in lower case. */
    static String mediaType(String contentType) {
        int semicolon = contentType.indexOf(';');
        return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
    }
}
