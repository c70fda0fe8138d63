// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.resourcequota;

import com.fasterxml.jackson.databind.JsonNode;
import io.fairlead.controllers.internal.Quantity;
import java.util.HashMap;
import java.util.Map;

/** What a Service or a claim uses of what quotas limit. Pure. */
final class OtherUsage {
    private static final Quantity ONE = Quantity.of(1);

    private OtherUsage() {}

    static Map<String, Quantity> ofService(JsonNode service) {
        Map<String, Quantity> usage = new HashMap<>(Map.of("count/services", ONE, "services", ONE));
        JsonNode spec = service.path("spec");
        long ports = spec.path("ports").size();
        switch (spec.path("type").asText()) {
            case "NodePort" -> usage.put("services.nodeports", Quantity.of(ports));
            case "LoadBalancer" -> {
                boolean allocates = spec.path("allocateLoadBalancerNodePorts").asBoolean(true);
                long chosen = 0;
                for (JsonNode port : spec.path("ports")) {
                    chosen += port.path("nodePort").asInt(0) == 0 ? 0 : 1;
                }
                usage.put("services.nodeports", Quantity.of(allocates ? ports : chosen));
                usage.put("services.loadbalancers", ONE);
            }
            default -> {
                // Addresses in the cluster are free.
            }
        }
        return usage;
    }

    static Map<String, Quantity> ofClaim(JsonNode claim) {
        Map<String, Quantity> usage =
                new HashMap<>(Map.of("count/persistentvolumeclaims", ONE, "persistentvolumeclaims", ONE));
        JsonNode spec = claim.path("spec");
        Quantity storage = Quantity.parse(
                        spec.path("resources").path("requests").path("storage").asText())
                .orElse(Quantity.ZERO);
        Quantity granted = Quantity.parse(claim.path("status")
                        .path("allocatedResources")
                        .path("storage")
                        .asText())
                .orElse(Quantity.ZERO);
        Quantity more = storage.max(granted);
        usage.put("requests.storage", more);
        String storageClass = spec.path("storageClassName").asText("");
        if (!storageClass.isEmpty()) {
            usage.put(storageClass + ".storageclass.storage.k8s.io/requests.storage", more);
            usage.put(storageClass + ".storageclass.storage.k8s.io/persistentvolumeclaims", ONE);
        }
        return usage;
    }
}
