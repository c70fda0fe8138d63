// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One page of a list, decoded object by object.
 *
 * @param next asks for the next page; empty on the last
 * @param unreadable why objects were left out
 */
record ListPage<T>(String version, String next, List<Cache.Entry<T>> entries, List<String> unreadable) {
    static <T> ListPage<T> decode(byte[] body, Projection<T> projection) throws IOException {
        String version = "";
        String next = "";
        List<Cache.Entry<T>> entries = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        try (JsonCursor json = JsonCursor.of(body)) {
            json.beginObject();
            while (json.nextField()) {
                switch (json.field()) {
                    case "metadata" -> {
                        json.beginObject();
                        while (json.nextField()) {
                            switch (json.field()) {
                                case "resourceVersion" -> version = json.text();
                                case "continue" -> next = json.text();
                                default -> json.skip();
                            }
                        }
                    }
                    case "items" -> json.each(item -> item(item.raw(), projection, entries, unreadable));
                    default -> json.skip();
                }
            }
        }
        return new ListPage<>(version, next, entries, unreadable);
    }

    private static <T> void item(
            byte[] json, Projection<T> projection, List<Cache.Entry<T>> entries, List<String> unreadable) {
        // From bytes of its own: a decoder that fails half way would leave the page's cursor in the middle of the
        // object.
        try (JsonCursor cursor = JsonCursor.of(json)) {
            T object = projection.decode(cursor);
            entries.add(new Cache.Entry<>(object, projection.metadata(object)));
        } catch (IOException | RuntimeException e) {
            unreadable.add(e.toString());
        }
    }
}
