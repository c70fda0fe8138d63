// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.http;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonWriter;
import io.fairlead.apiserver.internal.schema.GroupVersionKind;
import io.fairlead.apiserver.internal.status.ApiStatus;
import io.fairlead.apiserver.internal.storage.Stored;
import io.fairlead.apiserver.internal.watch.EventType;
import io.fairlead.apiserver.internal.watch.FrameForm;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Events in JSON, one per line, of objects that are served as they are stored: a frame is the stored bytes between two constant
 * pieces, so showing an event copies nothing. Equal for the same kind.
 */
record JsonWatchFrames(GroupVersionKind kind) implements FrameForm {
    private static final byte[] END = bytes("}\n");
    private static final byte[] ADDED = bytes("{\"type\":\"ADDED\",\"object\":");
    private static final byte[] MODIFIED = bytes("{\"type\":\"MODIFIED\",\"object\":");
    private static final byte[] DELETED = bytes("{\"type\":\"DELETED\",\"object\":");

    @Override
    public List<byte[]> frame(EventType type, Stored object) {
        return List.of(begin(type), object.head(), object.body(), END);
    }

    /** The frame up to the object. */
    static byte[] begin(EventType type) {
        return switch (type) {
            case ADDED -> ADDED;
            case MODIFIED -> MODIFIED;
            case DELETED -> DELETED;
        };
    }

    @Override
    public List<byte[]> bookmark(long revision, boolean initialEventsEnd) {
        return line("BOOKMARK", bookmarkObject(kind, revision, initialEventsEnd));
    }

    /** An object of {@code kind} that has nothing but a revision. */
    static JsonObject bookmarkObject(GroupVersionKind kind, long revision, boolean initialEventsEnd) {
        JsonObject metadata = new JsonObject().put("resourceVersion", Long.toString(revision));
        if (initialEventsEnd) {
            metadata.put("annotations", new JsonObject().put("k8s.io/initial-events-end", "true"));
        }
        return new JsonObject()
                .put("kind", kind.kind())
                .put("apiVersion", kind.apiVersion())
                .put("metadata", metadata);
    }

    @Override
    public List<byte[]> error(ApiStatus status) {
        return line("ERROR", status.toJson());
    }

    static List<byte[]> line(String type, JsonObject object) {
        byte[] json = JsonWriter.bytes(new JsonObject().put("type", type).put("object", object));
        return List.of(json, bytes("\n"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
