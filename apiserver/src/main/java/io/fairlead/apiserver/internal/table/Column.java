// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.table;

import static java.util.Objects.requireNonNull;

import io.fairlead.apiserver.internal.codec.JsonObject;

/**
 * A column of a table.
 *
 * @param type of its cells in terms of OpenAPI, such as {@code string}
 * @param format such as {@code name}; may be empty
 * @param priority 0 for columns that are always shown, more for those of wide tables
 */
public record Column(String name, String type, String format, int priority) {
    public Column {
        requireNonNull(name, "name");
        requireNonNull(type, "type");
        requireNonNull(format, "format");
    }

    /** As it stands in {@code columnDefinitions}. */
    public JsonObject toJson() {
        return new JsonObject()
                .put("name", name)
                .put("type", type)
                .put("format", format)
                .put("description", name)
                .put("priority", priority);
    }
}
