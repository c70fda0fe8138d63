// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.validation.Addresses;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.MetadataValidation;
import io.fairlead.apiserver.internal.validation.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with a service. */
final class ServiceValidation {
    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final String BALANCERS_ONLY = "may only be used when `type` is 'LoadBalancer'";
    private static final String NOT_FOR_NAMES = "may not be set for ExternalName services";
    private static final String RANGES_ANNOTATION = "service.beta.kubernetes.io/load-balancer-source-ranges";
    private static final List<String> TYPES = List.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
    private static final List<String> SCOPES = List.of("Cluster", "Local");

    /** Longest time to stay with one pod: a day. */
    private static final long AFFINITY_SECONDS_MAX = 24 * 60 * 60;

    private ServiceValidation() {}

    static void validate(JsonObject service, FieldErrors errors) {
        JsonObject spec = service.objectOrEmpty("spec");
        String type = spec.text("type");
        boolean headless = ServiceFacts.headless(service);
        if (spec.arrayOrEmpty("ports").isEmpty() && !headless && !type.equals("ExternalName")) {
            errors.required(SPEC.child("ports"), "");
        }
        if (headless && ServiceFacts.needsNodePort(service)) {
            errors.invalid(
                    SPEC.child("clusterIPs").index(0), "None", "may not be set to 'None' for " + type + " services");
        }
        if (type.equals("ExternalName")) {
            validateExternalName(spec, errors);
        }
        validatePorts(spec, type, errors);
        MetadataValidation.validateLabels(spec.object("selector"), SPEC.child("selector"), errors);
        validateAffinity(spec, errors);
        ServiceAddresses.validate(service, errors);
        validateExternalAddresses(spec, errors);
        if (type.isEmpty()) {
            errors.required(SPEC.child("type"), "");
        } else {
            errors.oneOf(SPEC.child("type"), type, TYPES);
        }
        validateSourceRanges(service, spec, type, errors);
        validateBalancer(spec, type, errors);
        validateTraffic(service, spec, errors);
    }

    private static void validateExternalName(JsonObject spec, FieldErrors errors) {
        if (!spec.arrayOrEmpty("clusterIPs").isEmpty()) {
            errors.forbidden(SPEC.child("clusterIPs"), NOT_FOR_NAMES);
        }
        if (!spec.arrayOrEmpty("ipFamilies").isEmpty()) {
            errors.forbidden(SPEC.child("ipFamilies"), NOT_FOR_NAMES);
        }
        if (!Defaults.absent(spec, "ipFamilyPolicy")) {
            errors.forbidden(SPEC.child("ipFamilyPolicy"), NOT_FOR_NAMES);
        }
        String name = spec.text("externalName");
        String checked = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        if (checked.isEmpty()) {
            errors.required(SPEC.child("externalName"), "");
        } else {
            errors.invalid(SPEC.child("externalName"), checked, Names.dnsSubdomain(checked));
        }
    }

