// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import io.fairlead.apiserver.internal.admission.AdmissionChain;
import io.fairlead.apiserver.internal.admission.AdmissionRequest.Operation;
import io.fairlead.apiserver.internal.apply.ManagedFields;
import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonNumber;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.status.ApiStatus;
import io.fairlead.apiserver.internal.status.StatusException;
import io.fairlead.apiserver.internal.storage.CommitResult;
import io.fairlead.apiserver.internal.storage.Store;
import io.fairlead.apiserver.internal.storage.Stored;
import io.fairlead.apiserver.internal.storage.Value;
import io.fairlead.apiserver.internal.validation.FieldError;
import io.fairlead.environment.Environment;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Changes objects: by a whole new one, a patch, or a rule of a subresource.
 *
 * <p>A change is a function of the object as it is stored. When somebody else is quicker, it is asked again with what that one
 * left, unless the client said which version it means. Any thread may call it.
 */
public final class ObjectUpdater {
    /** Each lost race means that another write succeeded, so this many in a row are a storm, which is answered with a conflict. */
    private static final int ATTEMPTS_MAX = 50;

    private final Environment environment;
    private final Store store;
    private final AdmissionChain admission;
    private final Ownership ownership;
    private final ObjectCreator creator;

    ObjectUpdater(
            Environment environment,
            Store store,
            AdmissionChain admission,
            Ownership ownership,
            ObjectCreator creator) {
        this.environment = environment;
        this.store = store;
        this.admission = admission;
        this.ownership = ownership;
        this.creator = creator;
    }

    /** How an object changes. */
    @FunctionalInterface
    public interface Edit {
        /**
         * The object as it is to be, in the served version, decoded and with its defaults.
         *
         * @param old as it is stored, which must not be changed; null if there is none
         * @throws StatusException if it cannot be changed so
         */
        JsonObject apply(@Nullable JsonObject old);

        /** Whether it is a whole object that a client sent: its uid and version are conditions. */
        default boolean replaces() {
            return false;
        }

        /** Whether {@code managedFields} are already as they should be, as after an apply. */
        default boolean ownsFields() {
            return false;
        }
    }

    /** Replaces the object, or its status, by {@code object}, which the request's body said. */
    public Answer replace(WriteContext write, JsonObject object) {
        checkNames(write, object);
        return update(write, UpdateRules.of(write.subresource()), false, new Edit() {
            @Override
            public JsonObject apply(@Nullable JsonObject old) {
                return object.deepCopy();
            }

            @Override
            public boolean replaces() {
                return true;
            }
        });
    }

    /** @throws StatusException 400 if {@code object} is another than the path names */
    static void checkNames(WriteContext write, JsonObject object) {
        JsonObject metadata = Metadata.of(object);
        String name = metadata.text("name");
        if (name.isEmpty()) {
            throw ApiStatus.badRequest("the name of the object (" + write.name()
                            + " based on URL) was undeterminable: name must be provided")
                    .exception();
        }
        if (!name.equals(write.name())) {
            throw ApiStatus.badRequest("the name of the object (" + name + ") does not match the name on the URL ("
                            + write.name() + ")")
                    .exception();
        }
        String namespace = metadata.text("namespace");
        if (write.resource().definition().namespaced()) {
            if (!namespace.isEmpty() && !namespace.equals(write.namespace())) {
                throw ApiStatus.badRequest(
                                "the namespace of the provided object does not match the namespace sent on the request")
                        .exception();
            }
            metadata.put("namespace", write.namespace());
        } else {
            metadata.remove("namespace");
        }
    }

