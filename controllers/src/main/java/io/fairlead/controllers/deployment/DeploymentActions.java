// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.deployment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.controllers.deployment.DeploymentPlan.Change;
import io.fairlead.controllers.internal.Condition;
import io.fairlead.controllers.internal.ReplicaSetFacts;
import io.fairlead.framework.Answer;
import io.fairlead.framework.ApiRefusedException;
import io.fairlead.framework.Context;
import io.fairlead.framework.ObjectKey;
import io.fairlead.framework.ObjectReference;
import io.fairlead.framework.ResourceClient;
import io.fairlead.framework.ResourceType;
import io.fairlead.framework.Write;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The effects of one look at one Deployment. */
final class DeploymentActions {
    private static final String NAMESPACE_TERMINATING = "NamespaceTerminating";

    private final DeploymentFacts deployment;
    private final Context context;
    private final ResourceClient replicaSets;
    private final ObjectReference regarding;

    /** What this look has written has newer versions than the cache; a ReplicaSet may be scaled twice in one look. */
    private final Map<ObjectKey, String> versions = new HashMap<>();

    DeploymentActions(DeploymentFacts deployment, Context context) {
        this.deployment = deployment;
        this.context = context;
        this.replicaSets = context.resources(ResourceType.REPLICA_SETS);
        this.regarding = ObjectReference.of(ResourceType.DEPLOYMENTS, deployment.metadata());
    }

    /** How carrying out a plan ended. */
    sealed interface Result {
        record Done() implements Result {}

        /** Something is not as it was when the plan was made. */
        record Stale(String what) implements Result {}

        /** A ReplicaSet of another owner, or with another template, has the name. */
        record NameTaken(String name) implements Result {}

        /** The server refused a ReplicaSet. */
        record NotCreated(String name, String message) implements Result {}
    }

    /** Makes the changes one by one, up to the first that fails. */
    Result carryOut(DeploymentPlan plan) throws InterruptedException {
        for (Change change : plan.changes()) {
            Result result = apply(change);
            if (!(result instanceof Result.Done)) {
                return result;
            }
        }
        return new Result.Done();
    }

    private Result apply(Change change) throws InterruptedException {
        return switch (change) {
            case Change.Annotate annotate -> annotate(annotate);
            case Change.Create create -> create(create);
            case Change.Scale scale -> scale(scale);
            case Change.Delete(ReplicaSetFacts replicaSet) -> delete(replicaSet);
            case Change.WriteStatus write -> writeStatus(write);
            case Change.Warn(String reason, String message) -> {
                context.events().warning(regarding, reason, message);
                yield new Result.Done();
            }
        };
    }

    private Result annotate(Change.Annotate annotate) throws InterruptedException {
        ObjectNode patch = conditionalPatch(annotate.replicaSet(), annotate.annotations());
        if (annotate.replicaSet().minReady().toSeconds() != annotate.minReadySeconds()) {
            patch.putObject("spec").put("minReadySeconds", annotate.minReadySeconds());
        }
        return patch(annotate.replicaSet(), patch);
    }

    private Result scale(Change.Scale scale) throws InterruptedException {
        ObjectNode patch = conditionalPatch(scale.replicaSet(), scale.annotations());
        if (scale.from() != scale.to()) {
            patch.putObject("spec").put("replicas", scale.to());
        }
        Result result = patch(scale.replicaSet(), patch);
        if (result instanceof Result.Done && scale.from() != scale.to()) {
            recordScaling(scale.replicaSet().name(), scale.from(), scale.to());
        }
        return result;
    }

    private void recordScaling(String name, int from, int to) {
        String direction = from < to ? "up" : "down";
        context.events()
                .normal(
                        regarding,
                        "ScalingReplicaSet",
                        "Scaled " + direction + " replica set " + name + " from " + from + " to " + to);
    }

