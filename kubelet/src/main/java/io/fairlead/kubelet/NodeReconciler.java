// SPDX-License-Identifier: Apache-2.0
package io.fairlead.kubelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.framework.Answer;
import io.fairlead.framework.Context;
import io.fairlead.framework.ObjectKey;
import io.fairlead.framework.Outcome;
import io.fairlead.framework.Reconciler;
import io.fairlead.framework.ResourceClient;
import io.fairlead.framework.ResourceType;
import io.fairlead.framework.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps simulated nodes alive: their status when it is due, their lease every ten seconds. */
final class NodeReconciler implements Reconciler<NodeFacts> {
    /** A quarter of the lease, as kubelets do. */
    private static final Duration RENEW_EVERY = NodeBodies.LEASE_DURATION.dividedBy(4);

    private final ResourceClient leases;
    private final AddressPool addresses;
    /** When the lease of a node, by its uid, is to be renewed; absent before the first time. As many as there are nodes. */
    private final Map<String, Instant> renewals = new ConcurrentHashMap<>();

    NodeReconciler(ResourceClient leases, AddressPool addresses) {
        this.leases = leases;
        this.addresses = addresses;
    }

    @Override
    public Outcome reconcile(NodeFacts node, Context context) throws InterruptedException {
        if (!node.simulated()) {
            return Outcome.settled();
        }
        Instant now = context.now();
        switch (NodePlanner.plan(node, now)) {
            case REST -> {}
            case INITIALIZE -> status(context, node, NodeBodies.initialization(node, address(node), now));
            case HEARTBEAT -> status(context, node, NodeBodies.heartbeat(node, now));
        }
        Instant due = renewals.get(node.metadata().uid());
        if (due == null || !now.isBefore(due)) {
            renew(node, due == null, now);
            due = now.plus(RENEW_EVERY);
            renewals.put(node.metadata().uid(), due);
        }
        return Outcome.recheck(Duration.between(now, due), "lease");
    }

    @Override
    public Outcome removed(ObjectKey key, Context context) {
        addresses.giveBack(key.name());
        return Outcome.settled();
    }

    /** Forgets a node that has gone. */
    void forget(NodeFacts node) {
        renewals.remove(node.metadata().uid());
    }

    /** The address that the node has, or is to have. */
    String address(NodeFacts node) {
        if (!node.internalIp().isEmpty()) {
            return node.internalIp();
        }
        return addresses.take(node.name()).orElseThrow(() -> new IllegalStateException("no address is left for nodes"));
    }

    /** A node that has gone is looked at again anyway; what else is wrong is worth a retry. */
    private static void status(Context context, NodeFacts node, ObjectNode body) throws InterruptedException {
        Write write = Write.patch(Write.Verb.PATCH_STRATEGIC, node.metadata().key(), body)
                .onStatus();
        Answer answer = context.resources(ResourceType.NODES).send(write);
        if (!(answer instanceof Answer.NotFound)) {
            answer.orThrow();
        }
    }

    private void renew(NodeFacts node, boolean first, Instant now) throws InterruptedException {
        Write create = Write.create(NodeBodies.LEASE_NAMESPACE, NodeBodies.lease(node, now));
        Write renew = Write.patch(
                Write.Verb.PATCH_MERGE,
                ObjectKey.of(NodeBodies.LEASE_NAMESPACE, node.name()),
                NodeBodies.renewal(node, now));
        Answer answer = leases.send(first ? create : renew);
        if (first && answer instanceof Answer.AlreadyExists) {
            answer = leases.send(renew);
        } else if (!first && answer instanceof Answer.NotFound) {
            answer = leases.send(create);
        }
        answer.orThrow();
    }
}
