// SPDX-License-Identifier: Apache-2.0
package io.fairlead.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fairlead.apiserver.ApiRequest.Peer;
import io.fairlead.environment.Environment;
import io.fairlead.environment.Task;
import io.fairlead.framework.ControllerHost;
import io.fairlead.framework.ObjectKey;
import io.fairlead.framework.ResourceType;
import io.fairlead.framework.Write;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Deployments roll from template to template while streams end, versions expire and writes are refused; people change their minds in
 * the middle.
 *
 * <p>What goes wrong is drawn from the seed, when it does depends on the machine: the rules hold in every order.
 */
class RolloutUnderFaultsTest {
    private static final int REPLICAS = 8;
    private static final int TEMPLATES = 4;

    /**
     * Often enough that no rollout gets by without. An informer whose streams end soon waits longer each time, so that more
     * would test patience and nothing else.
     */
    private static final Duration BETWEEN_CUTS = Duration.ofMillis(200);

    private static final Peer.Local WITNESS = new Peer.Local("witness", Set.of("system:masters"));

    private final Environment environment = Environment.real();

    /** How a Deployment rolls: its name, how many more there may be, how many fewer available. */
    private record Rollout(String app, int surge, int unavailable) {}

    private static final List<Rollout> ROLLOUTS =
            List.of(new Rollout("both", 2, 2), new Rollout("more", 1, 0), new Rollout("fewer", 0, 3));

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void staysWithinItsBoundsAndLeavesNothingBehind(long seed) throws IOException, InterruptedException {
        try (Cluster cluster = Cluster.builder(environment).apiServerOnly().start()) {
            FaultyServer faulty = new FaultyServer(cluster::handle, seed);
            List<Component> components = new ArrayList<>();
            LocalTransport clean = new LocalTransport(environment, cluster::handle, WITNESS);
            try (KubernetesClient client = clean.client("witness")) {
                ControllerHost host =
                        ControllerHost.builder(client, environment).build();
                RolloutWitness witness = new RolloutWitness(host);
                host.start();
                host.awaitStarted();
                for (Component.Role role : Cluster.builder(environment).nodes(3).roles("root certificates")) {
                    LocalTransport transport = new LocalTransport(environment, faulty::handle, role.peer());
                    components.add(Component.start(role, environment, transport.client(role.name())));
                }
                roll(client, host, witness, faulty, new Random(seed));
                host.stop(Duration.ofSeconds(1));
            } finally {
                components.reversed().forEach(Component::close);
            }
        }
    }

    @SuppressWarnings("checkstyle:ParameterNumber") // everybody who takes part
    private void roll(
            KubernetesClient client, ControllerHost host, RolloutWitness witness, FaultyServer faulty, Random random)
            throws InterruptedException {
        for (Rollout rollout : ROLLOUTS) {
            client.resource(deployment(rollout)).inNamespace("default").create();
        }
        for (Rollout rollout : ROLLOUTS) {
            witness.awaitComplete(rollout.app(), image(1));
            witness.hold(rollout.app(), REPLICAS + rollout.surge(), REPLICAS - rollout.unavailable());
        }
        Task cutter = environment.start("cutter", () -> cut(faulty));
        try {
            for (int template = 2; template <= TEMPLATES; template++) {
                for (Rollout rollout : ROLLOUTS) {
                    change(host, rollout, template);
                }
                // Some rollouts are overtaken by the next, some are not, and some have just begun.
                Rollout waitedFor = ROLLOUTS.get(random.nextInt(ROLLOUTS.size()));
                if (random.nextBoolean()) {
                    witness.awaitComplete(waitedFor.app(), image(template));
                } else {
                    witness.awaitBegun(waitedFor.app(), image(template));
                }
            }
            for (Rollout rollout : ROLLOUTS) {
                witness.awaitComplete(rollout.app(), image(TEMPLATES));
            }
            assertThat(witness.violations()).isEmpty();
            assertThat(witness.madeTwice()).isEmpty();
            assertThat(faulty.faults()).isPositive();

            witness.release();
            for (Rollout rollout : ROLLOUTS) {
                host.resources(ResourceType.DEPLOYMENTS)
                        .send(Write.delete(key(rollout)))
                        .orThrow();
            }
            witness.awaitNothing();
        } finally {
            faulty.heal();
            cutter.interrupt();
            cutter.join(Duration.ofSeconds(1));
        }
    }

    private void cut(FaultyServer faulty) throws InterruptedException {
        while (true) {
            environment.sleep(BETWEEN_CUTS);
            faulty.cutStreams();
        }
    }

    private static void change(ControllerHost host, Rollout rollout, int template) throws InterruptedException {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("spec")
                .putObject("template")
                .putObject("spec")
                .putArray("containers")
                .addObject()
                .put("name", "app")
                .put("image", image(template));
        host.resources(ResourceType.DEPLOYMENTS)
                .send(Write.patch(Write.Verb.PATCH_STRATEGIC, key(rollout), patch))
                .orThrow();
    }

    private static ObjectKey key(Rollout rollout) {
        return new ObjectKey("default", rollout.app());
    }

    private static String image(int template) {
        return "registry.example/app:" + template;
    }

    private static Deployment deployment(Rollout rollout) {
        Map<String, String> labels = Map.of("app", rollout.app());
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(rollout.app())
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withReplicas(REPLICAS)
                .withNewSelector()
                .withMatchLabels(labels)
                .endSelector()
                .withNewStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withMaxSurge(new IntOrString(rollout.surge()))
                .withMaxUnavailable(new IntOrString(rollout.unavailable()))
                .endRollingUpdate()
                .endStrategy()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("app")
                .withImage(image(1))
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    static LongStream seeds() {
        return LongStream.range(0, 3);
    }
}