    /** Holds only for the version the plan was made from. */
    private ObjectNode conditionalPatch(ReplicaSetFacts set, Map<String, String> annotations) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        String version = versions.getOrDefault(set.key(), set.metadata().resourceVersion());
        ObjectNode metadata =
                patch.putObject("metadata").put("uid", set.metadata().uid()).put("resourceVersion", version);
        if (!annotations.isEmpty()) {
            ObjectNode fields = metadata.putObject("annotations");
            annotations.forEach(fields::put);
        }
        return patch;
    }

    private Result patch(ReplicaSetFacts set, ObjectNode patch) throws InterruptedException {
        Answer answer = replicaSets.send(Write.patch(Write.Verb.PATCH_MERGE, set.key(), patch));
        if (answer instanceof Answer.Done(var object)) {
            versions.put(set.key(), object.metadata().resourceVersion());
        }
        return result(answer, "replica set " + set.name());
    }

    private Result create(Change.Create create) throws InterruptedException {
        String name = NewReplicaSet.name(deployment, create);
        Write write = Write.create(deployment.metadata().namespace(), NewReplicaSet.body(deployment, create));
        return switch (replicaSets.send(write)) {
            case Answer.Done ignored -> {
                if (create.replicas() > 0) {
                    recordScaling(name, 0, create.replicas());
                }
                yield new Result.Done();
            }
            case Answer.AlreadyExists ignored -> whoHas(name);
            case Answer.Refused refused
            when refused.status().hasCause(NAMESPACE_TERMINATING) ->
                // Nothing can be made here any more, and this Deployment goes too.
                new Result.Stale("namespace " + deployment.metadata().namespace() + " is being deleted");
            case Answer.Refused refused ->
                new Result.NotCreated(name, refused.status().message());
        };
    }

    /** The cache may not show a ReplicaSet of ours that is there: then nothing is taken. */
    private Result whoHas(String name) throws InterruptedException {
        Answer answer = replicaSets.get(new ObjectKey(deployment.metadata().namespace(), name));
        if (!(answer instanceof Answer.Done(var object))) {
            return new Result.Stale("replica set " + name + " was there and is gone");
        }
        ReplicaSetFacts found = object.as(ReplicaSetFacts.SOURCE.projection());
        boolean ours = found.metadata().controlledBy(deployment.metadata().uid())
                && found.template().sameButForHash(deployment.spec().template());
        return ours ? new Result.Stale("replica set " + name + " is not in the cache yet") : new Result.NameTaken(name);
    }

    private Result delete(ReplicaSetFacts set) throws InterruptedException {
        Answer answer =
                replicaSets.send(Write.delete(set.key()).ifUid(set.metadata().uid()));
        return answer instanceof Answer.NotFound ? new Result.Done() : result(answer, "replica set " + set.name());
    }

    private Result writeStatus(Change.WriteStatus write) throws InterruptedException {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        ObjectNode metadata = patch.putObject("metadata")
                .put("uid", deployment.metadata().uid())
                .put("resourceVersion", deployment.metadata().resourceVersion());
        Optional<String> revision = write.revision();
        revision.ifPresent(value -> metadata.putObject("annotations").put(Revisions.REVISION, value));
        DeploymentFacts.Status status = write.status();
        ObjectNode fields = patch.putObject("status");
        putUnlessZero(fields, "observedGeneration", status.observedGeneration());
        putUnlessZero(fields, "replicas", status.replicas());
        putUnlessZero(fields, "updatedReplicas", status.updated());
        putUnlessZero(fields, "readyReplicas", status.ready());
        putUnlessZero(fields, "availableReplicas", status.available());
        putUnlessZero(fields, "unavailableReplicas", status.unavailable());
        if (status.terminating().isPresent()) {
            fields.put("terminatingReplicas", status.terminating().getAsInt());
        } else {
            fields.putNull("terminatingReplicas");
        }
        status.collisions().ifPresent(count -> fields.put("collisionCount", count));
        if (!status.conditions().equals(deployment.status().conditions())) {
            fields.set("conditions", Condition.toPatch(status.conditions()));
        }
        Write request =
                Write.patch(Write.Verb.PATCH_MERGE, deployment.key(), patch).onStatus();
        Answer answer = context.resources(ResourceType.DEPLOYMENTS).send(request);
        return result(answer, "deployment " + deployment.key());
    }

    private static void putUnlessZero(ObjectNode fields, String name, long value) {
        if (value == 0) {
            fields.putNull(name);
        } else {
            fields.put(name, value);
        }
    }

    private static Result result(Answer answer, String what) {
        return switch (answer) {
            case Answer.Done ignored -> new Result.Done();
            case Answer.Conflict ignored -> new Result.Stale(what + " has changed");
            case Answer.NotFound ignored -> new Result.Stale(what + " is gone");
            case Answer.Refused refused -> throw new ApiRefusedException(refused.status());
        };
    }
}
