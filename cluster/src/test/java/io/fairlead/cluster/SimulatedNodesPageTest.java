// SPDX-License-Identifier: Apache-2.0
package io.fairlead.cluster;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fairlead.environment.SimulatedEnvironment;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Does what {@code docs/simulated-nodes.md} shows, and holds what comes of it against what is written there. */
class SimulatedNodesPageTest {
    private static final Path PAGE = Path.of("..", "docs", "simulated-nodes.md");
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    private final SimulatedEnvironment environment = SimulatedEnvironment.inOrder(1);

    private interface Story {
        void tell(KubernetesClient client) throws InterruptedException;
    }

    /** Applies the page's examples to a cluster, and what is written around them as well. */
    private void play(Story story) throws InterruptedException {
        environment.run(() -> {
            try (Cluster cluster = Cluster.builder(environment).nodes(1).start()) {
                Matcher example = EXAMPLE.matcher(Files.readString(PAGE));
                while (example.find()) {
                    cluster.client()
                            .load(new ByteArrayInputStream(example.group(1).getBytes(StandardCharsets.UTF_8)))
                            .create();
                }
                story.tell(cluster.client());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void sleepUntil(int second) throws InterruptedException {
        environment.sleep(Duration.between(environment.now(), SimulatedEnvironment.START.plusSeconds(second)));
    }

    private static Pod pod(KubernetesClient client, String name) {
        return requireNonNull(
                client.pods().inNamespace("default").withName(name).get(), name);
    }

    private static String phase(KubernetesClient client, String name) {
        return pod(client, name).getStatus().getPhase();
    }

    private static ContainerStatus container(KubernetesClient client, String name) {
        return pod(client, name).getStatus().getContainerStatuses().getFirst();
    }

    @Test
    void aSlowPodStartsAndStopsAsSlowlyAsItIsToldTo() throws InterruptedException {
        play(client -> {
            sleepUntil(8);
            assertThat(phase(client, "slow")).isEqualTo("Pending");
            sleepUntil(12);
            assertThat(phase(client, "slow")).isEqualTo("Running");
            assertThat(container(client, "slow").getReady()).isFalse();
            sleepUntil(18);
            assertThat(container(client, "slow").getReady()).isTrue();

            client.pods().inNamespace("default").withName("slow").delete();
            sleepUntil(24);
            assertThat(pod(client, "slow").getMetadata().getDeletionTimestamp()).isNotNull();
            sleepUntil(28);
            assertThat(client.pods().inNamespace("default").withName("slow").get())
                    .isNull();
        });
    }

    @Test
    void aPodThatIsToEndDoesSoWithItsCode() throws InterruptedException {
        play(client -> {
            sleepUntil(28);
            assertThat(phase(client, "crash")).isEqualTo("Running");
            sleepUntil(33);
            assertThat(phase(client, "crash")).isEqualTo("Failed");
            assertThat(container(client, "crash").getState().getTerminated().getExitCode())
                    .isEqualTo(3);
        });
    }

    @Test
    void aPodThatIsToFailNeverStarts() throws InterruptedException {
        play(client -> {
            sleepUntil(60);
            assertThat(phase(client, "broken")).isEqualTo("Pending");
            assertThat(container(client, "broken").getState().getWaiting().getReason())
                    .isEqualTo("ImagePullBackOff");
        });
    }

    @Test
    void aNodeOfYourOwnBecomesReady() throws InterruptedException {
        play(client -> {
            sleepUntil(2);
            Node node = requireNonNull(client.nodes().withName("borrowed").get());
            assertThat(node.getStatus().getConditions())
                    .anyMatch(each ->
                            each.getType().equals("Ready") && each.getStatus().equals("True"));
            assertThat(node.getStatus().getAllocatable().get("pods")).hasToString("1M");
            assertThat(node.getStatus().getAddresses()).isNotEmpty();
        });
    }
}