    private static void validatePorts(JsonObject spec, String type, FieldErrors errors) {
        List<JsonObject> ports = spec.objects("ports");
        Set<String> names = new HashSet<>();
        Set<String> nodePorts = new HashSet<>();
        Set<String> numbers = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            JsonObject port = ports.get(i);
            FieldPath at = SPEC.child("ports").index(i);
            validatePort(port, ports.size() > 1, names, at, errors);
            long nodePort = port.number("nodePort", 0);
            String protocol = port.text("protocol");
            if (nodePort != 0 && type.equals("ClusterIP")) {
                errors.forbidden(at.child("nodePort"), "may not be used when `type` is 'ClusterIP'");
            }
            if (nodePort != 0 && !nodePorts.add(protocol + nodePort)) {
                errors.duplicate(at.child("nodePort"), io.fairlead.apiserver.internal.codec.JsonNumber.of(nodePort));
            }
            if (!numbers.add(protocol + port.number("port", 0))) {
                errors.duplicate(
                        at,
                        new JsonObject()
                                .put("Name", "")
                                .put("Protocol", protocol)
                                .put("AppProtocol", JsonNull.NULL)
                                .put("Port", port.number("port", 0))
                                .put("TargetPort", 0)
                                .put("NodePort", 0));
            }
        }
    }

    private static void validatePort(
            JsonObject port, boolean needsName, Set<String> names, FieldPath at, FieldErrors errors) {
        String name = port.text("name");
        if (needsName && name.isEmpty()) {
            errors.required(at.child("name"), "");
        } else if (!name.isEmpty()) {
            errors.invalid(at.child("name"), name, Names.dnsLabel(name));
            if (!names.add(name)) {
                errors.duplicate(at.child("name"), name);
            }
        }
        Addresses.validatePort(port.number("port", 0), at.child("port"), errors);
        String protocol = port.text("protocol");
        if (protocol.isEmpty()) {
            errors.required(at.child("protocol"), "");
        } else {
            errors.oneOf(at.child("protocol"), protocol, PodPorts.PROTOCOLS);
        }
        PodPorts.validateNumberOrName(port.get("targetPort"), at.child("targetPort"), errors);
        if (!Defaults.absent(port, "appProtocol")) {
            errors.invalid(
                    at.child("appProtocol"), port.text("appProtocol"), Names.qualified(port.text("appProtocol")));
        }
    }

    private static void validateAffinity(JsonObject spec, FieldErrors errors) {
        String affinity = spec.text("sessionAffinity");
        if (affinity.isEmpty()) {
            errors.required(SPEC.child("sessionAffinity"), "");
        } else {
            errors.oneOf(SPEC.child("sessionAffinity"), affinity, List.of("ClientIP", "None"));
        }
        FieldPath at = SPEC.child("sessionAffinityConfig");
        if (affinity.equals("ClientIP")) {
            long seconds = spec.objectOrEmpty("sessionAffinityConfig")
                    .objectOrEmpty("clientIP")
                    .number("timeoutSeconds", 0);
            if (seconds <= 0 || seconds > AFFINITY_SECONDS_MAX) {
                errors.invalid(
                        at.child("clientIP", "timeoutSeconds"),
                        seconds,
                        "must be greater than 0 and less than " + AFFINITY_SECONDS_MAX);
            }
        } else if (affinity.equals("None") && spec.object("sessionAffinityConfig") != null) {
            errors.forbidden(at, "must not be set when session affinity is None");
        }
    }

    private static void validateExternalAddresses(JsonObject spec, FieldErrors errors) {
        JsonArray addresses = spec.arrayOrEmpty("externalIPs");
        for (int i = 0; i < addresses.size(); i++) {
            FieldPath at = SPEC.child("externalIPs").index(i);
            String address = addresses.text(i);
            List<String> problems = Addresses.address(address);
            errors.invalid(at, address, problems);
            if (problems.isEmpty()) {
                EndpointAddresses.validateUsable(address, at, errors);
            }
        }
    }

    private static void validateSourceRanges(JsonObject service, JsonObject spec, String type, FieldErrors errors) {
        JsonArray ranges = spec.arrayOrEmpty("loadBalancerSourceRanges");
        boolean balancer = type.equals("LoadBalancer");
        if (!ranges.isEmpty()) {
            FieldPath at = SPEC.child("LoadBalancerSourceRanges");
            if (!balancer) {
                errors.forbidden(at, BALANCERS_ONLY);
            }
            for (int i = 0; i < ranges.size(); i++) {
                String range = ranges.text(i).strip();
                errors.invalid(at.index(i), range, Addresses.legacyNetwork(range));
            }
            return;
        }
        JsonObject annotations = service.objectOrEmpty("metadata").objectOrEmpty("annotations");
        if (annotations.has(RANGES_ANNOTATION)) {
            FieldPath at = FieldPath.of("metadata").child("annotations").key(RANGES_ANNOTATION);
            if (!balancer) {
                errors.forbidden(at, BALANCERS_ONLY);
            }
            String value = annotations.text(RANGES_ANNOTATION).strip();
            for (String range : value.isEmpty() ? new String[0] : value.split(",", -1)) {
                errors.invalid(at, range.strip(), Addresses.legacyNetwork(range.strip()));
            }
        }
    }

    private static void validateBalancer(JsonObject spec, String type, FieldErrors errors) {
        boolean balancer = type.equals("LoadBalancer");
        boolean decided = !Defaults.absent(spec, "allocateLoadBalancerNodePorts");
        if (decided && !balancer) {
            errors.forbidden(SPEC.child("allocateLoadBalancerNodePorts"), BALANCERS_ONLY);
        } else if (!decided && balancer) {
            errors.required(SPEC.child("allocateLoadBalancerNodePorts"), "");
        }
        if (!Defaults.absent(spec, "loadBalancerClass")) {
            String name = spec.text("loadBalancerClass");
            if (!balancer) {
                errors.forbidden(SPEC.child("loadBalancerClass"), BALANCERS_ONLY);
            }
            errors.invalid(SPEC.child("loadBalancerClass"), name, Names.qualified(name));
        }
    }

    private static void validateTraffic(JsonObject service, JsonObject spec, FieldErrors errors) {
        String external = spec.text("externalTrafficPolicy");
        FieldPath at = SPEC.child("externalTrafficPolicy");
        if (!ServiceFacts.externallyAccessible(service)) {
            if (!external.isEmpty()) {
                errors.invalid(at, external, "may only be set for externally-accessible services");
            }
        } else if (external.isEmpty()) {
            errors.required(at, "");
        } else {
            errors.oneOf(at, external, SCOPES);
        }
        long checkPort = spec.number("healthCheckNodePort", 0);
        FieldPath checkPath = SPEC.child("healthCheckNodePort");
        if (!ServiceFacts.needsHealthCheckPort(service)) {
            if (checkPort != 0) {
                errors.invalid(
                        checkPath,
                        checkPort,
                        "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
            }
        } else if (checkPort == 0) {
            errors.required(checkPath, "");
        } else {
            Addresses.validatePort(checkPort, checkPath, errors);
        }
        if (ServiceFacts.needsClusterIp(service)) {
            if (Defaults.absent(spec, "internalTrafficPolicy")) {
                errors.required(SPEC.child("internalTrafficPolicy"), "");
            } else {
                errors.oneOf(SPEC.child("internalTrafficPolicy"), spec.text("internalTrafficPolicy"), SCOPES);
            }
        }
        if (!Defaults.absent(spec, "trafficDistribution")) {
            errors.oneOf(
                    SPEC.child("trafficDistribution"),
                    spec.text("trafficDistribution"),
                    List.of("PreferClose", "PreferSameZone", "PreferSameNode"));
        }
    }

    static void validateChange(JsonObject next, JsonObject old, FieldErrors errors) {
        JsonObject spec = next.objectOrEmpty("spec");
        JsonObject before = old.objectOrEmpty("spec");
        if (ServiceFacts.needsClusterIp(next) && ServiceFacts.needsClusterIp(old)) {
            validateKept("clusterIPs", spec, before, errors);
            validateKept("ipFamilies", spec, before, errors);
        }
        boolean balancers = ServiceFacts.type(next).equals("LoadBalancer")
                && ServiceFacts.type(old).equals("LoadBalancer");
        if (balancers && !GenericStrategy.same(spec.get("loadBalancerClass"), before.get("loadBalancerClass"))) {
            errors.invalid(SPEC.child("loadBalancerClass"), spec.get("loadBalancerClass"), "may not change once set");
        }
        if (ServiceFacts.needsHealthCheckPort(next)
                && ServiceFacts.needsHealthCheckPort(old)
                && before.number("healthCheckNodePort", 0) != spec.number("healthCheckNodePort", 0)) {
            errors.forbidden(SPEC.child("healthCheckNodePort"), "field is immutable");
        }
    }

    private static void validateKept(String field, JsonObject spec, JsonObject before, FieldErrors errors) {
        JsonArray now = spec.arrayOrEmpty(field);
        JsonArray was = before.arrayOrEmpty(field);
        for (int i = 0; i < Math.min(now.size(), was.size()); i++) {
            if (!now.get(i).equals(was.get(i))) {
                errors.invalid(SPEC.child(field).index(i), now, "may not change once set");
            }
        }
    }

    static void validateStatus(JsonObject service, FieldErrors errors) {
        FieldPath path = FieldPath.of("status").child("loadBalancer", "ingress");
        List<JsonObject> all =
                service.objectOrEmpty("status").objectOrEmpty("loadBalancer").objects("ingress");
        if (!all.isEmpty() && !ServiceFacts.type(service).equals("LoadBalancer")) {
            errors.forbidden(path, "may only be used when `spec.type` is \"LoadBalancer\"");
            return;
        }
        for (int i = 0; i < all.size(); i++) {
            JsonObject ingress = all.get(i);
            FieldPath at = path.index(i);
            String address = ingress.text("ip");
            if (!address.isEmpty()) {
                errors.invalid(at.child("ip"), address, Addresses.address(address));
            }
            if (!Defaults.absent(ingress, "ipMode")) {
                if (address.isEmpty()) {
                    errors.forbidden(at.child("ipMode"), "may not be specified when `ip` is not set");
                }
                errors.oneOf(at.child("ipMode"), ingress.text("ipMode"), List.of("Proxy", "VIP"));
            } else if (!address.isEmpty()) {
                errors.required(at.child("ipMode"), "must be specified when `ip` is set");
            }
            String host = ingress.text("hostname");
            if (!host.isEmpty()) {
                errors.invalid(at.child("hostname"), host, Names.dnsSubdomain(host));
                if (Addresses.isAddress(host)) {
                    errors.invalid(at.child("hostname"), host, "must be a DNS name, not an IP address");
                }
            }
        }
    }
}
