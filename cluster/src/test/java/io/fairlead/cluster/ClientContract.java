// SPDX-License-Identifier: Apache-2.0
package io.fairlead.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.fairlead.environment.Environment;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a fabric8 client may expect, whichever way it reaches the server. Each test uses names of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ClientContract {
    private Cluster cluster;
    private KubernetesClient client;

    /** A client of {@code cluster}, which listens on a port. */
    abstract KubernetesClient connect(Cluster cluster);

    @BeforeAll
    void start() throws IOException, InterruptedException {
        cluster = Cluster.builder(Environment.real()).port(0).nodes(2).start();
        client = connect(cluster);
    }

    @AfterAll
    void stop() {
        client.close();
        cluster.close();
    }

    @Test
    void createsReadsChangesAndDeletes() {
        ConfigMap created = client.configMaps().resource(configMap("crud", "1")).create();
        assertThat(created.getMetadata().getUid()).isNotEmpty();

        created.setData(Map.of("value", "2"));
        client.configMaps().resource(created).update();
        assertThat(Objects.requireNonNull(client.configMaps().withName("crud").get())
                        .getData())
                .containsEntry("value", "2");

        client.configMaps().withName("crud").delete();
        assertThat(client.configMaps().withName("crud").get()).isNull();
    }

    @Test
    void isToldOfAConflict() {
        ConfigMap first =
                client.configMaps().resource(configMap("conflict", "1")).create();
        client.configMaps()
                .withName("conflict")
                .edit(map -> new ConfigMapBuilder(map).addToData("value", "2").build());

        assertThatThrownBy(() -> client.configMaps().resource(first).update())
                .isInstanceOfSatisfying(KubernetesClientException.class, refusal -> {
                    assertThat(refusal.getCode()).isEqualTo(409);
                    assertThat(refusal.getStatus().getReason()).isEqualTo("Conflict");
                });
    }

    @Test
    void patchesInEachForm() {
        client.configMaps().resource(configMap("patched", "1")).create();
        client.configMaps()
                .withName("patched")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"data\":{\"merge\":\"1\"}}");
        client.configMaps()
                .withName("patched")
                .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), "{\"data\":{\"strategic\":\"1\"}}");
        client.configMaps()
                .withName("patched")
                .patch(PatchContext.of(PatchType.JSON), "[{\"op\":\"add\",\"path\":\"/data/json\",\"value\":\"1\"}]");
        ConfigMap applied = client.configMaps()
                .resource(new ConfigMapBuilder(configMap("patched", "1"))
                        .withData(Map.of("apply", "1"))
                        .build())
                .fieldManager("contract")
                .serverSideApply();

        assertThat(applied.getData().keySet())
                .containsExactlyInAnyOrder("value", "merge", "strategic", "json", "apply");
    }

    @Test
    void watches() throws InterruptedException {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        Watch watch = client.configMaps().withName("watched").watch(new Watcher<>() {
            @Override
            public void eventReceived(Action action, ConfigMap object) {
                seen.add(action + " " + object.getData().get("value"));
            }

            @Override
            public void onClose(WatcherException cause) {
                seen.add("failed");
            }
        });

        client.configMaps().resource(configMap("watched", "1")).create();
        client.configMaps().resource(configMap("watched", "2")).update();
        client.configMaps().withName("watched").delete();

        assertThat(next(seen)).isEqualTo("ADDED 1");
        assertThat(next(seen)).isEqualTo("MODIFIED 2");
        assertThat(next(seen)).isEqualTo("DELETED 2");
        watch.close();
    }

    @Test
    void informs() throws InterruptedException {
        client.configMaps().resource(labelled("before", "1")).create();
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        try (SharedIndexInformer<ConfigMap> informer =
                client.configMaps().withLabel("informed", "yes").inform(new Recorder(seen))) {
            assertThat(next(seen)).isEqualTo("added before");
            assertThat(informer.hasSynced()).isTrue();

            client.configMaps().resource(labelled("after", "1")).create();
            client.configMaps().resource(labelled("after", "2")).update();
            client.configMaps().withName("after").delete();

            assertThat(next(seen)).isEqualTo("added after");
            assertThat(next(seen)).isEqualTo("changed after from 1 to 2");
            assertThat(next(seen)).isEqualTo("removed after");
            assertThat(informer.getIndexer().list()).hasSize(1);
        }
    }

    @Test
    void seesADeploymentThroughToItsPods() {
        Deployment deployment = client.apps()
                .deployments()
                .resource(new DeploymentBuilder()
                        .withNewMetadata()
                        .withName("web")
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(2)
                        .withNewSelector()
                        .addToMatchLabels("app", "web")
                        .endSelector()
                        .withNewTemplate()
                        .withNewMetadata()
                        .addToLabels("app", "web")
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("web")
                        .withImage("registry.example/web:1")
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();

        client.apps()
                .deployments()
                .resource(deployment)
                .waitUntilCondition(Readiness::isDeploymentReady, 30, TimeUnit.SECONDS);

        assertThat(client.pods().withLabel("app", "web").list().getItems())
                .hasSize(2)
                .extracting(Pod::getSpec)
                .extracting(spec -> spec.getNodeName())
                .doesNotContainNull();
    }

    @Test
    void isToldWhatDoesNotExist() {
        assertThatThrownBy(() -> client.configMaps().withName("nosuch").patch("{\"data\":{}}"))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("configmaps \"nosuch\" not found");
    }

    private static ConfigMap configMap(String name, String value) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .addToData("value", value)
                .build();
    }

    private static ConfigMap labelled(String name, String value) {
        return new ConfigMapBuilder(configMap(name, value))
                .editMetadata()
                .addToLabels("informed", "yes")
                .endMetadata()
                .build();
    }

    private static String next(BlockingQueue<String> seen) throws InterruptedException {
        return Optional.ofNullable(seen.poll(20, TimeUnit.SECONDS)).orElse("nothing");
    }

    private record Recorder(BlockingQueue<String> seen) implements ResourceEventHandler<ConfigMap> {
        @Override
        public void onAdd(ConfigMap map) {
            seen.add("added " + map.getMetadata().getName());
        }

        @Override
        public void onUpdate(ConfigMap old, ConfigMap map) {
            seen.add("changed " + map.getMetadata().getName() + " from "
                    + old.getData().get("value") + " to " + map.getData().get("value"));
        }

        @Override
        public void onDelete(ConfigMap map, boolean stale) {
            seen.add("removed " + map.getMetadata().getName());
        }
    }
}
