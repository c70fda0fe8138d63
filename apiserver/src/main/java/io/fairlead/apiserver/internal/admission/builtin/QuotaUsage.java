// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.admission.builtin;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.kinds.PodResources;
import io.fairlead.apiserver.internal.kinds.ServiceFacts;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.Quantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What one object uses of the resources that quotas limit. Pure. */
final class QuotaUsage {
    private static final Quantity ONE = Quantity.of(1);
    private static final Set<String> COUNTED = Set.of(
            "pods",
            "services",
            "replicationcontrollers",
            "resourcequotas",
            "secrets",
            "configmaps",
            "persistentvolumeclaims");
    private static final Set<String> COMPUTE = Set.of("cpu", "memory", "ephemeral-storage");

    private QuotaUsage() {}

    /** The usage of an object of {@code resource} that exists, by the name of the limited resource. */
    static Map<String, Quantity> of(ResourceDefinition resource, JsonObject object) {
        Map<String, Quantity> usage = new HashMap<>();
        String name = resource.qualifiedName();
        boolean ended = name.equals("pods") && hasEnded(object);
        usage.put("count/" + name, ONE);
        if (COUNTED.contains(name) && !ended) {
            usage.put(name, ONE);
        }
        switch (name) {
            case "pods" -> {
                if (!ended) {
                    addPod(object.objectOrEmpty("spec"), usage);
                }
            }
            case "services" -> addService(object, usage);
            case "persistentvolumeclaims" -> addClaim(object, usage);
            default -> {
                // Counting is all.
            }
        }
        return usage;
    }

    private static boolean hasEnded(JsonObject pod) {
        String phase = pod.objectOrEmpty("status").text("phase");
        return phase.equals("Failed") || phase.equals("Succeeded");
    }

    private static void addPod(JsonObject spec, Map<String, Quantity> usage) {
        PodResources.total(spec, "requests").forEach((name, amount) -> {
            usage.put("requests." + name, amount);
            // These may be limited by their bare names too.
            if (COMPUTE.contains(name) || name.startsWith("hugepages-")) {
                usage.put(name, amount);
            }
        });
        PodResources.total(spec, "limits").forEach((name, amount) -> {
            if (COMPUTE.contains(name)) {
                usage.put("limits." + name, amount);
            }
        });
    }

    private static void addService(JsonObject service, Map<String, Quantity> usage) {
        JsonObject spec = service.objectOrEmpty("spec");
        long ports = spec.arrayOrEmpty("ports").size();
        usage.put("services.nodeports", Quantity.ZERO);
        usage.put("services.loadbalancers", Quantity.ZERO);
        switch (ServiceFacts.type(service)) {
            case "NodePort" -> usage.put("services.nodeports", Quantity.of(ports));
            case "LoadBalancer" -> {
                boolean allocates = spec.flag("allocateLoadBalancerNodePorts");
                long chosen = spec.objects("ports").stream()
                        .filter(port -> port.number("nodePort", 0) != 0)
                        .count();
                usage.put("services.nodeports", Quantity.of(allocates ? ports : chosen));
                usage.put("services.loadbalancers", ONE);
            }
            default -> {
                // Addresses in the cluster are free.
            }
        }
    }

    private static void addClaim(JsonObject claim, Map<String, Quantity> usage) {
        JsonObject spec = claim.objectOrEmpty("spec");
        Quantity storage = Quantity.orZero(
                spec.objectOrEmpty("resources").objectOrEmpty("requests").get("storage"));
        usage.put("requests.storage", storage);
        String storageClass = spec.text("storageClassName");
        if (!storageClass.isEmpty()) {
            usage.put(storageClass + ".storageclass.storage.k8s.io/requests.storage", storage);
            usage.put(storageClass + ".storageclass.storage.k8s.io/persistentvolumeclaims", ONE);
        }
    }

    /** Which of {@code names}, that a quota limits, each container of a pod must say; empty if all do. */
    static String unsaid(JsonObject pod, Set<String> names) {
        JsonObject spec = pod.objectOrEmpty("spec");
        Map<String, Set<String>> missing = new TreeMap<>();
        for (String name : names) {
            String kind = name.startsWith("limits.") ? "limits" : "requests";
            String resource = name.substring(name.indexOf('.') + 1);
            if (!COMPUTE.contains(resource)
                    || spec.objectOrEmpty("resources").objectOrEmpty(kind).has(resource)) {
                continue;
            }
            for (String list : List.of("containers", "initContainers")) {
                for (JsonObject container : spec.objects(list)) {
                    if (!container
                            .objectOrEmpty("resources")
                            .objectOrEmpty(kind)
                            .has(resource)) {
                        missing.computeIfAbsent(name, each -> new TreeSet<>()).add(container.text("name"));
                    }
                }
            }
        }
        List<String> sentences = new ArrayList<>();
        missing.forEach((name, containers) -> sentences.add(name + " for: " + String.join(",", containers)));
        return String.join("; ", sentences);
    }

    /** Whether a quota that is restricted to some pods speaks of {@code pod}. */
    static boolean inScope(JsonObject quota, JsonObject pod) {
        JsonObject spec = quota.objectOrEmpty("spec");
        for (String scope : spec.texts("scopes")) {
            if (!inScope(scope, "Exists", List.of(), pod)) {
                return false;
            }
        }
        for (JsonObject expression : spec.objectOrEmpty("scopeSelector").objects("matchExpressions")) {
            if (!inScope(expression.text("scopeName"), expression.text("operator"), expression.texts("values"), pod)) {
                return false;
            }
        }
        return true;
    }

    private static boolean inScope(String scope, String operator, List<String> values, JsonObject pod) {
        JsonObject spec = pod.objectOrEmpty("spec");
        boolean deadline = spec.has("activeDeadlineSeconds");
        return switch (scope) {
            case "Terminating" -> deadline;
            case "NotTerminating" -> !deadline;
            case "BestEffort" -> PodResources.qosClass(spec).equals("BestEffort");
            case "NotBestEffort" -> !PodResources.qosClass(spec).equals("BestEffort");
            case "CrossNamespacePodAffinity" -> crossesNamespaces(spec);
            case "PriorityClass" -> matches(spec.text("priorityClassName"), operator, values);
            default -> false;
        };
    }

    private static boolean matches(String value, String operator, List<String> values) {
        return switch (operator) {
            case "In" -> values.contains(value);
            case "NotIn" -> !values.contains(value);
            case "Exists" -> !value.isEmpty();
            case "DoesNotExist" -> value.isEmpty();
            default -> false;
        };
    }

    private static boolean crossesNamespaces(JsonObject spec) {
        JsonObject affinity = spec.objectOrEmpty("affinity");
        for (String kind : List.of("podAffinity", "podAntiAffinity")) {
            JsonObject rules = affinity.objectOrEmpty(kind);
            for (JsonObject term : rules.objects("requiredDuringSchedulingIgnoredDuringExecution")) {
                if (crosses(term)) {
                    return true;
                }
            }
            for (JsonObject weighted : rules.objects("preferredDuringSchedulingIgnoredDuringExecution")) {
                if (crosses(weighted.objectOrEmpty("podAffinityTerm"))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean crosses(JsonObject term) {
        return !term.arrayOrEmpty("namespaces").isEmpty() || term.object("namespaceSelector") != null;
    }
}
