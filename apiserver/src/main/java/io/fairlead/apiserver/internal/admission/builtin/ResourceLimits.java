// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.admission.builtin;

import io.fairlead.apiserver.internal.admission.AdmissionPlugin;
import io.fairlead.apiserver.internal.admission.AdmissionRequest;
import io.fairlead.apiserver.internal.admission.AdmissionRequest.Operation;
import io.fairlead.apiserver.internal.admission.ObjectLookup;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.kinds.PodResources;
import io.fairlead.apiserver.internal.status.ApiStatus;
import io.fairlead.apiserver.internal.validation.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** What the limit ranges of a namespace say of pods and claims: amounts for those who name none, and bounds. */
final class ResourceLimits implements AdmissionPlugin {
    private static final String RANGES = "limitranges";
    private static final String ANNOTATION = "kubernetes.io/limit-ranger";

    private final ObjectLookup lookup;

    ResourceLimits(ObjectLookup lookup) {
        this.lookup = lookup;
    }

    @Override
    public void mutate(AdmissionRequest request) {
        JsonObject pod = request.object();
        if (request.operation() != Operation.CREATE || !request.isFor("pods") || pod == null) {
            return;
        }
        for (JsonObject range : lookup.list(RANGES, request.namespace())) {
            for (JsonObject limit : range.objectOrEmpty("spec").objects("limits")) {
                if (limit.text("type").equals("Container")) {
                    fillIn(pod, limit);
                }
            }
        }
    }

    private static void fillIn(JsonObject pod, JsonObject limit) {
        List<String> told = new ArrayList<>();
        JsonObject spec = pod.child("spec");
        for (String list : List.of("containers", "initContainers")) {
            String what = list.equals("containers") ? "container " : "init container ";
            for (JsonObject container : spec.objects(list)) {
                String name = what + container.text("name");
                tell(told, fillIn(container, "requests", limit.objectOrEmpty("defaultRequest")), "request", name);
                tell(told, fillIn(container, "limits", limit.objectOrEmpty("default")), "limit", name);
            }
        }
        if (!told.isEmpty()) {
            pod.child("metadata")
                    .child("annotations")
                    .put(ANNOTATION, "LimitRanger plugin set: " + String.join("; ", told));
        }
    }

    private static void tell(List<String> told, List<String> names, String what, String container) {
        if (!names.isEmpty()) {
            told.add(String.join(", ", names) + " " + what + " for " + container);
        }
    }

    private static List<String> fillIn(JsonObject container, String kind, JsonObject amounts) {
        List<String> added = new ArrayList<>();
        for (String name : new TreeSet<>(amounts.names())) {
            JsonValue amount = amounts.get(name);
            JsonObject present = container.child("resources").objectOrEmpty(kind);
            if (amount != null && !present.has(name)) {
                container.child("resources").child(kind).put(name, amount);
                added.add(name);
            }
        }
        return added;
    }

    @Override
    public void validate(AdmissionRequest request) {
        JsonObject object = request.object();
        boolean pods = request.isFor("pods") && request.operation() == Operation.CREATE;
        boolean claims = request.isFor("persistentvolumeclaims") && request.operation() != Operation.DELETE;
        if (object == null || (!pods && !claims)) {
            return;
        }
        List<String> problems = new ArrayList<>();
        for (JsonObject range : lookup.list(RANGES, request.namespace())) {
            for (JsonObject limit : range.objectOrEmpty("spec").objects("limits")) {
                if (pods) {
                    checkPod(object, limit, problems);
                } else if (limit.text("type").equals("PersistentVolumeClaim")) {
                    checkClaim(object, limit, problems);
                }
            }
        }
        if (!problems.isEmpty()) {
            String all = String.join(", ", problems);
            throw ApiStatus.forbidden(request.resource(), request.name(), problems.size() == 1 ? all : "[" + all + "]")
                    .exception();
        }
    }