    /**
     * Changes the object that {@code write} names by {@code edit}.
     *
     * @param createsIfMissing whether a missing object is created, whatever the kind says
     */
    Answer update(WriteContext write, UpdateRules rules, boolean createsIfMissing, Edit edit) {
        String key = write.resource().key(write.namespace(), write.name());
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            Optional<Stored> found = store.get(key);
            Attempt result = found.isPresent()
                    ? change(write, rules, edit, found.get())
                    : create(write, rules, createsIfMissing, edit, key);
            switch (result) {
                case Attempt.Done(Answer answer) -> {
                    return answer;
                }
                case Attempt.Lost() -> {
                    // Somebody wrote in between: look again.
                }
            }
        }
        throw ApiStatus.modified(write.resource().definition(), write.name()).exception();
    }

    private Attempt create(WriteContext write, UpdateRules rules, boolean createsIfMissing, Edit edit, String key) {
        boolean allowed = rules == UpdateRules.OBJECT
                && (createsIfMissing || write.strategy().createsOnUpdate());
        if (!allowed) {
            throw ApiStatus.notFound(write.resource().definition(), write.name())
                    .exception();
        }
        JsonObject next = edit.apply(null);
        String uid = Metadata.uid(next);
        if (!uid.isEmpty()) {
            throw otherUid(write, key, uid, environment.newUid().toString());
        }
        Metadata.of(next).remove("resourceVersion");
        if (!edit.ownsFields()) {
            ownership.update(write, null, next);
        }
        write.resource().type().settle(next);
        admission.mutate(write.admission(Operation.CREATE, next, null));
        return new Attempt.Done(creator.finish(write, next, 201));
    }

    private Attempt change(WriteContext write, UpdateRules rules, Edit edit, Stored stored) {
        JsonObject old = write.resource().tree(stored);
        JsonObject next = edit.apply(old);
        JsonObject metadata = Metadata.of(next);
        String uid = metadata.text("uid");
        if (edit.replaces() && !uid.isEmpty() && !uid.equals(Metadata.uid(old))) {
            throw otherUid(write, stored.key(), uid, Metadata.uid(old));
        }
        boolean conditional = checkVersion(write, rules, metadata, stored) && edit.replaces();
        ObjectCreator.dropRepeatedOwners(write, next);
        if (!edit.ownsFields()) {
            ownership.update(write, old, next);
        }
        write.resource().type().settle(next);
        keepSystemFields(next, old);
        admission.mutate(write.admission(Operation.UPDATE, next, old));
        complete(write, rules, next, old);
        admission.validate(write.admission(Operation.UPDATE, next, old));
        if (Deletions.endsWith(write.resource(), next, old)) {
            return finishDeletion(write, next, stored);
        }
        Value value = write.resource().value(next);
        if (write.dryRun()) {
            Metadata.of(next).put("resourceVersion", Long.toString(stored.revision()));
            return done(new Answer.Tree(200, write.resource(), write.resource().kind(), next));
        }
        if (stored.sameAs(value) || Metadata.same(old, next)) {
            return done(new Answer.One(200, write.resource(), stored));
        }
        return switch (store.update(stored.key(), stored.revision(), value)) {
            case CommitResult.Committed(Stored after) -> done(new Answer.One(200, write.resource(), after));
            case CommitResult.Conflict ignored -> lost(write, conditional);
            case CommitResult.TooLarge tooLarge -> throw StoreAnswers.tooLarge(tooLarge);
        };
    }

    /** The last finalizer is gone from an object that was to be deleted: that is its end. */
    private Attempt finishDeletion(WriteContext write, JsonObject next, Stored stored) {
        Metadata.of(next).put("resourceVersion", Long.toString(stored.revision()));
        Answer answer = new Answer.Tree(200, write.resource(), write.resource().kind(), next);
        if (write.dryRun()) {
            return done(answer);
        }
        return switch (store.delete(stored.key(), stored.revision())) {
            case CommitResult.Committed ignored -> done(answer);
            case CommitResult.Conflict ignored -> new Attempt.Lost();
            case CommitResult.TooLarge tooLarge -> throw StoreAnswers.tooLarge(tooLarge);
        };
    }

    private static Attempt lost(WriteContext write, boolean conditional) {
        if (conditional) {
            throw ApiStatus.modified(write.resource().definition(), write.name())
                    .exception();
        }
        return new Attempt.Lost();
    }

    private static Attempt done(Answer answer) {
        return new Attempt.Done(answer);
    }

    /** Whether the client said which version it means; if it did, it must be the stored one. */
    private static boolean checkVersion(WriteContext write, UpdateRules rules, JsonObject metadata, Stored stored) {
        String text = metadata.text("resourceVersion");
        long version;
        try {
            version = text.isEmpty() ? 0 : ResourceVersions.parse(text);
        } catch (NumberFormatException e) {
            throw ApiStatus.unexpected(ResourceVersions.goMessage(text)).exception();
        }
        if (version != 0) {
            if (version != stored.revision()) {
                throw ApiStatus.modified(write.resource().definition(), write.name())
                        .exception();
            }
            return true;
        }
        if (rules != UpdateRules.SERVER && !write.strategy().allowsUnconditionalUpdate()) {
            FieldError error = new FieldError(
                    FieldError.Kind.INVALID,
                    "metadata.resourceVersion",
                    JsonNumber.of(0),
                    "must be specified for an update");
            String group = write.resource().definition().group();
            throw ApiStatus.invalid(group, write.resource().definition().plural(), write.name(), List.of(error))
                    .exception();
        }
        return false;
    }

    /** What the server sets and no update changes. */
    private static void keepSystemFields(JsonObject next, JsonObject old) {
        JsonObject from = old.objectOrEmpty("metadata");
        JsonObject to = Metadata.of(next);
        to.remove("selfLink");
        if (to.text("uid").isEmpty()) {
            keep("uid", from, to);
        }
        keep("creationTimestamp", from, to);
        keep("generation", from, to);
        if (from.has("deletionTimestamp")) {
            keep("deletionTimestamp", from, to);
            JsonValue grace = to.get("deletionGracePeriodSeconds");
            if (grace == null || grace == JsonNull.NULL) {
                keep("deletionGracePeriodSeconds", from, to);
            }
        }
    }

    private static void keep(String name, JsonObject from, JsonObject to) {
        JsonValue value = from.get(name);
        if (value == null) {
            to.remove(name);
        } else {
            to.put(name, value);
        }
    }

    private static void complete(WriteContext write, UpdateRules rules, JsonObject next, JsonObject old) {
        List<FieldError> errors = rules.complete(write, next, old);
        if (!errors.isEmpty()) {
            throw ApiStatus.invalid(write.resource().storageKind(), write.name(), errors)
                    .exception();
        }
        if (rules == UpdateRules.OBJECT) {
            write.request().warn(write.strategy().warningsOnUpdate(write.strategyContext(), next, old));
        }
        write.strategy().canonicalize(next);
        ManagedFields.keepTimes(old, next);
    }

    private static StatusException otherUid(WriteContext write, String key, String wanted, String actual) {
        String why = "StorageError: invalid object, Code: 4, Key: " + key
                + ", ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: " + wanted
                + ", UID in object meta: " + actual;
        return ApiStatus.conflict(write.resource().definition(), write.name(), why)
                .exception();
    }

    /** How one try ended. */
    private sealed interface Attempt {
        record Done(Answer answer) implements Attempt {}

        record Lost() implements Attempt {}
    }
}
