// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with the status of a Job. */
final class JobStatuses {
    private static final FieldPath STATUS = FieldPath.of("status");

    private JobStatuses() {}

    static void validate(JsonObject next, JsonObject old, FieldErrors errors) {
        JsonObject status = next.objectOrEmpty("status");
        JsonObject before = old.objectOrEmpty("status");
        for (String count : List.of("active", "succeeded", "failed", "ready", "terminating")) {
            errors.nonnegative(STATUS.child(count), status.number(count, 0));
        }
        validateUncounted(status, errors);
        boolean complete = has(status, "Complete");
        boolean failed = has(status, "Failed");
        boolean finished = complete || failed;
        boolean finishedBefore = has(before, "Complete") || has(before, "Failed");
        if (!finishedBefore) {
            validateFinishing(status, complete, failed, errors);
        }
        if (finished && status.number("active", 0) > 0 && !finishedBefore) {
            errors.invalid(STATUS.child("active"), status.number("active", 0), "active>0 is invalid for finished job");
        }
        if (!finishedBefore) {
            for (String count : List.of("succeeded", "failed")) {
                if (status.number(count, 0) < before.number(count, 0)) {
                    errors.invalid(
                            STATUS.child(count), status.number(count, 0), "cannot decrease the " + count + " counter");
                }
            }
        }
        validateTimes(next, old, status, before, errors);
        boolean indexed = next.objectOrEmpty("spec").text("completionMode").equals("Indexed");
        if (!indexed && !status.text("completedIndexes").isEmpty()) {
            errors.invalid(
                    STATUS.child("completedIndexes"),
                    status.text("completedIndexes"),
                    "cannot set non-empty completedIndexes when non-indexed completion mode");
        }
    }

    private static void validateUncounted(JsonObject status, FieldErrors errors) {
        JsonObject uncounted = status.objectOrEmpty("uncountedTerminatedPods");
        Set<String> seen = new HashSet<>();
        for (String list : List.of("succeeded", "failed")) {
            JsonArray uids = uncounted.arrayOrEmpty(list);
            for (int i = 0; i < uids.size(); i++) {
                FieldPath at = STATUS.child("uncountedTerminatedPods", list).index(i);
                if (uids.text(i).isEmpty()) {
                    errors.invalid(at, "", "must not be empty");
                } else if (!seen.add(uids.text(i))) {
                    errors.duplicate(at, uids.text(i));
                }
            }
        }
    }

    private static void validateFinishing(JsonObject status, boolean complete, boolean failed, FieldErrors errors) {
        FieldPath path = STATUS.child("conditions");
        if (complete && failed) {
            errors.invalidUnquoted(path, "cannot set Complete=True and Failed=true conditions");
        }
        if (complete && !has(status, "SuccessCriteriaMet")) {
            errors.invalidUnquoted(
                    path, "cannot set Complete=True condition without the SuccessCriteriaMet=true condition");
        }
        if (failed && !has(status, "FailureTarget")) {
            errors.invalidUnquoted(path, "cannot set Failed=True condition without the FailureTarget=true condition");
        }
    }

    private static void validateTimes(
            JsonObject next, JsonObject old, JsonObject status, JsonObject before, FieldErrors errors) {
        boolean complete = has(status, "Complete");
        JsonValue completion = status.get("completionTime");
        if (complete && Defaults.absent(status, "completionTime") && !has(before, "Complete")) {
            errors.required(STATUS.child("completionTime"), "completionTime is required for Complete jobs");
        }
        if (!complete && !Defaults.absent(status, "completionTime")) {
            errors.invalid(
                    STATUS.child("completionTime"),
                    completion,
                    "cannot set completionTime when there is no Complete=True condition");
        }
        boolean running = !next.objectOrEmpty("spec").flag("suspend")
                && !old.objectOrEmpty("spec").flag("suspend");
        if (running
                && !Defaults.absent(before, "startTime")
                && !GenericStrategy.same(status.get("startTime"), before.get("startTime"))) {
            errors.invalid(
                    STATUS.child("startTime"),
                    status.get("startTime"),
                    "field is immutable for unsuspended job once set");
        }
    }

    private static boolean has(JsonObject status, String condition) {
        return status.objects("conditions").stream()
                .anyMatch(each -> each.text("type").equals(condition)
                        && each.text("status").equals("True"));
    }
}
