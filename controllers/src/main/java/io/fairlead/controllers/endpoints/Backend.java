// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.endpoints;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.controllers.internal.PodFacts;
import io.fairlead.controllers.internal.PodNetwork.NamedPort;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A pod as one address of a Service.
 *
 * @param hostname empty if it has no name of its own below the Service
 * @param ports those of the Service that the pod has
 */
record Backend(PodFacts pod, String address, String hostname, List<Port> ports) {
    /** A port of the pod by its name in the Service. */
    record Port(String name, String protocol, int number, String appProtocol) {
        static final Comparator<Port> ORDER = Comparator.comparing(Port::name)
                .thenComparing(Port::protocol)
                .thenComparingInt(Port::number)
                .thenComparing(Port::appProtocol);
    }

    Backend {
        ports = List.copyOf(ports);
    }

    /**
     * The pod as a backend of the Service in one family of addresses.
     *
     * @return empty if it has no such address, or has ended
     */
    static Optional<Backend> of(ServiceFacts service, PodFacts pod, String family) {
        if (pod.ended()) {
            return Optional.empty();
        }
        String hostname = pod.network().hostname();
        boolean named = pod.network().subdomain().equals(service.metadata().name());
        return pod.network().addresses().stream()
                .filter(address -> (address.indexOf(':') >= 0) == family.equals(ServiceFacts.IPV6))
                .findFirst()
                .map(address -> new Backend(pod, address, named ? hostname : "", ports(service, pod)));
    }

    private static List<Port> ports(ServiceFacts service, PodFacts pod) {
        List<Port> ports = new ArrayList<>();
        for (ServiceFacts.Port port : service.ports()) {
            number(port, pod)
                    .ifPresent(number -> ports.add(new Port(port.name(), port.protocol(), number, port.appProtocol())));
        }
        return ports;
    }

    private static OptionalInt number(ServiceFacts.Port port, PodFacts pod) {
        if (port.target().chars().allMatch(each -> each >= '0' && each <= '9')) {
            return OptionalInt.of(Integer.parseInt(port.target()));
        }
        return pod.network().ports().stream()
                .filter(each ->
                        each.name().equals(port.target()) && each.protocol().equals(port.protocol()))
                .mapToInt(NamedPort::number)
                .findFirst();
    }

    /** The reference to the pod that both kinds of object carry. */
    ObjectNode targetRef() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", "Pod")
                .put("namespace", pod.metadata().namespace())
                .put("name", pod.metadata().name())
                .put("uid", pod.metadata().uid());
    }

    /** Ports as they stand in an Endpoints subset ({@code emptyNames} false) or in a slice. */
    static ArrayNode tree(List<Port> ports, boolean emptyNames) {
        ArrayNode tree = JsonNodeFactory.instance.arrayNode();
        for (Port port : ports) {
            ObjectNode each = tree.addObject();
            if (emptyNames || !port.name().isEmpty()) {
                each.put("name", port.name());
            }
            each.put("port", port.number()).put("protocol", port.protocol());
            if (!port.appProtocol().isEmpty()) {
                each.put("appProtocol", port.appProtocol());
            }
        }
        return tree;
    }
}
