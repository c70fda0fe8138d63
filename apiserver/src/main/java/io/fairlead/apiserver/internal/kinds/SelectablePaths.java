// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import java.util.List;

/** Paths to fields of custom resources by which lists can be narrowed. */
final class SelectablePaths {
    private static final List<String> TYPES = List.of("string", "boolean", "integer");

    private SelectablePaths() {}

    /** What is wrong with {@code path} in objects of {@code schema}; empty if nothing is. */
    static String problem(String path, JsonObject schema) {
        if (!path.startsWith(".")) {
            return "is an invalid path: expected [ or . but got: " + path;
        }
        JsonObject at = schema;
        for (String name : path.substring(1).split("\\.", -1)) {
            JsonObject next = at.objectOrEmpty("properties").object(name);
            if (next == null) {
                return "is an invalid path: does not refer to a valid field";
            }
            at = next;
        }
        return TYPES.contains(at.text("type"))
                ? ""
                : "must point to a field of type string, boolean or integer. Enum string fields and strings with formats are"
                        + " allowed.";
    }
}
