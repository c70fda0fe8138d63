// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.validation.Quantity;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a pod asks for as a whole, and the quality of service that follows from it. */
public final class PodResources {
    private static final List<String> SERVICE_RESOURCES = List.of("cpu", "memory");

    private PodResources() {}

    /** What the pod's containers together request of {@code name}, without what the pod itself says. */
    static Quantity aggregateRequest(JsonObject spec, String name) {
        return aggregate(spec, "requests", name);
    }

    /**
     * All containers run at once; init containers one after the other before them, except for sidecars, which stay. A pod
     * needs the most that is ever needed at a time.
     */
    private static Quantity aggregate(JsonObject spec, String kind, String name) {
        Quantity running = Quantity.ZERO;
        for (JsonObject container : spec.objects("containers")) {
            running = running.plus(amount(container, kind, name));
        }
        Quantity sidecars = Quantity.ZERO;
        Quantity starting = Quantity.ZERO;
        for (JsonObject container : spec.objects("initContainers")) {
            Quantity amount = amount(container, kind, name);
            if (container.text("restartPolicy").equals("Always")) {
                sidecars = sidecars.plus(amount);
                starting = starting.max(sidecars);
            } else {
                starting = starting.max(sidecars.plus(amount));
            }
        }
        return running.plus(sidecars).max(starting);
    }

    /** The {@code requests} or {@code limits} of a whole pod, its overhead included: what quotas and schedulers count. */
    public static Map<String, Quantity> total(JsonObject spec, String kind) {
        Map<String, Quantity> total = new TreeMap<>();
        for (String list : List.of("containers", "initContainers")) {
            for (JsonObject container : spec.objects(list)) {
                JsonObject amounts = container.objectOrEmpty("resources").objectOrEmpty(kind);
                for (String name : amounts.names()) {
                    total.computeIfAbsent(name, each -> aggregate(spec, kind, each));
                }
            }
        }
        JsonObject podLevel = spec.objectOrEmpty("resources").objectOrEmpty(kind);
        podLevel.forEach((name, amount) -> total.put(name, Quantity.orZero(amount)));
        spec.objectOrEmpty("overhead").forEach((name, amount) -> {
            if (kind.equals("requests") || total.containsKey(name)) {
                total.merge(name, Quantity.orZero(amount), Quantity::plus);
            }
        });
        return total;
    }

    /** The {@code status.qosClass} of a pod with {@code spec}. */
    public static String qosClass(JsonObject spec) {
        JsonObject podLevel = spec.objectOrEmpty("resources");
        if (!podLevel.objectOrEmpty("limits").isEmpty()
                || !podLevel.objectOrEmpty("requests").isEmpty()) {
            return classOf(List.of(podLevel));
        }
        List<JsonObject> containers = new java.util.ArrayList<>();
        for (String list : List.of("containers", "initContainers")) {
            for (JsonObject container : spec.objects(list)) {
                containers.add(container.objectOrEmpty("resources"));
            }
        }
        return classOf(containers);
    }

    private static String classOf(List<JsonObject> all) {
        boolean guaranteed = true;
        Map<String, Quantity> requests = new TreeMap<>();
        Map<String, Quantity> limits = new TreeMap<>();
        for (JsonObject resources : all) {
            int limited = 0;
            for (String name : SERVICE_RESOURCES) {
                Quantity request =
                        Quantity.orZero(resources.objectOrEmpty("requests").get(name));
                Quantity limit =
                        Quantity.orZero(resources.objectOrEmpty("limits").get(name));
                if (request.signum() > 0) {
                    requests.merge(name, request, Quantity::plus);
                }
                if (limit.signum() > 0) {
                    limits.merge(name, limit, Quantity::plus);
                    limited++;
                }
            }
            guaranteed &= limited == SERVICE_RESOURCES.size();
        }
        if (requests.isEmpty() && limits.isEmpty()) {
            return "BestEffort";
        }
        boolean equal = requests.size() == limits.size()
                && requests.entrySet().stream().allMatch(each -> each.getValue().equals(limits.get(each.getKey())));
        return guaranteed && equal ? "Guaranteed" : "Burstable";
    }

    private static Quantity amount(JsonObject container, String kind, String name) {
        return Quantity.orZero(
                container.objectOrEmpty("resources").objectOrEmpty(kind).get(name));
    }
}
