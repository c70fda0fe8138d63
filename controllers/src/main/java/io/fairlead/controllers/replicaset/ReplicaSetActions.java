// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.replicaset;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.controllers.internal.Condition;
import io.fairlead.controllers.internal.PodBody;
import io.fairlead.controllers.internal.PodFacts;
import io.fairlead.controllers.internal.ReplicaSetFacts;
import io.fairlead.controllers.replicaset.ReplicaSetPlanner.Failure;
import io.fairlead.framework.Answer;
import io.fairlead.framework.ApiRefusedException;
import io.fairlead.framework.ApiUnreachableException;
import io.fairlead.framework.Call;
import io.fairlead.framework.Context;
import io.fairlead.framework.ObjectReference;
import io.fairlead.framework.ResourceClient;
import io.fairlead.framework.ResourceType;
import io.fairlead.framework.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The effects of one look at one ReplicaSet: pods made and deleted, the status written, events recorded. */
final class ReplicaSetActions {
    private static final String NAMESPACE_TERMINATING = "NamespaceTerminating";

    private final ReplicatedKind kind;
    private final ReplicaSetFacts replicaSet;
    private final Context context;
    private final ResourceClient pods;
    private final ObjectReference regarding;

    ReplicaSetActions(ReplicatedKind kind, ReplicaSetFacts replicaSet, Context context) {
        this.kind = kind;
        this.replicaSet = replicaSet;
        this.context = context;
        this.pods = context.resources(ResourceType.PODS);
        this.regarding = ObjectReference.of(kind.type(), replicaSet.metadata());
    }

    /** Carries out {@code plan}; the answer is the first failure. */
    Optional<Failure> carryOut(ReplicaSetPlan plan) throws InterruptedException {
        return switch (plan) {
            case ReplicaSetPlan.Enough() -> Optional.empty();
            case ReplicaSetPlan.Create(int count) -> create(count);
            case ReplicaSetPlan.Delete(List<PodFacts> surplus) -> delete(surplus);
        };
    }

    private Optional<Failure> create(int count) throws InterruptedException {
        Write write = Write.create(
                replicaSet.metadata().namespace(),
                PodBody.of(replicaSet.template(), kind.type(), replicaSet.metadata()));
        int done = 0;
        while (done < count) {
            int batch = ReplicaSetPlanner.nextBatch(done, count);
            List<Write> writes = new ArrayList<>(batch);
            for (int i = 0; i < batch; i++) {
                writes.add(write);
            }
            Optional<Failure> failure = Optional.empty();
            for (Sent sent : sendAll(writes)) {
                Optional<Failure> now = created(sent);
                failure = failure.isPresent() ? failure : now;
                if (sent.namespaceTerminating()) {
                    // Nothing more can be made here, and nothing more needs to be: the ReplicaSet goes too.
                    return Optional.empty();
                }
            }
            if (failure.isPresent()) {
                return failure;
            }
            done += batch;
        }
        return Optional.empty();
    }

    private Optional<Failure> created(Sent sent) {
        switch (sent) {
            case Answered(Answer.Done(var pod)) -> {
                context.events()
                        .normal(
                                regarding,
                                "SuccessfulCreate",
                                "Created pod: " + pod.metadata().name());
                return Optional.empty();
            }
            case Sent failed
            when failed.namespaceTerminating() -> {
                return Optional.empty();
            }
            case Sent failed -> {
                context.events().warning(regarding, "FailedCreate", "Error creating: " + failed.message());
                return Optional.of(new Failure("FailedCreate", failed.message()));
            }
        }
    }

    private Optional<Failure> delete(List<PodFacts> surplus) throws InterruptedException {
        List<Write> writes = surplus.stream()
                .map(PodFacts::metadata)
                .map(pod -> Write.delete(pod.key()).ifUid(pod.uid()))
                .toList();
        Optional<Failure> failure = Optional.empty();
        List<Sent> answers = sendAll(writes);
        for (int i = 0; i < answers.size(); i++) {
            Optional<Failure> now = deleted(writes.get(i).name(), answers.get(i));
            failure = failure.isPresent() ? failure : now;
        }
        return failure;
    }

    private Optional<Failure> deleted(String name, Sent sent) {
        switch (sent) {
            case Answered(Answer.Done ignored) -> {
                context.events().normal(regarding, "SuccessfulDelete", "Deleted pod: " + name);
                return Optional.empty();
            }
            case Answered(Answer.NotFound ignored) -> {
                return Optional.empty();
            }
            case Sent failed -> {
                context.events().warning(regarding, "FailedDelete", "Error deleting: " + failed.message());
                return Optional.of(new Failure("FailedDelete", failed.message()));
            }
        }
    }

    /** Has all under way at once, and waits for every one of them: what is not waited for is not seen in the next look either. */
    private List<Sent> sendAll(List<Write> writes) throws InterruptedException {
        List<Call<Answer>> calls = new ArrayList<>(writes.size());
        for (Write write : writes) {
            calls.add(pods.start(write));
        }
        List<Sent> answers = new ArrayList<>(calls.size());
        for (Call<Answer> call : calls) {
            answers.add(await(call));
        }
        return answers;
    }

    private static Sent await(Call<Answer> call) throws InterruptedException {
        try {
            return new Answered(call.await());
        } catch (ApiUnreachableException e) {
            return new Lost(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Writes the status.
     *
     * <p>Without the version it was computed from: what is written holds for the generation it names, whatever else changed.
     *
     * @return whether it is written; if not, too many others were writing, or another object has the name
     */
    boolean writeStatus(ReplicaSetFacts.Status status) throws InterruptedException {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("metadata").put("uid", replicaSet.metadata().uid());
        ObjectNode fields = patch.putObject("status").put("replicas", status.replicas());
        putUnlessZero(fields, "fullyLabeledReplicas", status.fullyLabeled());
        putUnlessZero(fields, "readyReplicas", status.ready());
        putUnlessZero(fields, "availableReplicas", status.available());
        status.terminating().ifPresent(count -> fields.put("terminatingReplicas", count));
        fields.put("observedGeneration", status.observedGeneration());
        if (!status.conditions().equals(replicaSet.status().conditions())) {
            fields.set("conditions", Condition.toPatch(status.conditions()));
        }
        Write write =
                Write.patch(Write.Verb.PATCH_MERGE, replicaSet.key(), patch).onStatus();
        return switch (context.resources(kind.type()).send(write)) {
            case Answer.Done ignored -> true;
            case Answer.NotFound ignored -> true;
            case Answer.Conflict ignored -> false;
            case Answer.Refused refused -> throw new ApiRefusedException(refused.status());
        };
    }

    private static void putUnlessZero(ObjectNode fields, String name, int value) {
        if (value == 0) {
            fields.putNull(name);
        } else {
            fields.put(name, value);
        }
    }

    /** What became of a write. */
    private sealed interface Sent {
        String message();

        boolean namespaceTerminating();
    }

    private record Answered(Answer answer) implements Sent {
        @Override
        public String message() {
            return answer instanceof Answer.Refused refused ? refused.status().message() : "";
        }

        @Override
        public boolean namespaceTerminating() {
            return answer instanceof Answer.Refused refused && refused.status().hasCause(NAMESPACE_TERMINATING);
        }
    }

    /** Nobody knows whether it happened. */
    private record Lost(String message) implements Sent {
        @Override
        public boolean namespaceTerminating() {
            return false;
        }
    }
}
