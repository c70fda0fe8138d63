// SPDX-License-Identifier: Apache-2.0
package io.fairlead.cluster;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fairlead.apiserver.ApiRequest;
import io.fairlead.apiserver.ApiRequest.Peer;
import io.fairlead.apiserver.ApiResponse;
import io.fairlead.environment.Api;
import io.fairlead.environment.Environment;
import java.util.function.Function;

/**
 * Lets a fabric8 client talk to a server in the same JVM: no sockets, no TLS, no copies of what the server encoded.
 *
 * <p>The client is the one that would talk over the network, and gets the same answers. Requests are answered on the thread that
 * sends them, before the method that sends them returns, unless there is a latency. Any thread may use it.
 */
@Api(Api.Status.EXPERIMENTAL)
public final class LocalTransport implements HttpClient.Factory {
    /** Never resolved: nothing leaves the JVM. Plain HTTP, so that no client prepares TLS. */
    private static final String ANY_URL = "http://in-process/";

    private final Environment environment;
    private final Function<ApiRequest, ApiResponse> server;
    private final Peer.Local peer;
    private final Latency latency;

    /** Shared by all clients: each of its own would learn the model classes again. */
    private final KubernetesSerialization serialization;

    /**
     * @param server answers requests; {@code ApiServer::handle}
     * @param peer whom all requests come from
     */
    public LocalTransport(Environment environment, Function<ApiRequest, ApiResponse> server, Peer.Local peer) {
        this(environment, server, peer, Latency.NONE, new KubernetesSerialization());
    }

    private LocalTransport(
            Environment environment,
            Function<ApiRequest, ApiResponse> server,
            Peer.Local peer,
            Latency latency,
            KubernetesSerialization serialization) {
        this.environment = requireNonNull(environment, "environment");
        this.server = requireNonNull(server, "server");
        this.peer = requireNonNull(peer, "peer");
        this.latency = requireNonNull(latency, "latency");
        this.serialization = requireNonNull(serialization, "serialization");
    }

    /** A way to the same server for somebody else. */
    public LocalTransport as(Peer.Local other) {
        return new LocalTransport(environment, server, other, latency, serialization);
    }

    /** The same way, but requests take a while until the server sees them. WebSockets are not held up. */
    LocalTransport withLatency(Latency newLatency) {
        return new LocalTransport(environment, server, peer, newLatency, serialization);
    }

    /**
     * A new client. It asks once: what the server refuses or cannot do now is the caller's to try again.
     *
     * @param userAgent what the client calls itself; up to the first slash it becomes the name of the field manager
     */
    public KubernetesClient client(String userAgent) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(ANY_URL)
                .withNamespace("default")
                .withUserAgent(userAgent)
                .withRequestTimeout(0)
                .withRequestRetryBackoffLimit(0)
                .build();
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(this)
                .withKubernetesSerialization(serialization)
                .withTaskExecutor(environment.executor())
                .build();
    }

    @Override
    public HttpClient.Builder newBuilder() {
        return new LocalHttpClientBuilder(this);
    }

    Environment environment() {
        return environment;
    }

    ApiResponse send(ApiRequest request) {
        return server.apply(request);
    }

    Latency latency() {
        return latency;
    }

    Peer.Local peer() {
        return peer;
    }
}
