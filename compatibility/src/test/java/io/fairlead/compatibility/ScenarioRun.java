// SPDX-License-Identifier: Apache-2.0
package io.fairlead.compatibility;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.apiserver.ApiRequest;
import io.fairlead.apiserver.ApiResponse;
import io.fairlead.apiserver.ServerCredentials;
import io.fairlead.apiserver.TlsEndpoint;
import io.fairlead.cluster.Cluster;
import io.fairlead.compatibility.TraceDigest.Trace;
import io.fairlead.environment.Environment;
import io.fairlead.environment.Signal;
import io.fairlead.environment.SimulatedEnvironment;
import io.fairlead.kubelet.NodeAgent;
import io.fairlead.kubelet.SimulatedNodes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Plays a scenario on a cluster of its own, in simulated time: how fast this machine is changes nothing. */
final class ScenarioRun {
    /** As many as the recordings' cluster had. */
    private static final int NODES = 5;

    /** How long requests take in the first run: about what they took where the recordings were made. */
    private static final Duration LATENCY = Duration.ofMillis(5);

    private static final Duration LATENCY_LEAST = Duration.ofMillis(2);
    private static final Duration LATENCY_MOST = Duration.ofMillis(10);

    /** How far apart nodes report on pods, in one run and the next. */
    private static final List<Duration> PACES = List.of(
            Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(2), Duration.ofMillis(10), Duration.ZERO);

    /** No other pace makes up for more differences than this. */
    private static final int MATTERS_OF_PACE_MAX = 25;

    private static final Duration NODES_READY_MAX = Duration.ofSeconds(30);
    private static final String NEIGHBOUR = "neighbour";

    /** Certificates are checked by kubectl, which lives in the machine's time. Made once, because that takes long. */
    private static final ServerCredentials CREDENTIALS = ServerCredentials.create(Environment.real());

    private final RecordedScenario recorded;
    private final int number;
    private final SimulatedEnvironment environment;

    private ScenarioRun(RecordedScenario recorded, int number) {
        this.recorded = recorded;
        this.number = number;
        this.environment = SimulatedEnvironment.inOrder(number);
    }

    /**
     * What differs from what the original did, in the run that came closest.
     *
     * <p>What the original did is one of the ways in which things can go: which of two requests under way is answered first decides what
     * a controller sees, and writes. So there are up to {@code runsMax} runs, which differ in how long requests take, until one goes that
     * way. The first of them, in which all take the same, mostly does.
     */
    static List<String> differences(RecordedScenario recorded, int runsMax) throws InterruptedException {
        List<String> fewest = List.of();
        for (int number = 0; number < runsMax; number++) {
            AtomicReference<List<String>> found = new AtomicReference<>(List.of());
            ScenarioRun run = new ScenarioRun(recorded, number);
            run.environment.run(() -> found.set(run.differences()));
            List<String> differences = requireNonNull(found.get());
            if (number == 0 || differences.size() < fewest.size()) {
                fewest = differences;
            }
            if (differences.isEmpty() || fewest.size() > MATTERS_OF_PACE_MAX) {
                break;
            }
        }
        return fewest;
    }

    /** Plays on the cluster of {@code kubeconfig}, in the machine's time. */
    static List<String> differences(RecordedScenario recorded, Path kubeconfig) throws InterruptedException {
        Environment real = Environment.real();
        CommandLine kubectl = arguments -> Kubectl.run(kubeconfig, arguments);
        ObservedCluster observed = new ObservedCluster(real, new HttpsTarget(real, kubeconfig, () -> {}));
        observed.start();
        return play(recorded, observed, kubectl);
    }

    private static List<String> play(RecordedScenario recorded, ObservedCluster observed, CommandLine kubectl)
            throws InterruptedException {
        try {
            Trace trace = new ScenarioPlayer(observed, recorded.scenario(), kubectl).play();
            return recorded.differences(trace);
        } catch (ScriptFailedException e) {
            return List.of(String.valueOf(e.getMessage()));
        } finally {
            observed.stop();
        }
    }

    private List<String> differences() throws InterruptedException {
        SimulatedNodes nodes = SimulatedNodes.builder()
                .count(NODES)
                .pace(PACES.get(number % PACES.size()))
                .build();
        try (Cluster cluster = Cluster.builder(environment)
                .credentials(CREDENTIALS)
                .latency(number == 0 ? LATENCY : LATENCY_LEAST, number == 0 ? LATENCY : LATENCY_MOST)
                .nodeAgent(NodeAgent.simulated(nodes))
                .start()) {
            ObservedCluster observed = new ObservedCluster(
                    environment, new InProcessTarget(environment, cluster::handle, LATENCY, () -> {}));
            observed.start();
            observed.await(NODES_READY_MAX, () -> areNodesReady(observed));
            if (recorded.metTaintedNode()) {
                addNeighbour(observed);
            }
            return play(recorded, observed, arguments -> kubectl(cluster, arguments));
        } catch (IOException e) {
            throw new IllegalStateException("a cluster without a port opened one", e);
        }
    }

    private static boolean areNodesReady(ObservedCluster observed) {
        List<JsonNode> nodes = observed.objects(ScenarioKinds.of("nodes"), "");
        return nodes.size() == NODES
                && nodes.stream()
                        .allMatch(node -> node.path("spec").path("taints").isEmpty());
    }

    /** The node of another scenario. */
    private void addNeighbour(ObservedCluster observed) {
        String now = environment.now().truncatedTo(ChronoUnit.SECONDS).toString();
        ObjectNode node = HandMadeNode.node(NEIGHBOUR, Json.object().put("hand", true), NEIGHBOUR);
        ObjectNode status = HandMadeNode.readyStatus(NEIGHBOUR, node.path("status"), now);
        observed.call("POST", "/api/v1/nodes", node);
        observed.call("PATCH", "/api/v1/nodes/" + NEIGHBOUR + "/status", status, "application/merge-patch+json");
    }

    /** The command lives in the machine's time, and so does the port it talks to; what it asks is answered in simulated time. */
    private CommandLine.Result kubectl(Cluster cluster, List<String> arguments) throws InterruptedException {
        try {
            return environment.outside(() -> {
                try (TlsEndpoint endpoint = TlsEndpoint.builder(Environment.real(), CREDENTIALS)
                        .start(request -> handle(cluster, request))) {
                    return Kubectl.run(CREDENTIALS.kubeconfig(endpoint.url()), arguments);
                }
            });
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ScriptFailedException("kubectl could not be run: " + e);
        }
    }

    private ApiResponse handle(Cluster cluster, ApiRequest request) {
        AtomicReference<ApiResponse> answer = new AtomicReference<>();
        Signal answered = Environment.real().newSignal();
        environment.start("request of kubectl", () -> {
            try {
                answer.set(cluster.handle(request));
            } finally {
                answered.raise();
            }
        });
        try {
            answered.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while a request was under way", e);
        }
        return requireNonNull(answer.get(), "no answer");
    }
}
