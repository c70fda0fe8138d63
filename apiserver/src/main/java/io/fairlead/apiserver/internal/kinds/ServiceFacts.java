// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;

/** What follows from the type of a service. */
public final class ServiceFacts {
    private ServiceFacts() {}

    public static String type(JsonObject service) {
        return service.objectOrEmpty("spec").text("type");
    }

    /** Whether the service has no address of its own by choice. */
    public static boolean headless(JsonObject service) {
        JsonObject spec = service.objectOrEmpty("spec");
        return spec.arrayOrEmpty("clusterIPs").size() == 1
                && spec.arrayOrEmpty("clusterIPs").text(0).equals("None");
    }

    /** Whether services of this type have an address in the cluster, or chose to have none. */
    public static boolean needsClusterIp(JsonObject service) {
        return switch (type(service)) {
            case "ClusterIP", "NodePort", "LoadBalancer" -> true;
            default -> false;
        };
    }

    /** Whether services of this type have ports on every node. */
    public static boolean needsNodePort(JsonObject service) {
        return switch (type(service)) {
            case "NodePort", "LoadBalancer" -> true;
            default -> false;
        };
    }

    /** Whether the service needs a port on which nodes say whether they have one of its pods. */
    public static boolean needsHealthCheckPort(JsonObject service) {
        return type(service).equals("LoadBalancer")
                && service.objectOrEmpty("spec").text("externalTrafficPolicy").equals("Local");
    }

    /** Whether traffic from outside the cluster can reach the service. */
    static boolean externallyAccessible(JsonObject service) {
        return needsNodePort(service)
                || (type(service).equals("ClusterIP")
                        && !service.objectOrEmpty("spec")
                                .arrayOrEmpty("externalIPs")
                                .isEmpty());
    }
}
