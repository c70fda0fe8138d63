// SPDX-License-Identifier: Apache-2.0
package io.fairlead.cluster;

import static java.util.Objects.requireNonNull;

import io.fairlead.apiserver.ApiRequest.Peer;
import io.fairlead.apiserver.ApiServerOptions;
import io.fairlead.apiserver.ServerCredentials;
import io.fairlead.controllers.BuiltInControllers;
import io.fairlead.environment.Api;
import io.fairlead.environment.Environment;
import io.fairlead.kubelet.NodeAgent;
import io.fairlead.kubelet.SimulatedNodes;
import io.fairlead.scheduler.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what a cluster is to consist of; everything has a default. For one thread. */
@Api(Api.Status.EXPERIMENTAL)
public final class ClusterBuilder {
    private static final int NODES_UNLESS_SET = 3;

    private final Environment environment;
    private ApiServerOptions serverOptions = ApiServerOptions.defaults();
    private @Nullable ServerCredentials credentials;
    private OptionalInt port = OptionalInt.empty();
    private boolean overTls;
    private boolean componentsWanted = true;
    private Latency latency = Latency.NONE;
    private Scheduler scheduler = Scheduler.builtin();
    private NodeAgent nodeAgent = NodeAgent.simulated(SimulatedNodes.of(NODES_UNLESS_SET));

    ClusterBuilder(Environment environment) {
        this.environment = requireNonNull(environment, "environment");
    }

    /** What can be chosen about the API server. */
    public ClusterBuilder server(ApiServerOptions options) {
        this.serverOptions = requireNonNull(options, "options");
        return this;
    }

    /** What the server and its administrator show; new ones that nobody keeps unless set. */
    public ClusterBuilder credentials(ServerCredentials newCredentials) {
        this.credentials = requireNonNull(newCredentials, "credentials");
        return this;
    }

    /** Listens on {@code newPort} of this machine, on a free one for 0. Unless set, only this JVM can reach the server. */
    public ClusterBuilder port(int newPort) {
        this.port = OptionalInt.of(newPort);
        return this;
    }

    /** No controllers, no scheduler, no nodes: what is written stays as it is. */
    public ClusterBuilder apiServerOnly() {
        this.componentsWanted = false;
        return this;
    }

    /**
     * Lets controllers, scheduler and node agent reach the server through its port, as the administrator, the way they would
     * reach any other server: for measuring, and for testing what the wire does. Needs a {@link #port}.
     */
    public ClusterBuilder componentsOverTls() {
        overTls = true;
        return this;
    }

    /**
     * Lets requests of controllers, scheduler and node agent take a while to reach the server, as over a network: for each, something
     * between the two is drawn; nothing unless set. With it they overlap as processes do: a pod runs while its controller still waits
     * for the answer about the next one. For tests of what may happen in between, best in a simulated environment. Without effect
     * {@linkplain #componentsOverTls over TLS}.
     *
     * @throws IllegalArgumentException if {@code least} is negative or more than {@code most}
     */
    public ClusterBuilder latency(Duration least, Duration most) {
        this.latency = new Latency(least, most);
        return this;
    }

    /** Who places pods; the built-in one unless set. */
    public ClusterBuilder scheduler(Scheduler newScheduler) {
        this.scheduler = requireNonNull(newScheduler, "scheduler");
        return this;
    }

    /** How many simulated nodes there are, {@code node-0} and so on; {@value #NODES_UNLESS_SET} unless set. */
    public ClusterBuilder nodes(int count) {
        return nodeAgent(NodeAgent.simulated(SimulatedNodes.of(count)));
    }

    /** Who runs pods; simulated nodes unless set. */
    public ClusterBuilder nodeAgent(NodeAgent newNodeAgent) {
        this.nodeAgent = requireNonNull(newNodeAgent, "nodeAgent");
        return this;
    }

    /**
     * Starts the cluster and waits until it is ready.
     *
     * @throws IOException if the port cannot be had
     */
    public Cluster start() throws IOException, InterruptedException {
        return Cluster.start(this);
    }

    Environment environment() {
        return environment;
    }

    ApiServerOptions serverOptions() {
        return serverOptions;
    }

    ServerCredentials credentials() {
        ServerCredentials given = credentials;
        return given == null ? ServerCredentials.create(environment) : given;
    }

    OptionalInt port() {
        return port;
    }

    Latency latency() {
        return latency;
    }

    boolean isOverTls() {
        return overTls;
    }

    /** The parts beside the server, each with the name it is known by. */
    List<Component.Role> roles(String rootCertificates) {
        if (!componentsWanted) {
            return List.of();
        }
        return List.of(
                new Component.Role(
                        new Peer.Local("system:kube-controller-manager", Set.of()),
                        "kube-controller-manager",
                        host -> BuiltInControllers.addTo(host, rootCertificates)),
                new Component.Role(
                        new Peer.Local("system:kube-scheduler", Set.of()), Scheduler.USER_AGENT, scheduler::addTo),
                new Component.Role(
                        new Peer.Local("system:node-agent", Set.of("system:nodes")),
                        NodeAgent.USER_AGENT,
                        nodeAgent::addTo));
    }
}
