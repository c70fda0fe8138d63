// SPDX-License-Identifier: Apache-2.0
package io.fairlead.samples;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fairlead.cluster.Cluster;
import io.fairlead.environment.Environment;
import io.fairlead.framework.Context;
import io.fairlead.framework.Controller;
import io.fairlead.framework.ControllerHost;
import io.fairlead.framework.Outcome;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An operator: ConfigMaps with the annotation {@code owner} get a label of the same name and value, so that they can be selected by it.
 *
 * <p>Here it works on a cluster in the same JVM. With {@code new KubernetesClientBuilder().build()} instead of the cluster's client it
 * works on the one that the kubeconfig names.
 */
public final class LabelConfigMaps {
    private static final String OWNER = "owner";

    private LabelConfigMaps() {}

    public static void main(String[] arguments) throws Exception {
        Environment environment = Environment.real();
        try (Cluster cluster = Cluster.builder(environment).nodes(0).start();
                KubernetesClient client = cluster.client()) {
            ControllerHost host = ControllerHost.builder(client, environment).build();
            host.add(Controller.forResource(ConfigMap.class).reconciledBy(LabelConfigMaps::reconcile));
            host.start();

            client.configMaps()
                    .inNamespace("default")
                    .resource(ownedBy("team-a"))
                    .create();
            ConfigMap labelled = client.configMaps()
                    .inNamespace("default")
                    .withName("settings")
                    .waitUntilCondition(map -> Objects.equals(wanted(map), label(map)), 10, TimeUnit.SECONDS);
            System.out.println(labelled.getMetadata().getName() + " has the label owner=" + label(labelled));
            host.stop(Duration.ofSeconds(2));
        }
    }

    /** Called for each ConfigMap that is there, and again when one changes; never for one twice at a time. */
    static Outcome reconcile(ConfigMap map, Context context) {
        String owner = wanted(map);
        if (owner == null || owner.equals(label(map))) {
            return Outcome.settled();
        }
        ConfigMap written = context.kubernetes().configMaps().resource(map).edit(now -> new ConfigMapBuilder(now)
                .editMetadata()
                .addToLabels(OWNER, owner)
                .endMetadata()
                .build());
        // From here on nobody asks about this one again before the cache has what was written.
        context.wrote(written);
        return Outcome.settled();
    }

    private static @Nullable String wanted(ConfigMap map) {
        return map.getMetadata().getAnnotations().get(OWNER);
    }

    private static @Nullable String label(ConfigMap map) {
        return map.getMetadata().getLabels().get(OWNER);
    }

    private static ConfigMap ownedBy(String owner) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName("settings")
                .addToAnnotations(OWNER, owner)
                .endMetadata()
                .build();
    }
}
