// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProjectionTest {
    private static final String POD =
            """
            {"kind":"Pod","apiVersion":"v1","metadata":{"name":"web-1","generateName":"web-","namespace":"default",
            "uid":"u1","resourceVersion":"17","generation":2,"creationTimestamp":"2026-11-21T12:43:27Z",
            "deletionTimestamp":"2026-11-21T12:50:00Z","deletionGracePeriodSeconds":30,
            "labels":{"z":"1","app":"web"},"annotations":{"note":"x"},"finalizers":["example.com/hold"],
            "ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"web","uid":"o1","controller":true,
            "blockOwnerDeletion":true}],"managedFields":[{"manager":"kubectl","operation":"Update","apiVersion":"v1",
            "fieldsType":"FieldsV1","fieldsV1":{"f:spec":{}}}]},
            "spec":{"containers":[{"name":"c","image":"nginx","resources":{"requests":{"cpu":"100m"}}}],"unheardOf":1},
            "status":{"phase":"Running"}}""";

    private static final ObjectMetadata EXPECTED = new ObjectMetadata(
            "default",
            "web-1",
            "web-",
            "u1",
            "17",
            2,
            Instant.parse("2026-11-21T12:43:27Z"),
            java.util.Optional.of(Instant.parse("2026-11-21T12:50:00Z")),
            java.util.Map.of("z", "1", "app", "web"),
            java.util.Map.of("note", "x"),
            java.util.List.of(new OwnerReference("apps/v1", "ReplicaSet", "web", "o1", true, true)),
            java.util.List.of("example.com/hold"));

    private static <T> T decode(Projection<T> projection, String json) throws IOException {
        try (JsonCursor cursor = JsonCursor.of(Json.bytes(json))) {
            return projection.decode(cursor);
        }
    }

    @Test
    void allSeeTheSameMetadata() throws IOException {
        assertThat(decode(Projection.metadata(), POD)).isEqualTo(EXPECTED);
        Projection<Pod> typed = Projection.typed(Pod.class);
        assertThat(typed.metadata(decode(typed, POD))).isEqualTo(EXPECTED);
        assertThat(decode(Projection.tree(), POD).metadata()).isEqualTo(EXPECTED);
    }

    @Test
    void metadataKeepsTheOrderOfLabels() throws IOException {
        assertThat(decode(Projection.metadata(), POD).labels().keySet()).containsExactly("z", "app");
    }

    @Test
    void typedObjectsAreWhatFabric8Makes() throws IOException {
        Pod pod = decode(Projection.typed(Pod.class), POD);

        assertThat(pod.getSpec().getContainers().getFirst().getImage()).isEqualTo("nginx");
        assertThat(pod.getSpec().getContainers().getFirst().getResources().getRequests())
                .containsEntry("cpu", new Quantity("100m"));
        assertThat(pod.getMetadata().getManagedFields()).isEmpty();
    }

    @Test
    void treesAreWholeButForManagedFields() throws IOException {
        Projection.TreeObject object = decode(Projection.tree(), POD);

        assertThat(object.tree().at("/spec/unheardOf").asInt()).isEqualTo(1);
        assertThat(object.tree().at("/metadata/managedFields").isMissingNode()).isTrue();
    }

    @Test
    void equalProjectionsShare() {
        assertThat(Projection.typed(Pod.class)).isEqualTo(Projection.typed(Pod.class));
        assertThat(Source.of(Pod.class)).isEqualTo(Source.of(ResourceType.PODS, Projection.typed(Pod.class)));
        assertThat(Source.of(ResourceType.PODS, Projection.metadata()))
                .isNotEqualTo(Source.of(ResourceType.PODS, Projection.tree()));
    }

    @Test
    void factsAreOnlyEqualToThemselves() {
        Projection<ObjectMetadata> one = Projection.facts("one", MetadataProjection.INSTANCE::decode, object -> object);

        assertThat(one).isNotEqualTo(Projection.facts("one", MetadataProjection.INSTANCE::decode, object -> object));
        assertThat(one.toString()).isEqualTo("one");
    }

    @Test
    void anObjectWithoutMetadataIsAnError() {
        assertThatThrownBy(() -> decode(Projection.metadata(), "{'kind':'Pod'}"))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> decode(Projection.tree(), "{'kind':'Pod'}")).isInstanceOf(IOException.class);
    }

    @Test
    void aTypeIsReadOffAModelClass() {
        assertThat(ResourceType.of(Pod.class)).isEqualTo(ResourceType.PODS);
        assertThat(ResourceType.of(io.fabric8.kubernetes.api.model.apps.Deployment.class))
                .isEqualTo(ResourceType.DEPLOYMENTS);
        assertThat(ResourceType.of(io.fabric8.kubernetes.api.model.Node.class)).isEqualTo(ResourceType.NODES);
        assertThat(ResourceType.DEPLOYMENTS.path(ObjectKey.of("a", "b")))
                .isEqualTo("/apis/apps/v1/namespaces/a/deployments/b");
        assertThat(ResourceType.NODES.path(ObjectKey.ofCluster("n"))).isEqualTo("/api/v1/nodes/n");
    }
}
