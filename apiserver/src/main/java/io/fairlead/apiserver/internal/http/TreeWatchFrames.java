// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.http;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonWriter;
import io.fairlead.apiserver.internal.http.Form.Media;
import io.fairlead.apiserver.internal.http.Form.Shape;
import io.fairlead.apiserver.internal.registry.Resource;
import io.fairlead.apiserver.internal.schema.Protobuf;
import io.fairlead.apiserver.internal.status.ApiStatus;
import io.fairlead.apiserver.internal.storage.Stored;
import io.fairlead.apiserver.internal.watch.EventType;
import io.fairlead.apiserver.internal.watch.FrameForm;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Events whose objects have to be made from trees: in protobuf, as tables, as metadata, or in another version than the stored
 * one. Made once for all watchers of the same form; equal for the same form of the same resource.
 *
 * @param first whether a table names its columns
 */
record TreeWatchFrames(Resource resource, Shapes shapes, boolean first) implements FrameForm {
    private static final byte[] END = "}\n".getBytes(StandardCharsets.UTF_8);

    @Override
    public List<byte[]> frame(EventType type, Stored object) {
        if (shapes.form().shape() == Shape.PARTIAL_LIST) {
            return List.of();
        }
        JsonObject shown = shaped(resource.tree(object));
        return shapes.form().media() == Media.PROTOBUF
                ? List.of(Protobuf.frame(type.name(), Protobuf.encode(shown)))
                : List.of(JsonWatchFrames.begin(type), JsonWriter.bytes(shown), END);
    }

    private JsonObject shaped(JsonObject tree) {
        return switch (shapes.form().shape()) {
            case OBJECT -> tree;
            case PARTIAL, PARTIAL_LIST -> shapes.partial(resource, tree);
            case TABLE -> {
                JsonObject metadata = new JsonObject()
                        .put("resourceVersion", tree.objectOrEmpty("metadata").text("resourceVersion"));
                yield shapes.table(resource, metadata, List.of(tree), first);
            }
        };
    }

    @Override
    public List<byte[]> bookmark(long revision, boolean initialEventsEnd) {
        JsonObject bookmark = JsonWatchFrames.bookmarkObject(resource.kind(), revision, initialEventsEnd);
        if (shapes.form().media() == Media.PROTOBUF && shapes.form().shape() == Shape.OBJECT) {
            JsonObject empty = resource.type().empty();
            empty.put("metadata", bookmark.objectOrEmpty("metadata"));
            return line("BOOKMARK", empty);
        }
        return line("BOOKMARK", shapes.form().shape() == Shape.OBJECT ? bookmark : shaped(bookmark));
    }

    @Override
    public List<byte[]> error(ApiStatus status) {
        return line("ERROR", status.toJson());
    }

    private List<byte[]> line(String type, JsonObject object) {
        return shapes.form().media() == Media.PROTOBUF
                ? List.of(Protobuf.frame(type, Protobuf.encode(object)))
                : JsonWatchFrames.line(type, object);
    }

    @Override
    public FrameForm afterFirst() {
        return first && shapes.form().shape() == Shape.TABLE ? new TreeWatchFrames(resource, shapes, false) : this;
    }
}
