// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.allocate;

import static io.fairlead.apiserver.internal.admission.StoredObjects.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.apiserver.internal.admission.AdmissionRequest;
import io.fairlead.apiserver.internal.admission.AdmissionRequest.Operation;
import io.fairlead.apiserver.internal.admission.StoredObjects;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.Schema;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ServiceAllocationTest {
    private final StoredObjects stored = new StoredObjects();
    private final ServiceAllocation allocation =
            ServiceAllocation.create(ServiceNetwork.DEFAULT, stored, new Random(1));
    private Instant now = Instant.EPOCH;

    @Nested
    class Addresses {
        @Test
        void areGivenToWhoDoesNotAsk() {
            JsonObject spec = created("a", "'type': 'ClusterIP'").objectOrEmpty("spec");

            assertThat(spec.text("clusterIP")).startsWith("10.0.");
            assertThat(spec.texts("clusterIPs")).containsExactly(spec.text("clusterIP"));
            assertThat(spec.texts("ipFamilies")).containsExactly("IPv4");
            assertThat(spec.text("ipFamilyPolicy")).isEqualTo("SingleStack");
        }

        @Test
        void areNotGivenTwice() {
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < 2_000; i++) {
                String name = "s" + i;
                assertThat(seen.add(created(name, "'type': 'ClusterIP'")
                                .objectOrEmpty("spec")
                                .text("clusterIP")))
                        .isTrue();
            }
        }

        @Test
        void canBeChosenOnce() {
            created("a", "'type': 'ClusterIP', 'clusterIP': '10.0.0.1'");

            assertThatThrownBy(() -> created("b", "'type': 'ClusterIP', 'clusterIP': '10.0.0.1'"))
                    .hasMessageContaining("failed to allocate IP 10.0.0.1: provided IP is already allocated");
        }

        @Test
        void ofDeletedServicesAreFreeAtOnce() {
            JsonObject service = created("a", "'type': 'ClusterIP', 'clusterIP': '10.0.98.5'");
            allocation.mutate(request(Operation.DELETE, "a", null, service));
            stored.remove("services", "ns", "a");

            assertThat(created("b", "'type': 'ClusterIP', 'clusterIP': '10.0.98.5'")
                            .objectOrEmpty("spec")
                            .text("clusterIP"))
                    .isEqualTo("10.0.98.5");
        }

        @Test
        void ofWritesThatNeverCameToAnEndAreFreeAfterAWhile() {
            JsonObject lost = service("a", "'type': 'ClusterIP', 'clusterIP': '10.0.98.5'");
            allocation.mutate(request(Operation.CREATE, "a", lost, null));

            assertThatThrownBy(() -> created("b", "'type': 'ClusterIP', 'clusterIP': '10.0.98.5'"))
                    .hasMessageContaining("provided IP is already allocated");
            now = now.plusSeconds(60);
            created("b", "'type': 'ClusterIP', 'clusterIP': '10.0.98.5'");
        }

        @Test
        void outsideTheNetworkAreRefused() {
            assertThatThrownBy(() -> created("a", "'type': 'ClusterIP', 'clusterIP': '192.168.7.7'"))
                    .hasMessageContaining("the provided network does not match the current range");
        }
    }

    @Nested
    class NodePorts {
        @Test
        void areKeptByAnUpdateThatLeavesThemOut() {
            JsonObject old = created("a", "'type': 'NodePort', 'ports': [{'port': 80, 'protocol': 'TCP'}]");
            JsonObject next = service("a", "'type': 'NodePort', 'ports': [{'port': 81, 'protocol': 'TCP'}]");

            allocation.mutate(request(Operation.UPDATE, "a", next, old));

            assertThat(port(next)).isEqualTo(port(old)).isBetween(30086L, 32767L);
            assertThat(next.objectOrEmpty("spec").text("clusterIP"))
                    .isEqualTo(old.objectOrEmpty("spec").text("clusterIP"));
        }

        @Test
        void areOfOneServiceOnly() {
            created("a", "'type': 'NodePort', 'ports': [{'port': 80, 'nodePort': 30095, 'protocol': 'TCP'}]");

            assertThatThrownBy(() -> created(
                            "b", "'type': 'NodePort', 'ports': [{'port': 80, 'nodePort': 30095, 'protocol': 'UDP'}]"))
                    .hasMessageContaining(
                            "spec.ports[0].nodePort: Invalid value: 30095: provided port is already allocated");
        }

        @Test
        void mayServeTwoProtocolsOfOneService() {
            JsonObject service = created(
                    "a",
                    "'type': 'NodePort', 'ports': [{'port': 53, 'nodePort': 30053, 'protocol': 'TCP'},"
                            + " {'port': 53, 'protocol': 'UDP'}]");

            assertThat(service.objectOrEmpty("spec").objects("ports").get(1).number("nodePort", 0))
                    .isEqualTo(30053);
        }

        private long port(JsonObject service) {
            return service.objectOrEmpty("spec").objects("ports").get(0).number("nodePort", 0);
        }
    }

    private JsonObject created(String name, String spec) {
        JsonObject service = service(name, spec);
        allocation.mutate(request(Operation.CREATE, name, service, null));
        stored.put("services", service);
        return service;
    }

    private static JsonObject service(String name, String spec) {
        return tree("{'metadata': {'name': '" + name + "', 'namespace': 'ns'}, 'spec': {" + spec + "}}");
    }

    private AdmissionRequest request(
            Operation operation, String name, @Nullable JsonObject object, @Nullable JsonObject old) {
        return new AdmissionRequest(
                operation,
                Schema.builtIn().resource("", "v1", "services").orElseThrow(),
                "",
                "ns",
                name,
                object,
                old,
                false,
                "admin",
                List.of(),
                now,
                warning -> {});
    }
}
