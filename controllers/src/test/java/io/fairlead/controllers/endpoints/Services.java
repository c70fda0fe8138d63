// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.endpoints;

import io.fairlead.controllers.internal.PodFacts;
import io.fairlead.controllers.internal.PodNetwork;
import io.fairlead.controllers.internal.PodNetwork.NamedPort;
import io.fairlead.controllers.internal.Pods;
import io.fairlead.framework.ObjectMetadata;
import java.util.List;
import java.util.Map;

/** Makes Services and pods behind them for tests. */
final class Services {
    private Services() {}

    /** A Service that sends TCP to {@code target} of its pods. */
    static ServiceFacts service(String target) {
        return service(target, "10.0.0.1", false);
    }

    static ServiceFacts service(String target, String clusterIp, boolean publishNotReady) {
        return new ServiceFacts(
                ObjectMetadata.of("default", "web", "uid-svc").withLabels(Map.of("own", "x")),
                Map.of("app", "web"),
                "ClusterIP",
                clusterIp,
                List.of(ServiceFacts.IPV4),
                List.of(new ServiceFacts.Port("", "TCP", 80, target, "")),
                publishNotReady,
                "");
    }

    /** The pod with an address, and a port {@code http} with {@code port}. */
    static PodFacts at(String address, int port, Pods pod) {
        PodFacts facts = pod.facts();
        return new PodFacts(
                facts.metadata(),
                facts.nodeName(),
                facts.phase(),
                facts.reason(),
                facts.ready(),
                facts.readySince(),
                facts.restarts(),
                facts.sidecarRestarts(),
                new PodNetwork(List.of(address), "", "", List.of(new NamedPort("http", "TCP", port))));
    }
}
