// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.internal;

import io.fairlead.framework.JsonCursor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a pod can be reached.
 *
 * @param addresses in the order of the pod; empty until it has one
 * @param ports that have a name, of containers that run as long as the pod
 */
public record PodNetwork(List<String> addresses, String hostname, String subdomain, List<NamedPort> ports) {
    public static final PodNetwork NONE = new PodNetwork(List.of(), "", "", List.of());

    public PodNetwork {
        addresses = List.copyOf(addresses);
        ports = List.copyOf(ports);
    }

    /** A port of a container. */
    public record NamedPort(String name, String protocol, int number) {}

    /** Reads the fields that are about the network, and passes over all others. */
    static final class Reader {
        private String address = "";
        private List<String> addresses = List.of();
        private String hostname = "";
        private String subdomain = "";
        private List<NamedPort> ports = List.of();
        private List<NamedPort> ofContainer = List.of();

        /** A field of the spec. */
        void readSpec(JsonCursor json) throws IOException {
            switch (json.field()) {
                case "hostname" -> hostname = json.shared();
                case "subdomain" -> subdomain = json.shared();
                case "containers" -> {
                    json.beginArray();
                    while (json.nextElement()) {
                        json.beginObject();
                        while (json.nextField()) {
                            if (json.field().equals("ports")) {
                                readPorts(json);
                            } else {
                                json.skip();
                            }
                        }
                        endContainer(true);
                    }
                }
                default -> json.skip();
            }
        }

        /** The ports of one container. */
        void readPorts(JsonCursor json) throws IOException {
            ofContainer = new ArrayList<>();
            json.beginArray();
            while (json.nextElement()) {
                String name = "";
                String protocol = "TCP";
                int number = 0;
                json.beginObject();
                while (json.nextField()) {
                    switch (json.field()) {
                        case "name" -> name = json.shared();
                        case "protocol" -> protocol = json.shared();
                        case "containerPort" -> number = json.int32();
                        default -> json.skip();
                    }
                }
                if (!name.isEmpty()) {
                    ofContainer.add(new NamedPort(name, protocol, number));
                }
            }
        }

        /** The container ends whose ports were read; {@code runs} unless it ends before the pod begins. */
        void endContainer(boolean runs) {
            if (runs && !ofContainer.isEmpty()) {
                List<NamedPort> all = new ArrayList<>(ports);
                all.addAll(ofContainer);
                ports = all;
            }
            ofContainer = List.of();
        }

        /** A field of the status. */
        void readStatus(JsonCursor json) throws IOException {
            switch (json.field()) {
                case "podIP" -> address = json.text();
                case "podIPs" -> addresses = readAddresses(json);
                default -> json.skip();
            }
        }

        private static List<String> readAddresses(JsonCursor json) throws IOException {
            List<String> addresses = new ArrayList<>(1);
            json.beginArray();
            while (json.nextElement()) {
                json.beginObject();
                while (json.nextField()) {
                    if (json.field().equals("ip")) {
                        addresses.add(json.text());
                    } else {
                        json.skip();
                    }
                }
            }
            return addresses;
        }

        PodNetwork toNetwork() {
            List<String> all = addresses.isEmpty() && !address.isEmpty() ? List.of(address) : addresses;
            return all.isEmpty() && hostname.isEmpty() && subdomain.isEmpty() && ports.isEmpty()
                    ? NONE
                    : new PodNetwork(all, hostname, subdomain, ports);
        }
    }
}
