// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.validation.Quantity;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fills in what a pod, or the template of one, leaves out. */
final class PodDefaults {
    private static final List<String> CONTAINER_LISTS = List.of("initContainers", "containers");

    private PodDefaults() {}

    /** Defaults of a whole pod; some are not for templates. */
    static void ofPod(JsonObject pod) {
        JsonObject spec = pod.child("spec");
        for (String list : CONTAINER_LISTS) {
            for (JsonObject container : spec.objects(list)) {
                requestsFromLimits(container.object("resources"));
                if (spec.flag("hostNetwork")) {
                    hostPorts(container);
                }
            }
        }
        ofPodResources(spec);
        Defaults.pointer(spec, "enableServiceLinks", true);
        ofSpec(spec);
        ofStatus(pod.object("status"));
    }

    /** Defaults of the pod template that stands at {@code template} of {@code parent}. */
    static void ofTemplate(JsonObject parent) {
        JsonObject template = parent.child("template");
        template.child("metadata");
        ofSpec(template.child("spec"));
    }

    /** Defaults that pods and templates share. */
    static void ofSpec(JsonObject spec) {
        Defaults.text(spec, "dnsPolicy", "ClusterFirst");
        Defaults.text(spec, "restartPolicy", "Always");
        Defaults.pointer(spec, "securityContext", new JsonObject());
        Defaults.pointer(spec, "terminationGracePeriodSeconds", 30);
        Defaults.text(spec, "schedulerName", "default-scheduler");
        serviceAccount(spec);
        for (JsonObject volume : spec.objects("volumes")) {
            VolumeDefaults.ofVolume(volume);
        }
        for (String list : CONTAINER_LISTS) {
            for (JsonObject container : spec.objects(list)) {
                ContainerDefaults.ofContainer(container);
            }
        }
        for (JsonObject container : spec.objects("ephemeralContainers")) {
            ContainerDefaults.ofContainer(container);
        }
        Defaults.roundResources(spec, "overhead");
        if (spec.get("resources") instanceof JsonObject resources) {
            Defaults.roundResources(resources, "limits");
            Defaults.roundResources(resources, "requests");
        }
    }

    /** The account's name stands under an old and a new name, of which the new one wins. */
    private static void serviceAccount(JsonObject spec) {
        String name = spec.text("serviceAccountName");
        String chosen = name.isEmpty() ? spec.text("serviceAccount") : name;
        if (chosen.isEmpty()) {
            spec.remove("serviceAccountName");
            spec.remove("serviceAccount");
        } else {
            spec.put("serviceAccountName", chosen);
            spec.put("serviceAccount", chosen);
        }
    }

    private static void requestsFromLimits(@Nullable JsonObject resources) {
        JsonObject limits = resources == null ? null : resources.object("limits");
        if (resources == null || limits == null || limits.isEmpty()) {
            return;
        }
        JsonObject requests = resources.child("requests");
        for (int i = 0; i < limits.size(); i++) {
            requests.putIfAbsent(limits.nameAt(i), limits.valueAt(i));
        }
    }

    private static void hostPorts(JsonObject container) {
        for (JsonObject port : container.objects("ports")) {
            if (port.number("hostPort", 0) == 0 && port.number("containerPort", 0) != 0) {
                port.put("hostPort", port.number("containerPort", 0));
            }
        }
    }

    /** Pod-level requests that are left out come from the containers' requests, or else from the pod's limits. */
    private static void ofPodResources(JsonObject spec) {
        JsonObject resources = spec.object("resources");
        if (resources == null) {
            return;
        }
        JsonObject limits = resources.object("limits");
        JsonObject requests = resources.object("requests");
        if (limits == null && requests == null) {
            return;
        }
        Set<String> names = new HashSet<>(List.of("cpu", "memory"));
        if (limits != null) {
            names.addAll(limits.names());
        }
        for (String name : names.stream().sorted().toList()) {
            boolean podLevel = name.equals("cpu") || name.equals("memory") || name.startsWith("hugepages-");
            if (!podLevel || (requests != null && requests.has(name))) {
                continue;
            }
            JsonValue limit = limits == null ? null : limits.get(name);
            Quantity aggregate = PodResources.aggregateRequest(spec, name);
            if (aggregate.signum() > 0 && !name.startsWith("hugepages-")) {
                requests = resources.child("requests");
                requests.put(name, aggregate.text());
            } else if (limit != null && limit != JsonNull.NULL) {
                requests = resources.child("requests");
                requests.put(name, limit);
            }
        }
    }

    /** The address of a pod stands under an old and a new name. */
    private static void ofStatus(@Nullable JsonObject status) {
        if (status == null) {
            return;
        }
        List<JsonObject> addresses = status.objects("podIPs");
        String address = status.text("podIP");
        if (!address.isEmpty()
                && (addresses.isEmpty() || !addresses.get(0).text("ip").equals(address))) {
            status.remove("podIPs");
            status.childArray("podIPs").add(new JsonObject().put("ip", address));
        } else if (address.isEmpty() && !addresses.isEmpty()) {
            status.put("podIP", addresses.get(0).text("ip"));
        }
    }
}
