// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with conditions of the common type. */
final class Conditions {
    /** Upstream's bounds for the texts of a condition. */
    private static final int REASON_MAX = 1024;

    private static final int MESSAGE_MAX = 32 * 1024;

    private Conditions() {}

    static void validate(List<JsonObject> conditions, FieldPath path, FieldErrors errors) {
        Set<String> types = new HashSet<>();
        for (int i = 0; i < conditions.size(); i++) {
            JsonObject condition = conditions.get(i);
            FieldPath at = path.index(i);
            String type = condition.text("type");
            if (!types.add(type)) {
                errors.duplicate(at.child("type"), type);
            }
            errors.invalid(at.child("type"), type, Names.qualified(type));
            errors.oneOf(at.child("status"), condition.text("status"), List.of("False", "True", "Unknown"));
            errors.nonnegative(at.child("observedGeneration"), condition.number("observedGeneration", 0));
            if (Defaults.absent(condition, "lastTransitionTime")) {
                errors.required(at.child("lastTransitionTime"), "");
            }
            String reason = condition.text("reason");
            if (reason.isEmpty()) {
                errors.required(at.child("reason"), "");
            } else if (reason.length() > REASON_MAX) {
                errors.tooLong(at.child("reason"), REASON_MAX);
            }
            if (condition.text("message").length() > MESSAGE_MAX) {
                errors.tooLong(at.child("message"), MESSAGE_MAX);
            }
        }
    }
}
