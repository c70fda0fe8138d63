// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.endpoints;

import io.fairlead.framework.JsonCursor;
import io.fairlead.framework.LabelSelector;
import io.fairlead.framework.ObjectMetadata;
import io.fairlead.framework.Projection;
import io.fairlead.framework.ResourceType;
import io.fairlead.framework.Source;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What the controllers want to know of a Service.
 *
 * @param selector empty if it has none, and somebody else says where its backends are
 * @param families of addresses, such as {@code IPv4}, the first one first
 * @param publishNotReady whether pods that are not ready are as good as ready
 * @param trafficDistribution empty if it has none
 */
record ServiceFacts(
        ObjectMetadata metadata,
        Map<String, String> selector,
        String type,
        String clusterIp,
        List<String> families,
        List<Port> ports,
        boolean publishNotReady,
        String trafficDistribution) {
    static final Source<ServiceFacts> SOURCE = Source.of(
            ResourceType.SERVICES, Projection.facts("service facts", ServiceFacts::read, ServiceFacts::metadata));

    static final String IPV4 = "IPv4";
    static final String IPV6 = "IPv6";

    ServiceFacts {
        families = List.copyOf(families);
        ports = List.copyOf(ports);
    }

    /**
     * A port of the Service.
     *
     * @param target a number, or the name of a port of the pods
     * @param appProtocol empty if it has none
     */
    record Port(String name, String protocol, int number, String target, String appProtocol) {}

    /** Whether its backends are the pods it selects. */
    boolean selectsPods() {
        return !selector.isEmpty() && !type.equals("ExternalName");
    }

    /** Whether it has no address of its own. */
    boolean headless() {
        return clusterIp.equals("None");
    }

    boolean selects(Map<String, String> labels) {
        return selectsPods() && LabelSelector.ofLabels(selector).matches(labels);
    }

    private static ServiceFacts read(JsonCursor json) throws IOException {
        Fields fields = new Fields();
        json.beginObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "metadata" -> fields.metadata = ObjectMetadata.read(json);
                case "spec" -> {
                    json.beginObject();
                    while (json.nextField()) {
                        fields.readSpec(json);
                    }
                }
                default -> json.skip();
            }
        }
        return fields.toFacts();
    }

    /** What has been read so far. */
    private static final class Fields {
        private ObjectMetadata metadata = ObjectMetadata.of("", "", "");
        private Map<String, String> selector = Map.of();
        private String type = "ClusterIP";
        private String clusterIp = "";
        private List<String> families = List.of();
        private List<Port> ports = List.of();
        private boolean publishNotReady;
        private String trafficDistribution = "";

        private void readSpec(JsonCursor json) throws IOException {
            switch (json.field()) {
                case "selector" -> selector = json.strings();
                case "type" -> type = json.shared();
                case "clusterIP" -> clusterIp = json.text();
                case "ipFamilies" -> families = json.texts();
                case "publishNotReadyAddresses" -> publishNotReady = json.bool();
                case "trafficDistribution" -> trafficDistribution = json.shared();
                case "ports" -> ports = json.list(Fields::readPort);
                default -> json.skip();
            }
        }

        private static Port readPort(JsonCursor json) throws IOException {
            String name = "";
            String protocol = "TCP";
            int number = 0;
            String target = "";
            String appProtocol = "";
            json.beginObject();
            while (json.nextField()) {
                switch (json.field()) {
                    case "name" -> name = json.shared();
                    case "protocol" -> protocol = json.shared();
                    case "port" -> number = json.int32();
                    case "targetPort" -> target = json.isText() ? json.text() : Long.toString(json.integer());
                    case "appProtocol" -> appProtocol = json.text();
                    default -> json.skip();
                }
            }
            return new Port(name, protocol, number, target.isEmpty() ? Integer.toString(number) : target, appProtocol);
        }

        private ServiceFacts toFacts() {
            List<String> known = families.isEmpty() ? List.of(clusterIp.indexOf(':') >= 0 ? IPV6 : IPV4) : families;
            return new ServiceFacts(
                    metadata, selector, type, clusterIp, known, ports, publishNotReady, trafficDistribution);
        }
    }
}
