// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import io.fairlead.apiserver.internal.admission.AdmissionChain;
import io.fairlead.apiserver.internal.admission.AdmissionRequest.Operation;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonReader;
import io.fairlead.apiserver.internal.status.ApiStatus;
import io.fairlead.apiserver.internal.status.StatusException;
import io.fairlead.apiserver.internal.storage.CommitResult;
import io.fairlead.apiserver.internal.storage.Store;
import io.fairlead.apiserver.internal.storage.Stored;
import io.fairlead.apiserver.internal.validation.FieldError;
import io.fairlead.environment.Environment;
import java.util.List;

/** Creates objects: on the caller's thread, in one pass, up to the commit. Any thread may call it. */
public final class ObjectCreator {
    /** Letters and digits that make no words and are not taken for each other; upstream's. */
    private static final String SUFFIX_CHARACTERS = "bcdfghjklmnpqrstvwxz2456789";

    private static final int SUFFIX_LENGTH = 5;

    /** So that base and suffix fit into a DNS label. */
    private static final int BASE_MAX = 63 - SUFFIX_LENGTH;

    /** With 14 million suffixes, eight collisions in a row mean that the space is full; upstream's number. */
    private static final int NAME_ATTEMPTS_MAX = 8;

    private static final String REPEATED_OWNERS =
            ".metadata.ownerReferences contains duplicate entries; API server dedups owner references in 1.20+, and may reject"
                    + " such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: ";

    private final Environment environment;
    private final Store store;
    private final AdmissionChain admission;
    private final Ownership ownership;

    ObjectCreator(Environment environment, Store store, AdmissionChain admission, Ownership ownership) {
        this.environment = environment;
        this.store = store;
        this.admission = admission;
        this.ownership = ownership;
    }

    /**
     * Creates {@code object}, which is decoded and has its defaults; it is changed.
     *
     * @throws StatusException if it cannot be created
     */
    public Answer create(WriteContext write, JsonObject object) {
        String namespace = Metadata.of(object).text("namespace");
        if (!write.resource().definition().namespaced()) {
            Metadata.of(object).remove("namespace");
        } else if (namespace.isEmpty()) {
            Metadata.of(object).put("namespace", write.namespace());
        } else if (!namespace.equals(write.namespace())) {
            throw ApiStatus.badRequest(
                            "the namespace of the provided object does not match the namespace sent on the request")
                    .exception();
        }
        Metadata.wipe(object);
        dropRepeatedOwners(write, object);
        ownership.update(write, null, object);
        write.resource().type().settle(object);
        WriteContext named = write.named(Metadata.name(object));
        admission.mutate(named.admission(Operation.CREATE, object, null));
        return finish(named, object, 201);
    }

    /** Tells the client which owners it named twice, and names them once. */
    static void dropRepeatedOwners(WriteContext write, JsonObject object) {
        List<String> uids = object.objectOrEmpty("metadata").objects("ownerReferences").stream()
                .map(owner -> owner.text("uid"))
                .toList();
        if (Metadata.dropRepeatedOwners(object)) {
            List<String> repeated = uids.stream()
                    .filter(uid -> uids.indexOf(uid) != uids.lastIndexOf(uid))
                    .distinct()
                    .toList();
            write.request().warn(REPEATED_OWNERS + String.join(", ", repeated));
        }
    }

    /**
     * What is left to do once the object says all that its client and the plugins wanted: gives it a uid and, if need be, a name,
     * prepares, validates and stores it; also for a PUT that creates.
     */
    Answer finish(WriteContext write, JsonObject object, int code) {
        JsonObject metadata = Metadata.of(object);
        boolean generates = metadata.text("name").isEmpty()
                && !metadata.text("generateName").isEmpty();
        String sentVersion = metadata.text("resourceVersion");
        metadata.remove("resourceVersion");
        Metadata.wipe(object);
        metadata.put("uid", environment.newUid().toString());
        metadata.put("creationTimestamp", Metadata.time(write.request().now()));
        for (int attempt = 1; ; attempt++) {
            if (generates) {
                metadata.put("name", generateName(metadata.text("generateName")));
            }
            WriteContext named = write.named(metadata.text("name"));
            JsonObject candidate = attempt < NAME_ATTEMPTS_MAX && generates ? object.deepCopy() : object;
            complete(named, candidate);
            if (!sentVersion.isEmpty() && !sentVersion.equals("0")) {
                throw ApiStatus.unexpected("resourceVersion should not be set on objects to be created")
                        .exception();
            }
            CommitResult result = store(named, candidate);
            switch (result) {
                case CommitResult.Committed(Stored stored) -> {
                    return new Answer.One(code, named.resource(), stored);
                }
                case CommitResult.Conflict(var actual) -> {
                    if (actual.isEmpty()) {
                        return new Answer.Tree(
                                code, named.resource(), named.resource().kind(), candidate);
                    }
                    if (!generates || attempt >= NAME_ATTEMPTS_MAX) {
                        throw exists(named, actual.get());
                    }
                }
                case CommitResult.TooLarge tooLarge -> throw StoreAnswers.tooLarge(tooLarge);
            }
        }
    }

    /** Prepares, validates and lets the last plugins look. */
    private void complete(WriteContext write, JsonObject object) {
        Strategy strategy = write.strategy();
        Strategy.Context context = write.strategyContext();
        strategy.prepareForCreate(context, object);
        List<FieldError> errors = strategy.validate(context, object);
        if (!errors.isEmpty()) {
            throw ApiStatus.invalid(write.resource().storageKind(), write.name(), errors)
                    .exception();
        }
        write.request().warn(strategy.warnings(context, object));
        strategy.canonicalize(object);
        admission.validate(write.admission(Operation.CREATE, object, null));
    }

    /** Commits; a dry run answers a conflict without an actual object if there is none. */
    private CommitResult store(WriteContext write, JsonObject object) {
        String key = write.resource().key(write.namespace(), write.name());
        return write.dryRun()
                ? new CommitResult.Conflict(store.get(key))
                : store.create(key, write.resource().value(object));
    }

    private static StatusException exists(WriteContext write, Stored actual) {
        ApiStatus status = ApiStatus.alreadyExists(write.resource().definition(), write.name());
        boolean deleting = Metadata.isDeleting((JsonObject) JsonReader.read(actual.json()));
        return (deleting
                        ? new ApiStatus(
                                status.code(),
                                status.reason(),
                                "object is being deleted: " + status.message(),
                                status.details())
                        : status)
                .exception();
    }

    private String generateName(String base) {
        StringBuilder name = new StringBuilder(base.length() > BASE_MAX ? base.substring(0, BASE_MAX) : base);
        for (int i = 0; i < SUFFIX_LENGTH; i++) {
            name.append(SUFFIX_CHARACTERS.charAt(environment.random().nextInt(SUFFIX_CHARACTERS.length())));
        }
        return name.toString();
    }
}
