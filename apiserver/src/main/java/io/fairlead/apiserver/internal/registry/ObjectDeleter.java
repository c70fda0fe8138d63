// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import io.fairlead.apiserver.internal.admission.AdmissionChain;
import io.fairlead.apiserver.internal.admission.AdmissionRequest.Operation;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.registry.Deletions.Step;
import io.fairlead.apiserver.internal.schema.GroupVersionKind;
import io.fairlead.apiserver.internal.status.ApiStatus;
import io.fairlead.apiserver.internal.status.StatusException;
import io.fairlead.apiserver.internal.storage.CommitResult;
import io.fairlead.apiserver.internal.storage.Store;
import io.fairlead.apiserver.internal.storage.Stored;
import java.util.Optional;

/** Deletes objects, at once or by marking them for those who hold a finalizer or run a pod. Any thread may call it. */
public final class ObjectDeleter {
    /** Each lost race means that another write succeeded, so this many in a row are a storm, which is answered with a conflict. */
    private static final int ATTEMPTS_MAX = 50;

    private static final String JOB_PODS_STAY =
            "child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them or set"
                    + " propagationPolicy=Orphan to suppress this warning";

    private final Store store;
    private final AdmissionChain admission;

    ObjectDeleter(Store store, AdmissionChain admission) {
        this.store = store;
        this.admission = admission;
    }

    /**
     * Deletes the object that {@code write} names.
     *
     * @throws StatusException if it is not there, or not as {@code options} expect it
     */
    public Answer delete(WriteContext write, DeleteOptions options) {
        warnAboutOrphans(write, options);
        Optional<String> refusal = write.strategy().refusalOfDeletion(write.name());
        if (refusal.isPresent()) {
            throw ApiStatus.forbidden(write.resource().definition(), write.name(), refusal.get())
                    .exception();
        }
        return deleteOne(write, options);
    }

    /** Deletes one object of a collection that is deleted, about which all is said already. */
    Answer deleteOne(WriteContext write, DeleteOptions options) {
        String key = write.resource().key(write.namespace(), write.name());
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            Stored stored = store.get(key)
                    .orElseThrow(() -> ApiStatus.notFound(write.resource().definition(), write.name())
                            .exception());
            Optional<Answer> answer = attempt(write, options, stored);
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        throw ApiStatus.modified(write.resource().definition(), write.name()).exception();
    }

    /** Tells whoever deletes jobs without a word on their pods what becomes of these. */
    static void warnAboutOrphans(WriteContext write, DeleteOptions options) {
        boolean said =
                options.propagation().isPresent() || options.orphanDependents().isPresent();
        if (!said && write.resource().definition().qualifiedName().equals("jobs.batch")) {
            write.request().warn(JOB_PODS_STAY);
        }
    }

    /** One try; empty if somebody else wrote in between. */
    private Optional<Answer> attempt(WriteContext write, DeleteOptions options, Stored stored) {
        JsonObject object = write.resource().tree(stored);
        checkPreconditions(write, options, stored, object);
        admission.mutate(write.admission(Operation.DELETE, null, object));
        admission.validate(write.admission(Operation.DELETE, null, object));
        if (Deletions.isNamespace(write.resource())) {
            return namespace(write, options, stored, object);
        }
        return switch (Deletions.mark(
                write.resource(), object, options, write.request().now())) {
            case Step.Pending() -> Optional.of(deleted(write, object));
            case Step.Remove() -> remove(write, stored, object);
            case Step.Mark(boolean thenRemove) -> mark(write, stored, object, thenRemove);
        };
    }

    /** Namespaces end in two steps: the first one shows everybody that they end, the last finalizer ends them. */
    private Optional<Answer> namespace(WriteContext write, DeleteOptions options, Stored stored, JsonObject object) {
        if (!Metadata.isDeleting(object)) {
            Metadata.of(object)
                    .put("deletionTimestamp", Metadata.time(write.request().now()));
            object.child("status").put("phase", "Terminating");
            Metadata.putFinalizers(object, Deletions.finalizers(write.resource(), object, options));
            return mark(write, stored, object, false);
        }
        boolean held = !object.objectOrEmpty("spec").texts("finalizers").isEmpty()
                || !Metadata.finalizers(object).isEmpty();
        return held ? Optional.of(new Answer.One(200, write.resource(), stored)) : remove(write, stored, object);
    }

    private Optional<Answer> remove(WriteContext write, Stored stored, JsonObject object) {
        if (write.dryRun()) {
            return Optional.of(deleted(write, object));
        }
        return switch (store.delete(stored.key(), stored.revision())) {
            case CommitResult.Committed(Stored last) -> {
                Metadata.of(object).put("resourceVersion", Long.toString(last.revision()));
                yield Optional.of(deleted(write, object));
            }
            case CommitResult.Conflict ignored -> Optional.empty();
            case CommitResult.TooLarge tooLarge -> throw StoreAnswers.tooLarge(tooLarge);
        };
    }

    private Optional<Answer> mark(WriteContext write, Stored stored, JsonObject object, boolean thenRemove) {
        if (write.dryRun()) {
            return Optional.of(
                    thenRemove
                            ? deleted(write, object)
                            : new Answer.Tree(
                                    200, write.resource(), write.resource().kind(), object));
        }
        var value = write.resource().value(object);
        if (stored.sameAs(value)) {
            return Optional.of(new Answer.One(200, write.resource(), stored));
        }
        return switch (store.update(stored.key(), stored.revision(), value)) {
            case CommitResult.Committed(Stored marked) ->
                thenRemove ? remove(write, marked, object) : Optional.of(new Answer.One(200, write.resource(), marked));
            case CommitResult.Conflict ignored -> Optional.empty();
            case CommitResult.TooLarge tooLarge -> throw StoreAnswers.tooLarge(tooLarge);
        };
    }

    /** What a client is told of an object that is gone: the object, or that it is, as the kind has it. */
    private static Answer deleted(WriteContext write, JsonObject object) {
        if (write.strategy().answersDeletedObject()) {
            return new Answer.Tree(200, write.resource(), write.resource().kind(), object);
        }
        JsonObject details = ApiStatus.details(write.resource().definition(), write.name());
        details.put("uid", Metadata.uid(object));
        JsonObject status = StatusAnswers.success().put("details", details);
        return new Answer.Tree(200, write.resource(), StatusAnswers.KIND, status);
    }

    private static void checkPreconditions(
            WriteContext write, DeleteOptions options, Stored stored, JsonObject object) {
        String uid = Metadata.uid(object);
        if (options.uid().isPresent() && !options.uid().get().equals(uid)) {
            throw precondition(
                    write,
                    "the UID in the precondition (" + options.uid().get() + ") does not match the UID in record (" + uid
                            + "). The object might have been deleted and then recreated");
        }
        String version = Long.toString(stored.revision());
        if (options.resourceVersion().isPresent()
                && !options.resourceVersion().get().equals(version)) {
            throw precondition(
                    write,
                    "the ResourceVersion in the precondition ("
                            + options.resourceVersion().get()
                            + ") does not match the ResourceVersion in record (" + version
                            + "). The object might have been modified");
        }
    }

    private static StatusException precondition(WriteContext write, String why) {
        GroupVersionKind kind = write.resource().storageKind();
        String qualified = kind.group().isEmpty() ? kind.kind() : kind.kind() + "." + kind.group();
        return ApiStatus.conflict(
                        qualified, ApiStatus.details(kind.group(), kind.kind(), write.name()), write.name(), why)
                .exception();
    }
}
