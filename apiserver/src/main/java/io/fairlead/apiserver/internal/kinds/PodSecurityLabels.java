// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import java.util.List;
import java.util.regex.Pattern;

/** Labels by which a namespace says how safe its pods have to be. */
final class PodSecurityLabels {
    private static final String PREFIX = "pod-security.kubernetes.io/";
    private static final List<String> MODES = List.of("enforce", "audit", "warn");
    private static final List<String> LEVELS = List.of("privileged", "baseline", "restricted");
    private static final Pattern VERSION = Pattern.compile("latest|v1\\.(0|[1-9][0-9]*)");

    private PodSecurityLabels() {}

    static void validate(JsonObject namespace, FieldErrors errors) {
        JsonObject labels = namespace.objectOrEmpty("metadata").objectOrEmpty("labels");
        FieldPath path = FieldPath.of("metadata").child("labels");
        for (String mode : MODES) {
            String key = PREFIX + mode;
            if (labels.has(key) && !LEVELS.contains(labels.text(key))) {
                errors.invalid(path.key(key), labels.text(key), "must be one of " + String.join(", ", LEVELS));
            }
            String version = key + "-version";
            if (labels.has(version) && !VERSION.matcher(labels.text(version)).matches()) {
                errors.invalid(path.key(version), labels.text(version), "must be \"latest\" or \"v1.x\"");
            }
        }
    }
}
