// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.apiserver.internal.codec.JsonString;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SchemaTest {
    private final Schema schema = Schema.builtIn();

    @Nested
    class Resources {
        @Test
        void areFoundByPathAndByKind() {
            ResourceDefinition deployments =
                    schema.resource("apps", "v1", "deployments").orElseThrow();

            assertThat(deployments.kind()).isEqualTo(new GroupVersionKind("apps", "v1", "Deployment"));
            assertThat(deployments.shortNames()).containsExactly("deploy");
            assertThat(deployments.categories()).containsExactly("all");
            assertThat(deployments.namespaced()).isTrue();
            assertThat(deployments.subresources()).hasEntrySatisfying("scale", scale -> assertThat(scale.kind())
                    .isEqualTo(new GroupVersionKind("autoscaling", "v1", "Scale")));
            assertThat(schema.resource(deployments.kind())).contains(deployments);
        }

        @Test
        void areThoseOfTheOriginal() {
            assertThat(schema.resources()).hasSize(68);
            assertThat(schema.groups().getFirst()).isEqualTo(new ApiGroup("", List.of("v1")));
            assertThat(schema.groups()).contains(new ApiGroup("autoscaling", List.of("v2", "v1")));
        }

        @Test
        void shareTheirStorageAcrossVersions() {
            assertThat(storageOf("autoscaling", "v1", "horizontalpodautoscalers"))
                    .isEqualTo(storageOf("autoscaling", "v2", "horizontalpodautoscalers"));
            assertThat(storageOf("events.k8s.io", "v1", "events")).isEqualTo(new GroupVersionKind("", "v1", "Event"));
        }

        @Test
        void areStoredInAServedVersion() {
            assertThat(schema.resources()).allSatisfy(each -> assertThat(schema.resource(schema.storageKind(each)))
                    .isPresent());
        }

        @Test
        void tellTheHashOfTheirStoredVersion() {
            assertThat(schema.resource("", "v1", "configmaps").orElseThrow().storageVersionHash())
                    .isEqualTo("qFsyl6wFWjQ=");
            assertThat(schema.resource("", "v1", "bindings").orElseThrow().storageVersionHash())
                    .isEmpty();
            assertThat(Schema.storageVersionHash(GroupVersionKind.of("v1", "ConfigMap")))
                    .isEqualTo("qFsyl6wFWjQ=");
        }

        private GroupVersionKind storageOf(String group, String version, String plural) {
            return schema.storageKind(schema.resource(group, version, plural).orElseThrow());
        }
    }

    @Nested
    class Types {
        private final StructType pod =
                schema.type(GroupVersionKind.of("v1", "Pod")).orElseThrow();

        @Test
        void haveTheFieldsOfInlinedStructsAmongTheirOwn() {
            assertThat(pod.fields())
                    .extracting(Field::name)
                    .containsExactly("kind", "apiVersion", "metadata", "spec", "status");
            assertThat(schema.typeNamed("api/core/v1.Volume").field("configMap"))
                    .isPresent();
        }

        @Test
        void keepInlinedStructsApartInProtobuf() {
            List<Field> fields = schema.typeNamed("api/core/v1.Volume").protobufFields();

            assertThat(fields).hasSize(2);
            assertThat(fields.get(1).inlined()).isTrue();
            assertThat(fields.get(1).type().goName()).isEqualTo("v1.VolumeSource");
        }

        @Test
        void sayHowListsAreMerged() {
            Field ports =
                    schema.typeNamed("api/core/v1.Container").field("ports").orElseThrow();

            assertThat(ports.patchMerges()).isTrue();
            assertThat(ports.patchMergeKey()).isEqualTo("containerPort");
            assertThat(ports.type()).isInstanceOfSatisfying(TypeRef.ListOf.class, list -> {
                assertThat(list.listType()).isEqualTo(TypeRef.ListType.MAP);
                assertThat(list.keys()).containsExactly("containerPort", "protocol");
            });
            assertThat(schema.typeNamed("api/core/v1.ContainerPort")
                            .field("protocol")
                            .orElseThrow()
                            .defaultValue())
                    .contains(new JsonString("TCP"));
        }

        @Test
        void sayWhatIsAlwaysWritten() {
            assertThat(pod.field("status").orElseThrow().omit()).isEqualTo(Field.Omit.NEVER);
            assertThat(schema.objectMeta()
                            .field("creationTimestamp")
                            .orElseThrow()
                            .omit())
                    .isEqualTo(Field.Omit.ZERO);
            assertThat(schema.objectMeta()
                            .field("deletionTimestamp")
                            .orElseThrow()
                            .omit())
                    .isEqualTo(Field.Omit.EMPTY);
        }

        @Test
        void areNamedAsGoNamesThem() {
            StructType spec = schema.typeNamed("api/core/v1.PodSpec");

            assertThat(spec.field("restartPolicy").orElseThrow().type().goName())
                    .isEqualTo("v1.RestartPolicy");
            assertThat(spec.field("containers").orElseThrow().type().goName()).isEqualTo("[]v1.Container");
            assertThat(spec.field("nodeSelector").orElseThrow().type().goName()).isEqualTo("map[string]string");
        }

        @Test
        void includeListsOptionsAndStatus() {
            assertThat(schema.type(GroupVersionKind.of("apps/v1", "DeploymentList")))
                    .isPresent();
            assertThat(schema.type(GroupVersionKind.of("apps/v1", "DeleteOptions")))
                    .isPresent();
            assertThat(schema.type(GroupVersionKind.of("v1", "Status"))).isPresent();
            assertThat(schema.type(GroupVersionKind.of("meta.k8s.io/v1", "PartialObjectMetadata")))
                    .isPresent();
        }

        @Test
        void canAllBeRead() {
            assertThat(schema.resources()).allSatisfy(each -> assertThat(
                            schema.type(each.kind()).orElseThrow().fields())
                    .isNotEmpty());
        }
    }

    @Test
    void knowsKindsThatAreNotServed() {
        GroupVersionKind old = GroupVersionKind.of("apps/v1beta1", "Deployment");

        assertThat(schema.isRegistered(old)).isTrue();
        assertThat(schema.type(old)).isEmpty();
        assertThat(schema.isRegistered(GroupVersionKind.of("apps/v1", "Nonsense")))
                .isFalse();
    }
}
