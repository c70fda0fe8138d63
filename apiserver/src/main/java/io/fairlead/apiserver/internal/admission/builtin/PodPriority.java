// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.admission.builtin;

import io.fairlead.apiserver.internal.admission.AdmissionPlugin;
import io.fairlead.apiserver.internal.admission.AdmissionRequest;
import io.fairlead.apiserver.internal.admission.AdmissionRequest.Operation;
import io.fairlead.apiserver.internal.admission.ObjectLookup;
import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.status.ApiStatus;
import io.fairlead.apiserver.internal.status.StatusException;
import java.util.Comparator;
import java.util.Optional;

/** Gives each pod the number that its priority class stands for; sees to it that at most one class is the default. */
final class PodPriority implements AdmissionPlugin {
    private static final String CLASSES = "priorityclasses.scheduling.k8s.io";
    private static final String PREEMPTS = "PreemptLowerPriority";

    private final ObjectLookup lookup;

    PodPriority(ObjectLookup lookup) {
        this.lookup = lookup;
    }

    @Override
    public void mutate(AdmissionRequest request) {
        JsonObject pod = request.object();
        if (!request.isFor("pods") || pod == null) {
            return;
        }
        if (request.operation() == Operation.CREATE) {
            assign(request, pod.child("spec"));
        } else if (request.operation() == Operation.UPDATE && request.old() != null) {
            JsonObject before = request.old().objectOrEmpty("spec");
            keep(pod.child("spec"), before, "priority");
            keep(pod.child("spec"), before, "preemptionPolicy");
        }
    }

    @Override
    public void validate(AdmissionRequest request) {
        JsonObject priorityClass = request.object();
        boolean written = request.operation() == Operation.CREATE || request.operation() == Operation.UPDATE;
        if (!written || !request.isFor(CLASSES) || priorityClass == null || !priorityClass.flag("globalDefault")) {
            return;
        }
        defaultClass()
                .map(each -> each.objectOrEmpty("metadata").text("name"))
                .filter(name -> !name.equals(request.name()))
                .ifPresent(name -> {
                    throw forbidden(
                            request,
                            "PriorityClass " + name + " is already marked as default. Only one default can exist");
                });
    }

    private void assign(AdmissionRequest request, JsonObject spec) {
        Optional<JsonObject> chosen;
        String name = spec.text("priorityClassName");
        if (name.isEmpty()) {
            chosen = defaultClass();
            chosen.ifPresent(each ->
                    spec.put("priorityClassName", each.objectOrEmpty("metadata").text("name")));
        } else {
            chosen = lookup.find(CLASSES, "", name);
            if (chosen.isEmpty()) {
                throw forbidden(request, "no PriorityClass with name " + name + " was found");
            }
        }
        long priority = chosen.map(each -> each.number("value", 0)).orElse(0L);
        String preemption = chosen.map(each -> each.text("preemptionPolicy"))
                .filter(each -> !each.isEmpty())
                .orElse(PREEMPTS);
        if (present(spec, "priority") && spec.number("priority", 0) != priority) {
            throw forbidden(
                    request,
                    "the integer value of priority (" + spec.number("priority", 0)
                            + ") must not be provided in pod spec; priority admission controller computed " + priority
                            + " from the given PriorityClass name");
        }
        if (present(spec, "preemptionPolicy") && !spec.text("preemptionPolicy").equals(preemption)) {
            throw forbidden(
                    request,
                    "the string value of PreemptionPolicy (" + spec.text("preemptionPolicy")
                            + ") must not be provided in pod spec; priority admission controller computed "
                            + preemption + " from the given PriorityClass name");
        }
        spec.put("priority", priority);
        spec.put("preemptionPolicy", preemption);
    }

    /** Of several defaults, which cannot be made through the API, the least important counts. */
    private Optional<JsonObject> defaultClass() {
        return lookup.list(CLASSES, "").stream()
                .filter(each -> each.flag("globalDefault"))
                .min(Comparator.comparingLong(each -> each.number("value", 0)));
    }

    private static void keep(JsonObject spec, JsonObject before, String field) {
        JsonValue value = before.get(field);
        if (!present(spec, field) && value != null) {
            spec.put(field, value);
        }
    }

    private static boolean present(JsonObject spec, String field) {
        return spec.has(field) && spec.get(field) != JsonNull.NULL;
    }

    private static StatusException forbidden(AdmissionRequest request, String why) {
        return ApiStatus.forbidden(request.resource(), request.name(), why).exception();
    }
}
