// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.endpoints;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.controllers.endpoints.EndpointsPlanner.Wanted;
import io.fairlead.controllers.internal.JsonTrees;
import io.fairlead.controllers.internal.PodFacts;
import io.fairlead.framework.Answer;
import io.fairlead.framework.ApiRefusedException;
import io.fairlead.framework.Context;
import io.fairlead.framework.Lister;
import io.fairlead.framework.ObjectKey;
import io.fairlead.framework.Outcome;
import io.fairlead.framework.Reconciler;
import io.fairlead.framework.ResourceType;
import io.fairlead.framework.Write;
import java.util.List;
import java.util.Optional;

/** Writes the Endpoints object of a Service as {@link EndpointsPlanner} wants it. */
final class EndpointsReconciler implements Reconciler<ServiceFacts> {
    private final Lister<PodFacts> pods;
    private final Lister<EndpointsFacts> endpoints;
    private final Batches batches;
    private final TriggerMemory triggers = new TriggerMemory();

    EndpointsReconciler(Lister<PodFacts> pods, Lister<EndpointsFacts> endpoints, Batches batches) {
        this.pods = pods;
        this.endpoints = endpoints;
        this.batches = batches;
    }

    @Override
    public Outcome reconcile(ServiceFacts service, Context context) throws InterruptedException {
        if (!service.selectsPods()) {
            return Outcome.settled();
        }
        List<PodFacts> selected = ServicePods.of(service, pods);
        batches.found(service.metadata().key(), selected.size());
        Optional<String> trigger = triggers.look(service, selected);
        Wanted wanted = EndpointsPlanner.wanted(service, selected);
        Optional<EndpointsFacts> present = endpoints.get(service.metadata().key());
        if (present.isEmpty()) {
            return outcome(send(context, Write.create(service.metadata().namespace(), body(service, wanted, trigger))));
        }
        if (says(present.get(), wanted)) {
            return Outcome.settled();
        }
        return outcome(send(
                context,
                Write.patch(Write.Verb.PATCH_MERGE, service.metadata().key(), patch(present.get(), wanted, trigger))));
    }

    private static boolean says(EndpointsFacts present, Wanted wanted) {
        return JsonTrees.same(present.subsets(), wanted.subsets())
                && present.metadata().labels().equals(wanted.labels());
    }

    private static ObjectNode body(ServiceFacts service, Wanted wanted, Optional<String> trigger) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("apiVersion", "v1").put("kind", ResourceType.ENDPOINTS.kind());
        ObjectNode metadata = body.putObject("metadata")
                .put("name", service.metadata().name())
                .put("namespace", service.metadata().namespace());
        ObjectNode labels = metadata.putObject("labels");
        wanted.labels().forEach(labels::put);
        ObjectNode annotations = metadata.putObject("annotations");
        trigger.ifPresent(time -> annotations.put(TriggerTimes.ANNOTATION, time));
        if (wanted.truncated()) {
            annotations.put(EndpointsPlanner.OVER_CAPACITY_ANNOTATION, "truncated");
        }
        body.set("subsets", wanted.subsets());
        return body;
    }

    private static ObjectNode patch(EndpointsFacts present, Wanted wanted, Optional<String> trigger) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        ObjectNode metadata = patch.putObject("metadata")
                .put("uid", present.metadata().uid())
                .put("resourceVersion", present.metadata().resourceVersion());
        ObjectNode labels = metadata.putObject("labels");
        present.metadata().labels().keySet().forEach(labels::putNull);
        wanted.labels().forEach(labels::put);
        ObjectNode annotations = metadata.putObject("annotations");
        putOrRemove(annotations, TriggerTimes.ANNOTATION, trigger);
        putOrRemove(
                annotations,
                EndpointsPlanner.OVER_CAPACITY_ANNOTATION,
                wanted.truncated() ? Optional.of("truncated") : Optional.empty());
        if (wanted.subsets().isEmpty()) {
            patch.putNull("subsets");
        } else {
            patch.set("subsets", wanted.subsets());
        }
        return patch;
    }

    private static void putOrRemove(ObjectNode fields, String name, Optional<String> value) {
        if (value.isPresent()) {
            fields.put(name, value.get());
        } else {
            fields.putNull(name);
        }
    }

    /** With its Service goes the object, which nothing says belongs to it. */
    @Override
    public Outcome removed(ObjectKey key, Context context) throws InterruptedException {
        triggers.forget(key);
        batches.forget(key);
        Optional<EndpointsFacts> ours = endpoints.get(key).filter(present -> present.metadata()
                .label(EndpointsPlanner.MANAGED_BY_LABEL)
                .equals(EndpointsPlanner.MANAGER));
        if (ours.isEmpty()) {
            return Outcome.settled();
        }
        Write delete = Write.delete(key).ifUid(ours.get().metadata().uid());
        return outcome(send(context, delete));
    }

    private static Answer send(Context context, Write write) throws InterruptedException {
        return context.resources(ResourceType.ENDPOINTS).send(write);
    }

    private static Outcome outcome(Answer answer) {
        return switch (answer) {
            case Answer.Done ignored -> Outcome.settled();
            case Answer.NotFound ignored -> Outcome.settled();
            case Answer.AlreadyExists ignored -> Outcome.retry("it is not in the cache yet");
            case Answer.Conflict ignored -> Outcome.retry("it has changed");
            case Answer.Refused refused when refused.status().hasCause("NamespaceTerminating") -> Outcome.settled();
            case Answer.Refused refused -> throw new ApiRefusedException(refused.status());
        };
    }
}
