// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.Names;
import java.util.List;
import java.util.Set;

/** What is wrong with the status of a pod. */
final class PodStatuses {
    private static final FieldPath STATUS = FieldPath.of("status");
    private static final Set<String> SYSTEM_CONDITIONS =
            Set.of("PodScheduled", "Ready", "ContainersReady", "Initialized", "DisruptionTarget");

    private PodStatuses() {}

    static void validate(JsonObject next, JsonObject old, FieldErrors errors) {
        JsonObject status = next.objectOrEmpty("status");
        JsonObject before = old.objectOrEmpty("status");
        String nominated = status.text("nominatedNodeName");
        if (!nominated.isEmpty()) {
            errors.invalid(STATUS.child("nominatedNodeName"), nominated, Names.dnsSubdomain(nominated));
        }
        long observed = status.number("observedGeneration", 0);
        if (observed < 0) {
            errors.invalid(STATUS.child("observedGeneration"), observed, "must be a non-negative integer");
        }
        List<JsonObject> conditions = status.objects("conditions");
        for (int i = 0; i < conditions.size(); i++) {
            String type = conditions.get(i).text("type");
            if (!SYSTEM_CONDITIONS.contains(type)) {
                errors.invalid(STATUS.child("conditions").index(i).child("Type"), type, Names.qualified(type));
            }
        }
        JsonObject spec = old.objectOrEmpty("spec");
        for (String list : List.of("containerStatuses", "initContainerStatuses")) {
            validateTransitions(status, before, list, spec, errors);
        }
    }

    /** What has ended for good must not run again. */
    private static void validateTransitions(
            JsonObject status, JsonObject before, String list, JsonObject spec, FieldErrors errors) {
        String policy = spec.text("restartPolicy");
        if (policy.equals("Always")) {
            return;
        }
        List<JsonObject> now = status.objects(list);
        for (JsonObject was : before.objects(list)) {
            JsonObject terminated = was.objectOrEmpty("state").object("terminated");
            if (terminated == null
                    || mayRestart(spec, was.text("name"))
                    || (policy.equals("OnFailure") && terminated.number("exitCode", 0) != 0)) {
                continue;
            }
            for (int i = 0; i < now.size(); i++) {
                boolean same = now.get(i).text("name").equals(was.text("name"));
                if (same && now.get(i).objectOrEmpty("state").object("terminated") == null) {
                    errors.forbidden(
                            STATUS.child(list).index(i).child("state"),
                            "may not be transitioned to non-terminated state");
                }
            }
        }
    }

    /** Sidecars restart whatever the pod's policy, and so do containers with rules of their own. */
    private static boolean mayRestart(JsonObject spec, String name) {
        for (String list : List.of("initContainers", "containers")) {
            for (JsonObject container : spec.objects(list)) {
                if (container.text("name").equals(name)
                        && !container.text("restartPolicy").isEmpty()) {
                    return !container.text("restartPolicy").equals("Never");
                }
            }
        }
        return false;
    }
}
