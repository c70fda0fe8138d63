// SPDX-License-Identifier: Apache-2.0
package io.fairlead.samples;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fairlead.cluster.Cluster;
import io.fairlead.environment.Environment;
import java.util.concurrent.TimeUnit;

/** Starts a cluster in this JVM, has it run a Deployment, and prints its pods. */
public final class HelloCluster {
    private HelloCluster() {}

    public static void main(String[] arguments) throws Exception {
        // README-START
        try (Cluster cluster = Cluster.builder(Environment.real()).nodes(3).start();
                KubernetesClient client = cluster.client()) {
            client.load(HelloCluster.class.getResourceAsStream("/web.yaml")).create();
            client.apps().deployments().withName("web").waitUntilReady(10, TimeUnit.SECONDS);
            for (Pod pod : client.pods().withLabel("app", "web").list().getItems()) {
                String node = pod.getSpec().getNodeName();
                System.out.println(
                        pod.getMetadata().getName() + " is " + pod.getStatus().getPhase() + " on " + node);
            }
        }
        // README-END
    }
}
