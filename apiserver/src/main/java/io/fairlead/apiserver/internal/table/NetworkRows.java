// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.table;

import io.fairlead.apiserver.internal.codec.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The rows of services and of what is around them. */
final class NetworkRows {
    static final Map<String, TableFormat.Printer> PRINTERS = Map.of(
            "/Service", NetworkRows::service,
            "/Endpoints", NetworkRows::endpoints,
            "discovery.k8s.io/EndpointSlice", NetworkRows::endpointSlice,
            "networking.k8s.io/Ingress", NetworkRows::ingress,
            "networking.k8s.io/IngressClass", NetworkRows::ingressClass,
            "networking.k8s.io/NetworkPolicy", NetworkRows::networkPolicy,
            "networking.k8s.io/ServiceCIDR", NetworkRows::serviceCidr,
            "networking.k8s.io/IPAddress", NetworkRows::ipAddress);

    /** As many endpoints or hosts are shown. */
    private static final int SHOWN_MAX = 3;

    private NetworkRows() {}

    private static void service(JsonObject object, Row row) {
        JsonObject spec = object.objectOrEmpty("spec");
        List<String> clusterIps = spec.texts("clusterIPs");
        List<String> ports = new ArrayList<>();
        for (JsonObject port : spec.objects("ports")) {
            long nodePort = port.number("nodePort");
            ports.add(port.number("port") + (nodePort > 0 ? ":" + nodePort : "") + "/" + port.text("protocol"));
        }
        row.name(object)
                .text(spec.text("type"))
                .text(clusterIps.isEmpty() ? Row.NONE : clusterIps.getFirst())
                .text(externalIp(object, spec))
                .textOr(String.join(",", ports), Row.NONE)
                .age(object)
                .text(Texts.labels(spec.objectOrEmpty("selector")));
    }

    private static String externalIp(JsonObject object, JsonObject spec) {
        List<String> external = spec.texts("externalIPs");
        return switch (spec.text("type")) {
            case "ClusterIP", "NodePort" -> external.isEmpty() ? Row.NONE : String.join(",", external);
            case "LoadBalancer" -> {
                List<String> all = new ArrayList<>(loadBalancer(object));
                all.addAll(external);
                yield all.isEmpty() ? "<pending>" : String.join(",", all);
            }
            case "ExternalName" -> spec.text("externalName");
            default -> Row.UNKNOWN;
        };
    }

    /** The addresses under which the load balancer of {@code object} is reached, each once. */
    private static Set<String> loadBalancer(JsonObject object) {
        Set<String> addresses = new TreeSet<>();
        JsonObject status = object.objectOrEmpty("status").objectOrEmpty("loadBalancer");
        for (JsonObject ingress : status.objects("ingress")) {
            String address = ingress.text("ip").isEmpty() ? ingress.text("hostname") : ingress.text("ip");
            if (!address.isEmpty()) {
                addresses.add(address);
            }
        }
        return addresses;
    }

    private static void endpoints(JsonObject object, Row row) {
        List<JsonObject> subsets = object.objects("subsets");
        List<String> all = new ArrayList<>();
        for (JsonObject subset : subsets) {
            List<JsonObject> ports = subset.objects("ports");
            if (ports.isEmpty()) {
                subset.objects("addresses").forEach(address -> all.add(address.text("ip")));
            }
            for (JsonObject port : ports) {
                for (JsonObject address : subset.objects("addresses")) {
                    all.add(hostPort(address.text("ip"), port.number("port")));
                }
            }
        }
        String text = subsets.isEmpty() ? Row.NONE : String.join(",", all);
        if (all.size() > SHOWN_MAX) {
            text = Texts.withMore(all.subList(0, SHOWN_MAX), all.size());
        }
        row.name(object).text(text).age(object);
    }

    private static String hostPort(String host, long port) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private static void endpointSlice(JsonObject object, Row row) {
        List<String> ports = new ArrayList<>();
        for (JsonObject port : object.objects("ports")) {
            String name = port.textOrNull("name");
            ports.add(Row.value(port.get("port"), name == null ? "*" : name));
        }
        List<String> addresses = new ArrayList<>();
        object.objects("endpoints").forEach(endpoint -> addresses.addAll(endpoint.texts("addresses")));
        row.name(object)
                .text(object.text("addressType"))
                .text(Texts.firstOf(ports))
                .text(Texts.firstOf(addresses))
                .age(object);
    }

    private static void ingress(JsonObject object, Row row) {
        JsonObject spec = object.objectOrEmpty("spec");
        String className = spec.textOrNull("ingressClassName");
        row.name(object)
                .text(className == null ? Row.NONE : className)
                .text(hosts(spec.objects("rules")))
                .text(String.join(",", loadBalancer(object)))
                .text(spec.objects("tls").isEmpty() ? "80" : "80, 443")
                .age(object);
    }

    private static String hosts(List<JsonObject> rules) {
        List<String> hosts = new ArrayList<>();
        boolean more = false;
        for (JsonObject rule : rules) {
            more |= hosts.size() == SHOWN_MAX;
            if (!more && !rule.text("host").isEmpty()) {
                hosts.add(rule.text("host"));
            }
        }
        if (hosts.isEmpty()) {
            return "*";
        }
        return more ? Texts.withMore(hosts, rules.size()) : String.join(",", hosts);
    }

    private static void ingressClass(JsonObject object, Row row) {
        JsonObject spec = object.objectOrEmpty("spec");
        JsonObject reference = spec.object("parameters");
        String parameters = Row.NONE;
        if (reference != null) {
            String group = reference.textOrNull("apiGroup");
            parameters = reference.text("kind") + (group == null ? "" : "." + group) + "/" + reference.text("name");
        }
        String name = object.objectOrEmpty("metadata").text("name");
        boolean isDefault = Texts.annotation(object, "ingressclass.kubernetes.io/is-default-class")
                .equals("true");
        row.text(isDefault ? name + " (default)" : name)
                .text(spec.text("controller"))
                .text(parameters)
                .age(object);
    }

    private static void networkPolicy(JsonObject object, Row row) {
        JsonObject selector = object.objectOrEmpty("spec").objectOrEmpty("podSelector");
        row.name(object).text(Texts.selector(selector)).age(object);
    }

    private static void serviceCidr(JsonObject object, Row row) {
        List<String> cidrs = object.objectOrEmpty("spec").texts("cidrs");
        row.name(object).text(String.join(",", cidrs)).age(object);
    }

    private static void ipAddress(JsonObject object, Row row) {
        JsonObject parent = object.objectOrEmpty("spec").object("parentRef");
        String text = Row.NONE;
        if (parent != null) {
            String group = parent.text("group");
            text = (parent.text("resource") + (group.isEmpty() ? "" : "." + group)).toLowerCase(Locale.ROOT);
            text += parent.text("namespace").isEmpty() ? "" : "/" + parent.text("namespace");
            text += "/" + parent.text("name");
        }
        // The original, too, has a cell more than columns.
        row.name(object).text(text).age(object);
    }
}
