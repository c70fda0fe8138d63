// SPDX-License-Identifier: Apache-2.0
package io.fairlead.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fairlead.apiserver.ApiRequest;
import io.fairlead.apiserver.ApiResponse;
import io.fairlead.environment.SimulatedEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A controller that is refused a look at an object does not take that for an answer. */
class RefusedReadTest {
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(5);
    /** More often than what the controller itself writes wakes it. */
    private static final int REFUSALS = 3;

    private static final String DOOMED = "/api/v1/namespaces/doomed";
    private static final byte[] NO =
            "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"reason\":\"Forbidden\",\"code\":403}"
                    .getBytes(StandardCharsets.UTF_8);

    private final SimulatedEnvironment environment = SimulatedEnvironment.inOrder(1);
    private final AtomicInteger refusals = new AtomicInteger();

    private Function<ApiRequest, ApiResponse> refusing(Cluster cluster) {
        return request ->
                request.method().equals("GET") && request.path().equals(DOOMED) && refusals.getAndIncrement() < REFUSALS
                        ? new ApiResponse(
                                403,
                                Map.of("Content-Type", List.of("application/json")),
                                new ApiResponse.Body.Whole(List.of(NO)))
                        : cluster.handle(request);
    }

    @Test
    void aNamespaceIsLetGoAfterAll() throws InterruptedException {
        environment.run(() -> {
            List<Component> components = new ArrayList<>();
            try (Cluster cluster = Cluster.builder(environment).apiServerOnly().start()) {
                for (Component.Role role : Cluster.builder(environment).nodes(0).roles("root certificates")) {
                    LocalTransport transport = new LocalTransport(environment, refusing(cluster), role.peer());
                    components.add(Component.start(role, environment, transport.client(role.name())));
                }
                KubernetesClient client = cluster.client();
                client.resource(new NamespaceBuilder()
                                .withNewMetadata()
                                .withName("doomed")
                                .endMetadata()
                                .build())
                        .create();
                environment.sleep(LONG_ENOUGH);
                client.namespaces().withName("doomed").delete();
                environment.sleep(LONG_ENOUGH);

                assertThat(refusals).hasValueGreaterThan(REFUSALS);
                assertThat(client.namespaces().withName("doomed").get()).isNull();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                components.reversed().forEach(Component::close);
            }
        });
    }
}
