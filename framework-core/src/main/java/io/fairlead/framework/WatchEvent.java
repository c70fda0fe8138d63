// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import java.io.IOException;

/** One line of a watch stream, decoded. */
sealed interface WatchEvent<T> {
    /** An object is there, as it is now. */
    record Present<T>(T object, ObjectMetadata metadata) implements WatchEvent<T> {}

    /** An object is gone; its last state, at the version of the deletion. */
    record Gone<T>(T object, ObjectMetadata metadata) implements WatchEvent<T> {}

    /** An object is there or gone, but its projection could not read it. */
    record Unreadable<T>(ObjectMetadata metadata, String problem) implements WatchEvent<T> {}

    /** No change up to this version. */
    record Bookmark<T>(String version, boolean initialEnd) implements WatchEvent<T> {}

    /** The server cannot go on. */
    record Failed<T>(ApiStatus status) implements WatchEvent<T> {}

    /** With a value other than this one, the annotation has no meaning. */
    String INITIAL_EVENTS_END = "k8s.io/initial-events-end";

    /**
     * Decodes a line.
     *
     * @throws IOException if it is no watch event
     */
    static <T> WatchEvent<T> decode(byte[] bytes, int offset, int length, Projection<T> projection) throws IOException {
        String type = "";
        byte[] early = null;
        try (JsonCursor json = JsonCursor.of(bytes, offset, length)) {
            json.beginObject();
            while (json.nextField()) {
                switch (json.field()) {
                    case "type" -> type = json.shared();
                    case "object" -> {
                        if (!type.isEmpty()) {
                            // The order in which every server writes the two, so that the object is read in place.
                            return decodeObject(type, json, projection);
                        }
                        early = json.raw();
                    }
                    default -> json.skip();
                }
            }
        }
        if (early == null || type.isEmpty()) {
            throw new IOException("a line of the watch stream without type or object");
        }
        try (JsonCursor json = JsonCursor.of(early)) {
            return decodeObject(type, json, projection);
        }
    }

    private static <T> WatchEvent<T> decodeObject(String type, JsonCursor json, Projection<T> projection)
            throws IOException {
        return switch (type) {
            case "ADDED", "MODIFIED", "DELETED" -> decodeChange(type, json, projection);
            case "BOOKMARK" -> {
                ObjectMetadata metadata = MetadataProjection.INSTANCE.decode(json);
                yield new Bookmark<>(
                        metadata.resourceVersion(), "true".equals(metadata.annotation(INITIAL_EVENTS_END)));
            }
            case "ERROR" -> new Failed<>(ApiStatus.read(json));
            default -> throw new IOException("a watch event of the unknown type " + type);
        };
    }

    private static <T> WatchEvent<T> decodeChange(String type, JsonCursor json, Projection<T> projection)
            throws IOException {
        JsonCursor.Mark start = json.mark();
        try {
            T object = projection.decode(json);
            ObjectMetadata metadata = projection.metadata(object);
            return type.equals("DELETED") ? new Gone<>(object, metadata) : new Present<>(object, metadata);
        } catch (IOException | RuntimeException e) {
            // One object that a projection cannot read must not keep all others from being seen.
            try (JsonCursor again = json.again(start)) {
                return new Unreadable<>(MetadataProjection.INSTANCE.decode(again), e.toString());
            }
        }
    }
}
