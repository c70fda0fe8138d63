// SPDX-License-Identifier: Apache-2.0
package io.fairlead.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fairlead.apiserver.ApiRequest.Peer;
import java.util.Set;

class InProcessClientTest extends ClientContract {
    @Override
    KubernetesClient connect(Cluster cluster) {
        return cluster.transport(new Peer.Local("admin", Set.of("system:masters")))
                .client("contract");
    }
}