    private static void checkPod(JsonObject pod, JsonObject limit, List<String> problems) {
        JsonObject spec = pod.objectOrEmpty("spec");
        switch (limit.text("type")) {
            case "Container" -> {
                for (String list : List.of("containers", "initContainers")) {
                    for (JsonObject container : spec.objects(list)) {
                        JsonObject resources = container.objectOrEmpty("resources");
                        new Bounds("Container", resources.objectOrEmpty("requests"), resources.objectOrEmpty("limits"))
                                .check(limit, problems);
                    }
                }
            }
            case "Pod" -> new Bounds("Pod", total(spec, "requests"), total(spec, "limits")).check(limit, problems);
            default -> {
                // Other types are not about pods.
            }
        }
    }

    private static JsonObject total(JsonObject spec, String kind) {
        JsonObject total = new JsonObject();
        for (Map.Entry<String, Quantity> entry : PodResources.total(spec, kind).entrySet()) {
            total.put(entry.getKey(), entry.getValue().text());
        }
        return total;
    }

    private static void checkClaim(JsonObject claim, JsonObject limit, List<String> problems) {
        JsonObject requests =
                claim.objectOrEmpty("spec").objectOrEmpty("resources").objectOrEmpty("requests");
        new Bounds("PersistentVolumeClaim", requests, new JsonObject()).check(limit, problems);
    }

    /** What something asks for, to be held against a limit. */
    private record Bounds(String type, JsonObject requests, JsonObject limits) {
        void check(JsonObject limit, List<String> problems) {
            limit.objectOrEmpty("min").forEach((name, bound) -> checkLeast(name, bound, problems));
            limit.objectOrEmpty("max").forEach((name, bound) -> checkMost(name, bound, problems));
            limit.objectOrEmpty("maxLimitRequestRatio").forEach((name, bound) -> checkRatio(name, bound, problems));
        }

        private void checkLeast(String name, JsonValue bound, List<String> problems) {
            Quantity least = Quantity.orZero(bound);
            String rule = "minimum " + name + " usage per " + type + " is " + text(bound);
            if (!requests.has(name)) {
                problems.add(rule + ".  No request is specified");
            } else if (Quantity.orZero(requests.get(name)).compareTo(least) < 0) {
                problems.add(rule + ", but request is " + requests.text(name));
            } else if (limits.has(name) && Quantity.orZero(limits.get(name)).compareTo(least) < 0) {
                problems.add(rule + ", but limit is " + limits.text(name));
            }
        }

        private void checkMost(String name, JsonValue bound, List<String> problems) {
            Quantity most = Quantity.orZero(bound);
            String rule = "maximum " + name + " usage per " + type + " is " + text(bound);
            if (type.equals("PersistentVolumeClaim")) {
                if (Quantity.orZero(requests.get(name)).compareTo(most) > 0) {
                    problems.add(rule + ", but request is " + requests.text(name));
                }
            } else if (!limits.has(name)) {
                problems.add(rule + ".  No limit is specified");
            } else if (Quantity.orZero(limits.get(name)).compareTo(most) > 0) {
                problems.add(rule + ", but limit is " + limits.text(name));
            } else if (requests.has(name) && Quantity.orZero(requests.get(name)).compareTo(most) > 0) {
                problems.add(rule + ", but request is " + requests.text(name));
            }
        }

        private void checkRatio(String name, JsonValue bound, List<String> problems) {
            Quantity request = Quantity.orZero(requests.get(name));
            Quantity limit = Quantity.orZero(limits.get(name));
            String rule = name + " max limit to request ratio per " + type + " is " + text(bound);
            if (request.signum() <= 0) {
                problems.add(rule + ", but no request is specified or request is 0");
            } else if (limit.signum() <= 0) {
                problems.add(rule + ", but no limit is specified or limit is 0");
            } else {
                double ratio = limit.value().doubleValue() / request.value().doubleValue();
                if (ratio > Quantity.orZero(bound).value().doubleValue()) {
                    problems.add(rule + String.format(Locale.ROOT, ", but provided ratio is %f", ratio));
                }
            }
        }

        private static String text(JsonValue amount) {
            return amount instanceof JsonString string ? string.value() : amount.toString();
        }
    }
}
