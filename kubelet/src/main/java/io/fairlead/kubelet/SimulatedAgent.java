// SPDX-License-Identifier: Apache-2.0
package io.fairlead.kubelet;

import io.fairlead.framework.Answer;
import io.fairlead.framework.Call;
import io.fairlead.framework.Change;
import io.fairlead.framework.Controller;
import io.fairlead.framework.ControllerHost;
import io.fairlead.framework.Index;
import io.fairlead.framework.Informer;
import io.fairlead.framework.ResourceClient;
import io.fairlead.framework.ResourceType;
import io.fairlead.framework.Source;
import io.fairlead.framework.Write;
import java.util.ArrayList;
import java.util.List;

/** Puts the parts of the simulated agent together. */
final class SimulatedAgent implements NodeAgent {
    /** Requests under way at once: each takes a thread only while the server answers. */
    private static final int POD_WORKERS = 16;

    private static final int NODE_WORKERS = 4;

    private final SimulatedNodes nodes;

    SimulatedAgent(SimulatedNodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public String name() {
        return "simulated";
    }

    @Override
    public void addTo(ControllerHost host) {
        AddressPool addresses = AddressPool.of(nodes.network());
        Source<PodFacts> podSource = Source.of(ResourceType.PODS, PodFacts.PROJECTION);
        Source<NodeFacts> nodeSource = Source.of(ResourceType.NODES, NodeFacts.PROJECTION);
        Informer<PodFacts> podInformer = host.informer(podSource);
        Informer<NodeFacts> nodeInformer = host.informer(nodeSource);
        Index<PodFacts> podsByNode = podInformer.index("node", pod -> List.of(pod.nodeName()));
        NodeReconciler nodeReconciler = new NodeReconciler(host.resources(ResourceType.LEASES), addresses);
        Pace pace = new Pace(nodes.pace());
        podInformer.onChange(change -> {
            keepAddress(change, addresses);
            if (change instanceof Change.Deleted<PodFacts>(PodFacts pod, boolean ignored)) {
                pace.forget(pod.metadata().uid());
            }
        });
        nodeInformer.onChange(change -> {
            switch (change) {
                case Change.Added<NodeFacts>(NodeFacts node, boolean ignored) -> claim(node, addresses);
                case Change.Updated<NodeFacts>(NodeFacts ignored, NodeFacts node) -> claim(node, addresses);
                case Change.Deleted<NodeFacts>(NodeFacts node, boolean ignored) -> nodeReconciler.forget(node);
            }
        });
        host.add(Controller.forResource(nodeSource)
                .named("simulated-nodes")
                .workers(NODE_WORKERS)
                .reconciledBy(nodeReconciler));
        host.add(Controller.forResource(podSource)
                .named("simulated-pods")
                .workers(POD_WORKERS)
                .when(change -> !change.object().nodeName().isEmpty())
                .watches(nodeSource, SimulatedAgent::mayHaveBecomeSimulated, (change, trigger) -> podsByNode
                        .get(change.object().name())
                        .forEach(pod -> trigger.wake(pod.metadata().key())))
                .reconciledBy(new PodReconciler(nodeInformer.lister(), nodeReconciler, addresses, pace)));
        host.addTask("simulated-nodes-register", () -> register(host, addresses));
    }

    private static boolean mayHaveBecomeSimulated(Change<NodeFacts> change) {
        return change.object().simulated()
                && !(change instanceof Change.Updated<NodeFacts>(NodeFacts old, NodeFacts ignored) && old.simulated());
    }

    private static void claim(NodeFacts node, AddressPool addresses) {
        if (!node.internalIp().isEmpty()) {
            addresses.claim(node.name(), node.internalIp());
        }
    }

    /** Addresses belong to pods from their first to their last day, whoever gave them. */
    private static void keepAddress(Change<PodFacts> change, AddressPool addresses) {
        switch (change) {
            case Change.Added<PodFacts>(PodFacts pod, boolean ignored) -> keepAddress(pod, addresses);
            case Change.Updated<PodFacts>(PodFacts old, PodFacts pod) -> {
                if (!old.metadata().uid().equals(pod.metadata().uid())) {
                    addresses.giveBack(old.metadata().uid());
                }
                keepAddress(pod, addresses);
            }
            case Change.Deleted<PodFacts>(PodFacts pod, boolean ignored) ->
                addresses.giveBack(pod.metadata().uid());
        }
    }

    private static void keepAddress(PodFacts pod, AddressPool addresses) {
        // A pod in its node's network has the address of the node, which keeps it.
        if (!pod.status().podIp().isEmpty() && !pod.spec().hostNetwork()) {
            addresses.claim(pod.metadata().uid(), pod.status().podIp());
        }
    }

    /** Makes the agent's own nodes, all at once; those that are there already stay as they are. */
    private void register(ControllerHost host, AddressPool addresses) throws InterruptedException {
        ResourceClient client = host.resources(ResourceType.NODES);
        List<Call<Answer>> calls = new ArrayList<>(nodes.count());
        for (int i = 0; i < nodes.count(); i++) {
            String name = "node-" + i;
            String address = addresses
                    .take(name)
                    .orElseThrow(() -> new IllegalStateException(nodes.network() + " has no address left"));
            calls.add(client.start(Write.create(
                    "",
                    NodeBodies.node(
                            name, nodes.resources(), address, host.environment().now()))));
        }
        for (Call<Answer> call : calls) {
            Answer answer = call.await();
            if (!(answer instanceof Answer.AlreadyExists)) {
                answer.orThrow();
            }
        }
    }
}
