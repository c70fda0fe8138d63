// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.discovery;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import java.util.List;

/** Which Kubernetes this behaves like. */
final class Version {
    private static final List<String> REQUIRED = List.of(
            "major",
            "minor",
            "gitVersion",
            "gitCommit",
            "gitTreeState",
            "buildDate",
            "goVersion",
            "compiler",
            "platform");

    private Version() {}

    /** {@code /version}: major and minor are plain numbers, which clients insist on. */
    static JsonObject document() {
        return new JsonObject()
                .put("major", "1")
                .put("minor", "36")
                .put("emulationMajor", "1")
                .put("emulationMinor", "36")
                .put("minCompatibilityMajor", "1")
                .put("minCompatibilityMinor", "35")
                .put("gitVersion", "v1.36.3")
                .put("gitCommit", "fairlead")
                .put("gitTreeState", "")
                .put("buildDate", "1970-01-01T00:00:00Z")
                .put("goVersion", "none")
                .put("compiler", "none")
                .put("platform", "java");
    }

    /** The schema of {@link #document}. */
    static JsonObject openApi(boolean v3) {
        JsonObject properties = new JsonObject();
        for (String name : document().names()) {
            JsonObject property = new JsonObject().put("type", "string");
            properties.put(name, v3 && REQUIRED.contains(name) ? property.put("default", "") : property);
        }
        return new JsonObject()
                .put("type", "object")
                .put("properties", properties)
                .put("required", JsonArray.ofStrings(REQUIRED));
    }
}
