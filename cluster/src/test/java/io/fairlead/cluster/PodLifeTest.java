// SPDX-License-Identifier: Apache-2.0
package io.fairlead.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Binding;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodSchedulingGateBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fairlead.environment.Environment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Scheduler and simulated nodes against the real server: pods from their creation to their end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class PodLifeTest {
    private static final int PATIENCE_SECONDS = 60;
    private static final String NAMESPACE = "default";

    private @Nullable Cluster cluster;

    @BeforeAll
    void start() throws Exception {
        cluster = Cluster.builder(Environment.real()).nodes(3).start();
    }

    @AfterAll
    void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    private KubernetesClient client() {
        return Objects.requireNonNull(cluster).client();
    }

    private PodResource pod(String name) {
        return client().pods().inNamespace(NAMESPACE).withName(name);
    }

    private static PodBuilder podNamed(String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("app")
                .withImage("registry.example/app:1")
                .endContainer()
                .endSpec();
    }

    private void create(PodBuilder pod) {
        client().pods().inNamespace(NAMESPACE).resource(pod.build()).create();
    }

    private Pod await(String name, Predicate<Pod> condition) {
        return Objects.requireNonNull(pod(name)
                .waitUntilCondition(
                        found -> found != null && condition.test(found), PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    private static boolean inPhase(Pod pod, String phase) {
        return phase.equals(pod.getStatus().getPhase());
    }

    private static Optional<PodCondition> condition(Pod pod, String type) {
        return pod.getStatus().getConditions().stream()
                .filter(each -> each.getType().equals(type))
                .findFirst();
    }

    private static String reason(Pod pod, String type) {
        return condition(pod, type).map(PodCondition::getReason).orElse("");
    }

    private List<String> events(String pod) {
        List<String> events = new ArrayList<>();
        client().v1().events().inNamespace(NAMESPACE).list().getItems().stream()
                .filter(each -> each.getInvolvedObject().getName().equals(pod))
                .forEach(each -> events.add(each.getReason() + ": " + each.getMessage()));
        return events;
    }

    @Nested
    class APod {
        @Test
        void isPlacedAndRunsUnderAnAddressOfItsOwn() {
            for (int i = 0; i < 4; i++) {
                create(podNamed("plain-" + i));
            }
            Set<String> addresses = new HashSet<>();
            for (int i = 0; i < 4; i++) {
                Pod running = await("plain-" + i, found -> inPhase(found, "Running"));
                addresses.add(running.getStatus().getPodIP());
                assertThat(condition(running, "Ready").map(PodCondition::getStatus))
                        .contains("True");
                assertThat(running.getStatus().getHostIP())
                        .isNotEqualTo(running.getStatus().getPodIP());
                assertThat(running.getSpec().getNodeName()).startsWith("node-");
            }

            assertThat(addresses).hasSize(4);
        }

        @Test
        void thatFitsNowhereSaysWhyAndIsPlacedWhenThatChanges() {
            PodBuilder picky = podNamed("picky");
            picky.editSpec().addToNodeSelector("disk", "ssd").endSpec();
            create(picky);

            Pod waiting = await("picky", found -> reason(found, "PodScheduled").equals("Unschedulable"));
            // Other tests may have added nodes.
            assertThat(condition(waiting, "PodScheduled").map(PodCondition::getMessage))
                    .hasValueSatisfying(message -> assertThat(message)
                            .contains("3 node(s) didn't match Pod's node affinity/selector")
                            .endsWith(" Preemption is not helpful for scheduling."));

            client().nodes().withName("node-1").edit(node -> new NodeBuilder(node)
                    .editMetadata()
                    .addToLabels("disk", "ssd")
                    .endMetadata()
                    .build());

            Pod running = await("picky", found -> inPhase(found, "Running"));
            assertThat(running.getSpec().getNodeName()).isEqualTo("node-1");
            assertThat(condition(running, "PodScheduled").map(PodCondition::getStatus))
                    .contains("True");
        }

        @Test
        void isNotTouchedWhileItHasGates() {
            PodBuilder gated = podNamed("gated");
            gated.editSpec()
                    .withSchedulingGates(new PodSchedulingGateBuilder()
                            .withName("example.com/a")
                            .build())
                    .endSpec();
            create(gated);
            create(podNamed("after-gated"));
            await("after-gated", found -> inPhase(found, "Running"));

            assertThat(events("gated")).isEmpty();
            assertThat(pod("gated").get().getSpec().getNodeName()).isNull();

            pod("gated").patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"schedulingGates\":null}}");

            await("gated", found -> inPhase(found, "Running"));
        }

        @Test
        void thatAsksForAnotherSchedulerIsBoundByThat() {
            PodBuilder foreign = podNamed("foreign");
            foreign.editSpec().withSchedulerName("other").endSpec();
            create(foreign);
            create(podNamed("after-foreign"));
            await("after-foreign", found -> inPhase(found, "Running"));
            assertThat(pod("foreign").get().getSpec().getNodeName()).isNull();

            Binding binding = new io.fabric8.kubernetes.api.model.BindingBuilder()
                    .withNewMetadata()
                    .withName("foreign")
                    .endMetadata()
                    .withNewTarget()
                    .withKind("Node")
                    .withName("node-2")
                    .endTarget()
                    .build();
            client().bindings().inNamespace(NAMESPACE).resource(binding).create();

            assertThat(await("foreign", found -> inPhase(found, "Running"))
                            .getSpec()
                            .getNodeName())
                    .isEqualTo("node-2");
        }

        @Test
        void whoseCommandFailsHasFailed() {
            PodBuilder failing = podNamed("failing");
            failing.editSpec()
                    .withRestartPolicy("Never")
                    .editFirstContainer()
                    .withCommand("sh", "-c", "exit 3")
                    .endContainer()
                    .endSpec();
            create(failing);

            Pod failed = await("failing", found -> inPhase(found, "Failed"));

            assertThat(failed.getStatus()
                            .getContainerStatuses()
                            .getFirst()
                            .getState()
                            .getTerminated()
                            .getExitCode())
                    .isEqualTo(3);
            assertThat(condition(failed, "Ready").map(PodCondition::getStatus)).contains("False");
        }

        @Test
        void thatIsDeletedVanishesUnlessSomebodyHoldsIt() {
            PodBuilder held = podNamed("held");
            held.editMetadata().addToFinalizers("example.com/hold").endMetadata();
            create(held);
            await("held", found -> inPhase(found, "Running"));

            pod("held").delete();
            await("held", found -> Objects.equals(found.getMetadata().getDeletionGracePeriodSeconds(), 0L));
            pod("held").patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":null}}");

            pod("held").waitUntilCondition(Objects::isNull, PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(pod("held").get()).isNull();
        }
    }

    @Nested
    class ANode {
        private void createNode(String name, Map<String, String> annotations) {
            client().resource(new NodeBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .addToAnnotations(annotations)
                            .addToLabels("kubernetes.io/hostname", name)
                            .endMetadata()
                            .withNewSpec()
                            .withTaints(new Taint("NoSchedule", "own", null, ""))
                            .endSpec()
                            .withNewStatus()
                            .addToAllocatable("cpu", new Quantity("2"))
                            .addToAllocatable("memory", new Quantity("4Gi"))
                            .addToAllocatable("pods", new Quantity("10"))
                            .endStatus()
                            .build())
                    .create();
        }

        private void createPodOn(String node, String name) {
            PodBuilder pinned = podNamed(name);
            pinned.editSpec().withNodeName(node).endSpec();
            create(pinned);
        }

        @Test
        void ofOthersThatSaysItIsNotRealRunsPods() {
            createNode("borrowed", Map.of("kwok.x-k8s.io/node", "fake"));
            createPodOn("borrowed", "on-borrowed");

            await("on-borrowed", found -> inPhase(found, "Running"));
            client().nodes()
                    .withName("borrowed")
                    .waitUntilCondition(
                            node -> node != null
                                    && node.getStatus().getConditions().stream()
                                            .anyMatch(each -> each.getType().equals("Ready")
                                                    && each.getStatus().equals("True"))
                                    && node.getSpec().getTaints().stream()
                                            .allMatch(each -> each.getKey().equals("own")),
                            PATIENCE_SECONDS,
                            TimeUnit.SECONDS);
        }

        @Test
        void ofOthersThatIsRealIsLeftAlone() {
            createNode("real", Map.of());
            createPodOn("real", "on-real");
            create(podNamed("after-real"));
            await("after-real", found -> inPhase(found, "Running"));

            assertThat(pod("on-real").get().getStatus().getPhase()).isEqualTo("Pending");
            assertThat(client().nodes().withName("real").get().getStatus().getConditions())
                    .isEmpty();
        }

        @Test
        void hasALeaseThatItOwns() {
            var lease = client().leases()
                    .inNamespace("kube-node-lease")
                    .withName("node-0")
                    .waitUntilCondition(Objects::nonNull, PATIENCE_SECONDS, TimeUnit.SECONDS);

            assertThat(lease.getSpec().getLeaseDurationSeconds()).isEqualTo(40);
            assertThat(lease.getMetadata().getOwnerReferences()).singleElement().satisfies(owner -> assertThat(
                            owner.getUid())
                    .isEqualTo(client().nodes()
                            .withName("node-0")
                            .get()
                            .getMetadata()
                            .getUid()));
        }
    }
}
