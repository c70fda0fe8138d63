// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.environment.Environment;
import io.fairlead.framework.ApiUnreachableException;
import io.fairlead.framework.EventRecorder;
import io.fairlead.framework.ObjectReference;
import io.fairlead.framework.ResourceClient;
import io.fairlead.framework.ResourceType;
import io.fairlead.framework.Timestamps;
import io.fairlead.framework.Write;
import io.fairlead.scheduler.PodFacts.ScheduledCondition;

/** Tells people how pods fare: by events, and by the condition PodScheduled. Any thread may use it. */
final class SchedulerReports {
    private static final String UNSCHEDULABLE = "Unschedulable";
    private static final String ERROR = "SchedulerError";

    private final Environment environment;
    private final ResourceClient pods;
    private final EventRecorder events;

    SchedulerReports(Environment environment, ResourceClient pods, EventRecorder events) {
        this.environment = environment;
        this.pods = pods;
        this.events = events;
    }

    /** The server knows that the pod is on the node. */
    void scheduled(PodFacts pod, String node) {
        String message = "Successfully assigned " + pod.key() + " to " + node;
        events.record(reference(pod), EventRecorder.Type.NORMAL, "Scheduled", "Binding", message);
    }

    /** No node will do. */
    void unschedulable(PodFacts pod, String message) throws InterruptedException {
        failed(pod, message);
        condition(pod, UNSCHEDULABLE, message);
    }

    /** It was placed, but the server did not take that. */
    void notBound(PodFacts pod, String cause, boolean podGone) throws InterruptedException {
        String message = "running Bind plugin \"DefaultBinder\": " + cause;
        failed(pod, message);
        if (!podGone) {
            condition(pod, ERROR, message);
        }
    }

    /** It is on its way out, so it is not placed. */
    void skipped(PodFacts pod) {
        failed(pod, "skip schedule deleting pod: " + pod.key());
    }

    private void failed(PodFacts pod, String message) {
        events.record(reference(pod), EventRecorder.Type.WARNING, "FailedScheduling", "Scheduling", message);
    }

    /** A refusal or a lost answer is nothing to act upon: the next attempt tries again. */
    private void condition(PodFacts pod, String reason, String message) throws InterruptedException {
        ScheduledCondition wanted =
                new ScheduledCondition("False", reason, message, pod.metadata().generation());
        if (wanted.equals(pod.condition())) {
            return;
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("metadata").put("uid", pod.uid());
        ObjectNode condition = body.putObject("status").putArray("conditions").addObject();
        condition.put("type", "PodScheduled");
        condition.put("status", wanted.status());
        condition.put("reason", reason);
        condition.put("message", message);
        condition.put("observedGeneration", wanted.observedGeneration());
        if (!pod.condition().status().equals(wanted.status())) {
            condition.put("lastTransitionTime", Timestamps.format(environment.now()));
        }
        try {
            pods.send(Write.patch(Write.Verb.PATCH_STRATEGIC, pod.key(), body).onStatus());
        } catch (ApiUnreachableException e) {
            // The condition is news for people; the pod's placement does not depend on it.
        }
    }

    private static ObjectReference reference(PodFacts pod) {
        return ObjectReference.of(ResourceType.PODS, pod.metadata());
    }
}
