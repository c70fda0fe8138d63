// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.discovery;

import io.fairlead.apiserver.internal.codec.JsonObject;

/** Which Kubernetes this behaves like. */
final class Version {
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
}
