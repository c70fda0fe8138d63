// SPDX-License-Identifier: Apache-2.0
package io.fairlead.cluster;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fairlead.apiserver.ApiRequest;
import io.fairlead.apiserver.ApiRequest.Peer;
import io.fairlead.apiserver.ApiResponse;
import io.fairlead.apiserver.ApiServer;
import io.fairlead.apiserver.ServerCredentials;
import io.fairlead.apiserver.TlsEndpoint;
import io.fairlead.environment.Api;
import io.fairlead.environment.Environment;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A control plane with simulated nodes in this JVM: API server, controllers, scheduler, node agent.
 *
 * <p>It is ready when {@link ClusterBuilder#start} returns. What is in it is gone when it is closed. Any thread may use it.
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Cluster implements AutoCloseable {
    private static final Peer.Local ADMINISTRATOR = new Peer.Local("kubernetes-admin", Set.of("system:masters"));

    private final Environment environment;
    private final ApiServer server;
    private final ServerCredentials credentials;
    private final LocalTransport transport;
    private final KubernetesClient client;
    private final List<Component> components = new ArrayList<>();
    private @Nullable TlsEndpoint endpoint;

    private Cluster(Environment environment, ApiServer server, ServerCredentials credentials) {
        this.environment = requireNonNull(environment, "environment");
        this.server = requireNonNull(server, "server");
        this.credentials = requireNonNull(credentials, "credentials");
        this.transport = new LocalTransport(environment, server::handle, ADMINISTRATOR);
        this.client = transport.client("fairlead");
    }

    /** Starts the description of a cluster. */
    public static ClusterBuilder builder(Environment environment) {
        return new ClusterBuilder(environment);
    }

    /** Puts together what {@code builder} describes; what has been started is stopped if the rest cannot be. */
    static Cluster start(ClusterBuilder builder) throws IOException, InterruptedException {
        Environment environment = builder.environment();
        Cluster cluster =
                new Cluster(environment, ApiServer.create(environment, builder.serverOptions()), builder.credentials());
        try {
            cluster.listen(builder);
            cluster.startComponents(builder);
            return cluster;
        } catch (IOException | InterruptedException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private void listen(ClusterBuilder builder) throws IOException, InterruptedException {
        if (builder.port().isPresent()) {
            endpoint = TlsEndpoint.builder(environment, credentials)
                    .port(builder.port().getAsInt())
                    .start(server::handle);
        }
    }

    private void startComponents(ClusterBuilder builder) throws InterruptedException {
        for (Component.Role role : builder.roles(credentials.authorityCertificatePem())) {
            components.add(Component.start(role, environment, client(builder, role)));
        }
        for (Component component : components) {
            component.awaitStarted();
        }
    }

    private KubernetesClient client(ClusterBuilder builder, Component.Role role) {
        if (!builder.isOverTls()) {
            return transport(role.peer()).withLatency(builder.latency()).client(role.name());
        }
        Config config = Config.fromKubeconfig(kubeconfig());
        config.setUserAgent(role.name());
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /** A client of the administrator that reaches the server without sockets. It is closed with the cluster. */
    public KubernetesClient client() {
        return client;
    }

    /** A way for fabric8 clients to reach the server without sockets, as {@code peer}. */
    public LocalTransport transport(Peer.Local peer) {
        return transport.as(peer);
    }

    /** Answers {@code request} as the server's port would. */
    public ApiResponse handle(ApiRequest request) {
        return server.handle(request);
    }

    /** Where clients outside this JVM find the server; empty if it listens on no port. */
    public Optional<URI> url() {
        return Optional.ofNullable(endpoint).map(TlsEndpoint::url);
    }

    /**
     * A kubeconfig for the administrator, with everything in it that is needed.
     *
     * @throws IllegalStateException if the cluster listens on no port
     */
    public String kubeconfig() {
        return credentials.kubeconfig(requireUrl());
    }

    /**
     * Writes {@link #kubeconfig} to {@code file}, readable for its owner only.
     *
     * @throws java.io.UncheckedIOException if that cannot be done
     */
    public void writeKubeconfig(Path file) {
        credentials.writeKubeconfig(file, requireUrl());
    }

    /** Stops everything: those who write first, the server last. */
    @Override
    public void close() {
        for (Component component : components.reversed()) {
            component.close();
        }
        client.close();
        TlsEndpoint listening = endpoint;
        if (listening != null) {
            listening.close();
        }
        server.close();
    }

    private URI requireUrl() {
        return url().orElseThrow(
                        () -> new IllegalStateException("this cluster listens on no port; give its builder one"));
    }
}
