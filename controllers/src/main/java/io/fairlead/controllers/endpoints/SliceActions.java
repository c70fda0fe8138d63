// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.endpoints;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.controllers.internal.PodBody;
import io.fairlead.controllers.internal.PodFacts;
import io.fairlead.framework.Answer;
import io.fairlead.framework.ApiRefusedException;
import io.fairlead.framework.Context;
import io.fairlead.framework.ObjectReference;
import io.fairlead.framework.OwnerReference;
import io.fairlead.framework.ResourceClient;
import io.fairlead.framework.ResourceType;
import io.fairlead.framework.Write;
import java.util.Optional;

/** The effects of one look at the slices of one Service. */
final class SliceActions {
    private final ServiceFacts service;
    private final Context context;
    private final ResourceClient slices;

    SliceActions(ServiceFacts service, Context context) {
        this.service = service;
        this.context = context;
        this.slices = context.resources(ResourceType.ENDPOINT_SLICES);
    }

    /** Whether all of it is done; if not, something has changed since it was looked at. */
    boolean carryOut(SlicePlan plan, Optional<String> trigger) throws InterruptedException {
        boolean done = true;
        for (SlicePlan.Create create : plan.create()) {
            done &= done(slices.send(Write.create(service.metadata().namespace(), body(create, plan, trigger))));
        }
        for (SlicePlan.Update update : plan.update()) {
            done &= done(slices.send(Write.patch(
                    Write.Verb.PATCH_MERGE, update.slice().metadata().key(), patch(update, plan, trigger))));
        }
        for (Slice slice : plan.delete()) {
            done &= done(slices.send(
                    Write.delete(slice.metadata().key()).ifUid(slice.metadata().uid())));
        }
        return done;
    }

    private ObjectNode body(SlicePlan.Create create, SlicePlan plan, Optional<String> trigger) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("apiVersion", ResourceType.ENDPOINT_SLICES.apiVersion())
                .put("kind", ResourceType.ENDPOINT_SLICES.kind());
        ObjectNode metadata = body.putObject("metadata")
                .put("generateName", service.metadata().name() + "-")
                .put("namespace", service.metadata().namespace());
        ObjectNode labels = metadata.putObject("labels");
        plan.labels().forEach(labels::put);
        trigger.ifPresent(time -> metadata.putObject("annotations").put(TriggerTimes.ANNOTATION, time));
        metadata.putArray("ownerReferences")
                .add(PodBody.tree(OwnerReference.controller(ResourceType.SERVICES, service.metadata())));
        body.put("addressType", create.addressType());
        body.set("endpoints", orNull(create.endpoints()));
        body.set("ports", orNull(create.ports()));
        return body;
    }

    private static ObjectNode patch(SlicePlan.Update update, SlicePlan plan, Optional<String> trigger) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        ObjectNode metadata = patch.putObject("metadata")
                .put("uid", update.slice().metadata().uid())
                .put("resourceVersion", update.slice().metadata().resourceVersion());
        ObjectNode labels = metadata.putObject("labels");
        update.slice().metadata().labels().keySet().forEach(labels::putNull);
        plan.labels().forEach(labels::put);
        ObjectNode annotations = metadata.putObject("annotations");
        if (trigger.isPresent()) {
            annotations.put(TriggerTimes.ANNOTATION, trigger.get());
        } else {
            annotations.putNull(TriggerTimes.ANNOTATION);
        }
        patch.set("endpoints", orNull(update.endpoints()));
        patch.set("ports", orNull(update.ports()));
        return patch;
    }

    /** As the original writes lists of nothing. */
    private static JsonNode orNull(JsonNode list) {
        return list.isEmpty() ? NullNode.getInstance() : list;
    }

    /** A pod is left out because the node it is on is not known: it comes in when that is. */
    void warnOfLost(PodFacts pod) {
        String name = service.metadata().key().toString();
        context.events()
                .warning(
                        ObjectReference.of(ResourceType.SERVICES, service.metadata()),
                        "FailedToUpdateEndpointSlices",
                        "Error updating Endpoint Slices for Service " + name + ": skipping Pod "
                                + pod.metadata().name() + " for Service " + name + ": Node " + pod.nodeName()
                                + " Not Found");
    }

    private static boolean done(Answer answer) {
        return switch (answer) {
            case Answer.Done ignored -> true;
            case Answer.NotFound ignored -> true;
            case Answer.Conflict ignored -> false;
            case Answer.Refused refused when refused.status().hasCause("NamespaceTerminating") -> true;
            case Answer.Refused refused -> throw new ApiRefusedException(refused.status());
        };
    }
}
