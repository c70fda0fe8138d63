// SPDX-License-Identifier: Apache-2.0
package io.fairlead.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fairlead.apiserver.ApiRequest;
import io.fairlead.apiserver.ApiRequest.Peer;
import io.fairlead.apiserver.ApiResponse;
import io.fairlead.apiserver.ApiResponse.Chunks;
import io.fairlead.apiserver.ApiResponse.Next;
import io.fairlead.environment.Environment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LocalTransportTest {
    private static final String CONFIG_MAP =
            "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"%s\",\"namespace\":\"default\"}}";

    private final BlockingQueue<ApiRequest> asked = new LinkedBlockingQueue<>();
    private final BlockingQueue<ApiResponse> answers = new LinkedBlockingQueue<>();
    private volatile Thread answeredOn = new Thread();
    private final LocalTransport transport =
            new LocalTransport(Environment.real(), this::answer, new Peer.Local("jane", Set.of("devs")));
    private final KubernetesClient client = transport.client("sample/1.0");

    @AfterEach
    void close() {
        client.close();
    }

    @Nested
    class ARequest {
        @Test
        void isAnsweredOnTheCallersThread() {
            answers.add(json(200, CONFIG_MAP.formatted("a")));

            ConfigMap found = client.configMaps().withName("a").get();

            assertThat(found.getMetadata().getName()).isEqualTo("a");
            assertThat(answeredOn).isEqualTo(Thread.currentThread());
        }

        @Test
        void arrivesAsItWasSent() throws InterruptedException {
            answers.add(json(201, CONFIG_MAP.formatted("a")));

            client.configMaps()
                    .resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withName("a")
                            .endMetadata()
                            .build())
                    .create();

            ApiRequest request = asked.take();
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.path()).isEqualTo("/api/v1/namespaces/default/configmaps");
            assertThat(request.header("content-type")).isEqualTo("application/json");
            assertThat(request.header("user-agent")).isEqualTo("sample/1.0");
            assertThat(request.peer()).isEqualTo(new Peer.Local("jane", Set.of("devs")));
            assertThat(new String(request.body(), UTF_8)).contains("\"name\":\"a\"");
        }

        @Test
        void isSentOnceAndRefusedWithTheServersReason() {
            String status =
                    "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"message\":\"no\",\"code\":500}";
            answers.add(json(500, status));

            assertThatThrownBy(() -> client.configMaps().withName("a").get())
                    .isInstanceOfSatisfying(KubernetesClientException.class, refusal -> assertThat(refusal.getCode())
                            .isEqualTo(500));
            assertThat(asked).hasSize(1);
        }
    }

    @Nested
    class AWatch {
        private final Script script = new Script();
        private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        private final Watcher<ConfigMap> watcher = new Watcher<>() {
            @Override
            public void eventReceived(Action action, ConfigMap object) {
                seen.add(action + " " + object.getMetadata().getName());
            }

            @Override
            public void onClose(WatcherException cause) {
                seen.add("closed");
            }
        };

        @Test
        void deliversEachEventInOrder() throws InterruptedException {
            answers.add(new ApiResponse(200, Map.of(), new ApiResponse.Body.Stream(script)));
            Watch watch = client.configMaps().watch(watcher);

            for (int i = 0; i < 100; i++) {
                script.add(event(Integer.toString(i)));
            }

            for (int i = 0; i < 100; i++) {
                assertThat(next()).isEqualTo("ADDED " + i);
            }
            watch.close();
            assertThat(script.closed.await(10, TimeUnit.SECONDS)).isTrue();
        }

        @Test
        void endsWithItsClient() throws InterruptedException {
            answers.add(new ApiResponse(200, Map.of(), new ApiResponse.Body.Stream(script)));
            client.configMaps().watch(watcher);

            client.close();

            assertThat(script.closed.await(10, TimeUnit.SECONDS)).isTrue();
        }

        private String next() throws InterruptedException {
            return Optional.ofNullable(seen.poll(10, TimeUnit.SECONDS)).orElse("nothing");
        }

        private static String event(String name) {
            return "{\"type\":\"ADDED\",\"object\":" + CONFIG_MAP.formatted(name) + "}\n";
        }
    }

    private ApiResponse answer(ApiRequest request) {
        asked.add(request);
        answeredOn = Thread.currentThread();
        return Optional.ofNullable(answers.poll()).orElseGet(() -> json(404, "{}"));
    }

    private static ApiResponse json(int status, String body) {
        return new ApiResponse(
                status,
                Map.of("Content-Type", List.of("application/json")),
                new ApiResponse.Body.Whole(List.of(body.getBytes(UTF_8))));
    }

    private static final class Script implements Chunks {
        private final BlockingQueue<Next> pending = new LinkedBlockingQueue<>();
        private final CountDownLatch closed = new CountDownLatch(1);
        private volatile Runnable wake = () -> {};

        void add(String text) {
            pending.add(new Next.Chunk(List.of(text.getBytes(UTF_8))));
            wake.run();
        }

        @Override
        public Next take() {
            return Optional.ofNullable(pending.poll()).orElseGet(Next.Nothing::new);
        }

        @Override
        public void onReady(Runnable wake) {
            this.wake = wake;
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }
}
