// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fairlead.environment.Environment;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The fence with informers that are never started: the test says what they see. */
class WriteFenceTest {
    private static final ObjectKey OWNER = ObjectKey.of("default", "rs");

    private final KubernetesClient client = new KubernetesClientBuilder()
            .withConfig(new ConfigBuilder().withMasterUrl("http://localhost:1").build())
            .build();
    private final List<ObjectKey> released = new ArrayList<>();
    private final WriteFence fence = new WriteFence(released::add);
    private final StreamInformer<ObjectMetadata> pods = informer(Selection.ALL);

    @AfterEach
    void close() {
        client.close();
    }

    private StreamInformer<ObjectMetadata> informer(Selection selection) {
        Source<ObjectMetadata> source =
                Source.of(ResourceType.PODS, Projection.metadata()).selecting(selection);
        StreamInformer<ObjectMetadata> informer =
                new StreamInformer<>(ApiConnection.of(client, Environment.real()), source, new SimpleMeterRegistry());
        fence.watch(informer);
        return informer;
    }

    private static ObjectMetadata pod(String name, int version, boolean going) {
        return new ObjectMetadata(
                "default",
                name,
                "",
                "uid-" + name,
                Integer.toString(version),
                1,
                Instant.EPOCH,
                going ? Optional.of(Instant.EPOCH) : Optional.empty(),
                Map.of("app", "web"),
                Map.of(),
                List.of(),
                List.of());
    }

    private static void sees(StreamInformer<ObjectMetadata> informer, ObjectMetadata object) {
        informer.store().apply(new WatchEvent.Present<>(object, object));
        informer.store().tellProgress();
    }

    private static void seesGone(StreamInformer<ObjectMetadata> informer, ObjectMetadata object) {
        informer.store().apply(new WatchEvent.Gone<>(object, object));
        informer.store().tellProgress();
    }

    @Test
    void holdsAKeyUntilItsWriteIsSeen() {
        fence.wrote(OWNER, ResourceType.PODS, pod("a", 10, false));
        assertThat(fence.holds(OWNER)).isTrue();
        sees(pods, pod("other", 9, false));
        assertThat(fence.holds(OWNER)).isTrue();

        sees(pods, pod("a", 10, false));
        assertThat(fence.holds(OWNER)).isFalse();
        assertThat(released).containsExactly(OWNER);
    }

    @Test
    void holdsAKeyUntilTheLastOfItsWritesIsSeen() {
        fence.wrote(OWNER, ResourceType.PODS, pod("a", 10, false));
        fence.wrote(OWNER, ResourceType.PODS, pod("b", 12, false));
        sees(pods, pod("a", 10, false));
        assertThat(fence.holds(OWNER)).isTrue();
        sees(pods, pod("c", 13, false));

        assertThat(released).containsExactly(OWNER);
    }

    @Test
    void doesNotHoldForWhatHasBeenSeenAlready() {
        sees(pods, pod("a", 10, false));
        fence.wrote(OWNER, ResourceType.PODS, pod("a", 10, false));
        fence.wrote(OWNER, ResourceType.SERVICES, pod("a", 99, false));

        assertThat(fence.holds(OWNER)).isFalse();
    }

    @Test
    void aBookmarkIsAsGoodAsAnEvent() {
        fence.wrote(OWNER, ResourceType.PODS, pod("a", 10, false));
        pods.cache().reached(11);
        pods.store().tellProgress();

        assertThat(released).containsExactly(OWNER);
    }

    @Test
    void holdsAKeyUntilADeletionShows() {
        sees(pods, pod("a", 10, false));
        sees(pods, pod("b", 11, false));
        fence.deleted(OWNER, ResourceType.PODS, ObjectKey.of("default", "a"));
        fence.deleted(OWNER, ResourceType.PODS, ObjectKey.of("default", "b"));
        fence.deleted(OWNER, ResourceType.PODS, ObjectKey.of("default", "never-there"));
        sees(pods, pod("a", 12, true));
        assertThat(fence.holds(OWNER)).isTrue();
        seesGone(pods, pod("b", 13, false));

        assertThat(released).containsExactly(OWNER);
    }

    @Test
    void waitsForEveryCacheTheKeyReads() {
        StreamInformer<ObjectMetadata> same =
                informer(Selection.ALL.matching(LabelSelector.ofLabels(Map.of("app", "web"))));
        StreamInformer<ObjectMetadata> elsewhere = informer(Selection.ALL.inNamespace("other"));
        assertThat(elsewhere.cache().version()).isEqualTo(-1);
        fence.wrote(OWNER, ResourceType.PODS, pod("a", 10, false));
        sees(pods, pod("a", 10, false));
        assertThat(fence.holds(OWNER)).isTrue();
        sees(same, pod("a", 10, false));

        assertThat(released).containsExactly(OWNER);
    }

    @Test
    void aCacheThatWasReadAnewHasSeenEverything() {
        sees(pods, pod("a", 10, false));
        fence.wrote(OWNER, ResourceType.PODS, pod("a", 20, false));
        fence.deleted(OWNER, ResourceType.PODS, ObjectKey.of("default", "a"));
        pods.store().replace("25");

        assertThat(released).containsExactly(OWNER);
    }
}
