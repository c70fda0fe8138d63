// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.nodelifecycle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.framework.Answer;
import io.fairlead.framework.Context;
import io.fairlead.framework.EventRecorder;
import io.fairlead.framework.ObjectReference;
import io.fairlead.framework.Outcome;
import io.fairlead.framework.Reconciler;
import io.fairlead.framework.ResourceType;
import io.fairlead.framework.Timestamps;
import io.fairlead.framework.Write;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Writes what {@link NodePlanner} decides: taints first, labels in a write of their own. */
final class NodeReconciler implements Reconciler<NodeFacts> {
    /** Uids of nodes that people have been told of; as many as there are nodes. */
    private final Set<String> registered = ConcurrentHashMap.newKeySet();

    @Override
    public Outcome reconcile(NodeFacts node, Context context) throws InterruptedException {
        register(node, context);
        NodePlan plan = NodePlanner.plan(node, Timestamps.format(context.now()));
        if (plan.taints().isPresent()) {
            // The labels' turn comes when the informer has shown the taints.
            return send(context, node, taints(node, plan.taints().get()));
        }
        if (!plan.labels().isEmpty()) {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            ObjectNode labels = body.putObject("metadata").putObject("labels");
            new TreeMap<>(plan.labels()).forEach(labels::put);
            return send(context, node, body);
        }
        return Outcome.settled();
    }

    /** The node has gone; people are told if they were told that it came. */
    void forget(NodeFacts node, EventRecorder events) {
        if (registered.remove(node.metadata().uid())) {
            String name = node.metadata().name();
            events.normal(
                    reference(node),
                    "RemovingNode",
                    "Node " + name + " event: Removing Node " + name + " from Controller");
        }
    }

    private void register(NodeFacts node, Context context) {
        if (registered.add(node.metadata().uid())) {
            String name = node.metadata().name();
            context.events()
                    .normal(
                            reference(node),
                            "RegisteredNode",
                            "Node " + name + " event: Registered Node " + name + " in Controller");
        }
    }

    private static ObjectReference reference(NodeFacts node) {
        return new ObjectReference(
                "v1", "Node", "", node.metadata().name(), node.metadata().uid(), "", "");
    }

    /** The list is replaced as a whole, so it must not have changed meanwhile. */
    private static ObjectNode taints(NodeFacts node, JsonNode taints) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("metadata").put("resourceVersion", node.metadata().resourceVersion());
        ObjectNode spec = body.putObject("spec");
        if (taints.isEmpty()) {
            spec.putNull("taints");
        } else {
            spec.set("taints", taints);
        }
        return body;
    }

    private static Outcome send(Context context, NodeFacts node, ObjectNode body) throws InterruptedException {
        Answer answer = context.resources(ResourceType.NODES)
                .send(Write.patch(Write.Verb.PATCH_MERGE, node.metadata().key(), body));
        return switch (answer) {
            case Answer.Done ignored -> Outcome.settled();
            case Answer.NotFound ignored -> Outcome.settled();
            case Answer.Refused refused -> Outcome.retry(refused.status().message());
        };
    }
}
