// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.admission.builtin;

import static io.fairlead.apiserver.internal.admission.StoredObjects.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.apiserver.internal.admission.AdmissionChain;
import io.fairlead.apiserver.internal.admission.AdmissionRequest;
import io.fairlead.apiserver.internal.admission.AdmissionRequest.Operation;
import io.fairlead.apiserver.internal.admission.StoredObjects;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.schema.Schema;
import io.fairlead.apiserver.internal.status.StatusException;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BuiltInPluginsTest {
    private final StoredObjects stored = new StoredObjects();
    private final AdmissionChain chain = new AdmissionChain(BuiltInPlugins.create(stored, new Random(1)));

    @BeforeEach
    void aNamespaceWithAnAccount() {
        stored.put("namespaces", "{'metadata': {'name': 'ns'}, 'status': {'phase': 'Active'}}");
        stored.put("serviceaccounts", "{'metadata': {'name': 'default', 'namespace': 'ns'}}");
    }

    @Nested
    class APodThatSaysNothing {
        private final JsonObject pod = tree("{'metadata': {'name': 'p'}, 'spec': {'containers': [{'name': 'c'}]}}");

        @Test
        void getsAnAccountATokenAPriorityAndTolerations() {
            chain.mutate(create("pods", pod));

            JsonObject spec = pod.objectOrEmpty("spec");
            assertThat(spec.text("serviceAccountName")).isEqualTo("default");
            assertThat(spec.number("priority", -1)).isZero();
            assertThat(spec.text("preemptionPolicy")).isEqualTo("PreemptLowerPriority");
            assertThat(spec.objects("tolerations"))
                    .extracting(each -> each.text("key"))
                    .containsExactly("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");
            String volume = spec.objects("volumes").get(0).text("name");
            assertThat(volume).matches("kube-api-access-[bcdfghjklmnpqrstvwxz2456789]{5}");
            assertThat(spec.objects("containers").get(0).objects("volumeMounts"))
                    .containsExactly(tree("{'name': '" + volume
                            + "', 'readOnly': true, 'mountPath': '/var/run/secrets/kubernetes.io/serviceaccount'}"));
        }

        @Test
        void isRefusedWithoutItsAccount() {
            stored.remove("serviceaccounts", "ns", "default");

            assertThatThrownBy(() -> chain.mutate(create("pods", pod)))
                    .isInstanceOf(StatusException.class)
                    .hasMessageContaining("pods \"p\" is forbidden: error looking up service account ns/default:"
                            + " serviceaccount \"default\" not found");
        }

        @Test
        void isRefusedInANamespaceThatGoesAway() {
            stored.put("namespaces", "{'metadata': {'name': 'ns'}, 'status': {'phase': 'Terminating'}}");

            assertThatThrownBy(() -> chain.mutate(create("pods", pod)))
                    .hasMessageContaining(
                            "unable to create new content in namespace ns because it is being terminated");
        }

        @Test
        void isRefusedInANamespaceThatIsNotThere() {
            stored.remove("namespaces", "", "ns");

            assertThatThrownBy(() -> chain.mutate(create("pods", pod)))
                    .hasMessageContaining("namespaces \"ns\" not found");
        }
    }

    @Test
    void aPodOfAnUnknownPriorityClassIsRefused() {
        JsonObject pod = tree("{'metadata': {'name': 'p'}, 'spec': {'priorityClassName': 'nope'}}");

        assertThatThrownBy(() -> chain.mutate(create("pods", pod)))
                .hasMessageContaining("no PriorityClass with name nope was found");
    }

    @Test
    void aNewNodeIsTainted() {
        JsonObject node = tree("{'metadata': {'name': 'n'}}");

        chain.mutate(create("nodes", node));

        assertThat(node.objectOrEmpty("spec").objects("taints"))
                .containsExactly(tree("{'key': 'node.kubernetes.io/not-ready', 'effect': 'NoSchedule'}"));
    }

    @Nested
    class WithAQuota {
        @Test
        void countsWhatIsCreated() {
            quota("'pods': '2'", "'pods': '1'");

            chain.validate(create("pods", tree("{'metadata': {'name': 'p'}, 'spec': {}}")));

            assertThat(stored.find("resourcequotas", "ns", "q")
                            .orElseThrow()
                            .objectOrEmpty("status")
                            .objectOrEmpty("used")
                            .text("pods"))
                    .isEqualTo("2");
        }

        @Test
        void refusesWhatExceedsIt() {
            quota("'pods': '2', 'count/configmaps': '9'", "'pods': '2', 'count/configmaps': '1'");

            assertThatThrownBy(() -> chain.validate(create("pods", tree("{'metadata': {'name': 'p'}, 'spec': {}}"))))
                    .hasMessageContaining("pods \"p\" is forbidden: exceeded quota: q, requested: pods=1, used: pods=2,"
                            + " limited: pods=2");
        }

        @Test
        void wantsToKnowWhatItLimits() {
            quota("'requests.cpu': '2'", "'requests.cpu': '0'");

            assertThatThrownBy(() -> chain.validate(create(
                            "pods", tree("{'metadata': {'name': 'p'}, 'spec': {'containers': [{'name': 'c'}]}}"))))
                    .hasMessageContaining("failed quota: q: must specify requests.cpu for: c");
        }

        private void quota(String hard, String used) {
            stored.put(
                    "resourcequotas",
                    "{'metadata': {'name': 'q', 'namespace': 'ns'}, 'status': {'hard': {" + hard + "}, 'used': {" + used
                            + "}}}");
        }
    }

    @Nested
    class AClaimThatGrows {
        private final JsonObject claim =
                tree("{'metadata': {'name': 'c', 'namespace': 'ns'}, 'spec': {'storageClassName': 's',"
                        + "'resources': {'requests': {'storage': '2Gi'}}}}");

        @Test
        void mustBeBound() {
            assertThatThrownBy(() -> chain.validate(grown("Pending")))
                    .hasMessageContaining("Only bound persistent volume claims can be expanded");
        }

        @Test
        void mustBeOfAClassWhoseVolumesCan() {
            assertThatThrownBy(() -> chain.validate(grown("Bound")))
                    .hasMessageContaining("the storageclass that provisions the pvc must support resize");

            stored.put("storageclasses.storage.k8s.io", "{'metadata': {'name': 's'}, 'allowVolumeExpansion': true}");
            chain.validate(grown("Bound"));
        }

        private AdmissionRequest grown(String phase) {
            JsonObject old = claim.deepCopy();
            old.child("spec").child("resources").child("requests").put("storage", "1Gi");
            old.child("status").put("phase", phase);
            return request(Operation.UPDATE, "persistentvolumeclaims", "c", claim, old);
        }
    }

    @Test
    void theSystemsNamespacesStay() {
        AdmissionRequest request = request(Operation.DELETE, "namespaces", "kube-system", null, new JsonObject());

        assertThatThrownBy(() -> chain.mutate(request))
                .hasMessageContaining("namespaces \"kube-system\" is forbidden: this namespace may not be deleted");
    }

    private static AdmissionRequest create(String plural, JsonObject object) {
        return request(
                Operation.CREATE, plural, object.objectOrEmpty("metadata").text("name"), object, null);
    }

    private static AdmissionRequest request(
            Operation operation,
            String plural,
            String name,
            @org.jspecify.annotations.Nullable JsonObject object,
            @org.jspecify.annotations.Nullable JsonObject old) {
        ResourceDefinition resource =
                Schema.builtIn().resource("", "v1", plural).orElseThrow();
        String namespace = resource.namespaced() ? "ns" : "";
        return new AdmissionRequest(
                operation,
                resource,
                "",
                namespace,
                name,
                object,
                old,
                false,
                "admin",
                List.of(),
                Instant.EPOCH,
                warning -> {});
    }
}
