// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.validation.Addresses;
import io.fairlead.apiserver.internal.validation.FieldPath;
import java.util.ArrayList;
import java.util.List;

/** What the author of a service should know although it is accepted; in upstream's order. */
final class ServiceWarnings {
    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final String HINTS = "service.kubernetes.io/topology-aware-hints";

    private ServiceWarnings() {}

    static List<String> of(JsonObject service) {
        List<String> warnings = new ArrayList<>();
        JsonObject spec = service.objectOrEmpty("spec");
        if (service.objectOrEmpty("metadata").objectOrEmpty("annotations").has(HINTS)) {
            warnings.add(
                    "annotation " + HINTS + " is deprecated, please use service.kubernetes.io/topology-mode instead");
        }
        boolean external = spec.text("type").equals("ExternalName");
        boolean headless =
                spec.text("type").equals("ClusterIP") && spec.text("clusterIP").equals("None");
        if (!spec.text("clusterIP").isEmpty() && !spec.text("clusterIP").equals("None")) {
            addresses(spec, "clusterIPs", warnings);
        }
        boolean externalAddresses = !spec.texts("externalIPs").isEmpty();
        if (headless) {
            ignored(spec, externalAddresses, warnings);
        }
        addresses(spec, "externalIPs", warnings);
        if (externalAddresses && !headless && !external) {
            warnings.add("spec.externalIPs is deprecated and may no longer be implemented in some clusters");
        }
        if (!spec.text("loadBalancerIP").isEmpty()) {
            warnings.addAll(Addresses.warnings(SPEC.child("loadBalancerIP"), spec.text("loadBalancerIP")));
        }
        if (external && externalAddresses) {
            warnings.add("spec.externalIPs is ignored when spec.type is \"ExternalName\"");
        }
        if (!external && !spec.text("externalName").isEmpty()) {
            warnings.add("spec.externalName is ignored when spec.type is not \"ExternalName\"");
        }
        if (spec.text("trafficDistribution").equals("PreferClose")) {
            warnings.add("spec.trafficDistribution: \"PreferClose\" is deprecated; use \"PreferSameZone\"");
        }
        return warnings;
    }

    private static void ignored(JsonObject spec, boolean externalAddresses, List<String> warnings) {
        if (!spec.text("loadBalancerIP").isEmpty()) {
            warnings.add("spec.loadBalancerIP is ignored for headless services");
        }
        if (externalAddresses) {
            warnings.add("spec.externalIPs is ignored for headless services");
        }
        if (!spec.text("sessionAffinity").equals("None")) {
            warnings.add("spec.SessionAffinity is ignored for headless services");
        }
    }

    private static void addresses(JsonObject spec, String field, List<String> warnings) {
        List<String> all = spec.texts(field);
        for (int i = 0; i < all.size(); i++) {
            warnings.addAll(Addresses.warnings(SPEC.child(field).index(i), all.get(i)));
        }
    }
}
