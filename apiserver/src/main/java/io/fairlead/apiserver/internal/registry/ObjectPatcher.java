// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import io.fairlead.apiserver.internal.apply.ApplyResult;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.merge.PatchProblem;
import io.fairlead.apiserver.internal.merge.PatchResult;
import io.fairlead.apiserver.internal.merge.PatchType;
import io.fairlead.apiserver.internal.merge.Patches;
import io.fairlead.apiserver.internal.schema.Decoded;
import io.fairlead.apiserver.internal.schema.GroupVersionKind;
import io.fairlead.apiserver.internal.schema.ObjectDecoder;
import io.fairlead.apiserver.internal.schema.Schema;
import io.fairlead.apiserver.internal.schema.StructType;
import io.fairlead.apiserver.internal.status.ApiStatus;
import io.fairlead.apiserver.internal.status.StatusException;
import io.fairlead.apiserver.internal.validation.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Changes objects by patches of all four types. Any thread may call it. */
public final class ObjectPatcher {
    private final ObjectUpdater updater;
    private final Ownership ownership;

    ObjectPatcher(ObjectUpdater updater, Ownership ownership) {
        this.updater = updater;
        this.ownership = ownership;
    }

    /**
     * A patch as it was sent.
     *
     * @param body of types other than apply
     * @param applied the tree of an apply, decoded leniently; null for other types
     */
    public record Patch(PatchType type, byte[] body, @Nullable JsonObject applied) {}

    /** Patches the object that {@code write} names, or, by its subresource, a part of it. */
    public Answer patch(WriteContext write, Patch patch) {
        boolean applies = patch.type() == PatchType.APPLY;
        UpdateRules rules = UpdateRules.of(write.subresource());
        return updater.update(write, rules, applies && write.subresource().isEmpty(), edit(write, patch));
    }

    private ObjectUpdater.Edit edit(WriteContext write, Patch patch) {
        return new ObjectUpdater.Edit() {
            @Override
            public JsonObject apply(@Nullable JsonObject old) {
                JsonObject next = patched(write, write.resource().type(), patch, old);
                ObjectUpdater.checkNames(write, next);
                if (old == null) {
                    refuseUid(write, next);
                }
                write.strategy().setDefaults(next);
                return next;
            }

            @Override
            public boolean ownsFields() {
                return patch.type() == PatchType.APPLY;
            }
        };
    }

    /**
     * The object of {@code type} that the patch makes of {@code old}, decoded.
     *
     * @throws StatusException if it does not fit
     */
    JsonObject patched(WriteContext write, ObjectType type, Patch patch, @Nullable JsonObject old) {
        Consumer<String> warn = write.request()::warn;
        JsonObject applied = patch.applied();
        if (patch.type() == PatchType.APPLY && applied != null) {
            return switch (ownership.apply(write, type, old, applied)) {
                case ApplyResult.Applied(JsonObject object) -> appliedObject(type, object);
                case ApplyResult.Refused(PatchProblem problem) -> throw refusal(problem);
            };
        }
        if (old == null) {
            throw ApiStatus.notFound(write.resource().definition(), write.name())
                    .exception();
        }
        boolean strict = write.options().strictness() != Strictness.IGNORE;
        JsonObject current = old.deepCopy();
        PatchResult result =
                switch (patch.type()) {
                    case JSON -> Patches.json(patch.body(), current, strict);
                    case MERGE -> Patches.merge(patch.body(), current, strict);
                    case STRATEGIC -> Patches.strategic(patch.body(), current, type.patchMeta(), strict);
                    case APPLY -> throw new IllegalStateException("an apply without an object");
                };
        return switch (result) {
            case PatchResult.Refused(PatchProblem problem) -> throw refusal(problem);
            case PatchResult.Patched patched -> {
                if (patch.type() != PatchType.STRATEGIC) {
                    requireKind(type, patched);
                }
                yield decoded(type, patched, write.options().strictness(), warn);
            }
        };
    }

    /** What comes out of a JSON or merge patch is decoded as what it says it is, and that must be what it was. */
    private static void requireKind(ObjectType type, PatchResult.Patched patched) {
        if (!(patched.value() instanceof JsonObject object)) {
            return;
        }
        GroupVersionKind sent = GroupVersionKind.of(object.text("apiVersion"), object.text("kind"));
        if (sent.equals(type.kind())) {
            return;
        }
        Optional<StructType> other = Schema.builtIn().type(sent);
        if (other.isEmpty()) {
            throw undecodable(
                    patched,
                    "no kind \"" + sent.kind() + "\" is registered for version \"" + sent.apiVersion()
                            + "\" in scheme \"pkg/runtime/scheme.go:111\"");
        }
        if (ObjectDecoder.decode(object.deepCopy(), other.get()) instanceof Decoded.Refused(String message)) {
            throw undecodable(patched, message);
        }
        String group = type.kind().group();
        String goPackage = group.isEmpty() ? "core" : group.split("\\.", -1)[0];
        throw undecodable(
                patched,
                "unable to decode " + sent + " into *" + goPackage + "."
                        + type.kind().kind());
    }

    private static void refuseUid(WriteContext write, JsonObject next) {
        String uid = Metadata.uid(next);
        if (!uid.isEmpty()) {
            throw ApiStatus.conflict(
                            write.resource().definition(),
                            write.name(),
                            "uid mismatch: the provided object specified uid " + uid
                                    + ", and no existing object was found")
                    .exception();
        }
    }

    private static JsonObject appliedObject(ObjectType type, JsonObject object) {
        return switch (type.decode(object, List.of())) {
            case Decoded.Accepted(JsonObject decoded, var ignored) -> decoded;
            case Decoded.Refused(String message) ->
                throw ApiStatus.unexpected(message).exception();
        };
    }

    private static JsonObject decoded(
            ObjectType type, PatchResult.Patched patched, Strictness strictness, Consumer<String> warn) {
        return switch (type.decode(patched.value(), List.of())) {
            case Decoded.Refused(String message) -> throw undecodable(patched, message);
            case Decoded.Accepted(JsonObject object, List<String> unknown) -> {
                List<String> problems = new ArrayList<>(patched.strictProblems());
                problems.addAll(unknown);
                if (!problems.isEmpty() && strictness == Strictness.STRICT) {
                    throw undecodable(patched, "strict decoding error: " + String.join(", ", problems));
                }
                if (strictness == Strictness.WARN) {
                    problems.forEach(warn);
                }
                yield object;
            }
        };
    }

    private static StatusException undecodable(PatchResult.Patched patched, String message) {
        FieldError error = new FieldError(
                FieldError.Kind.INVALID,
                "patch",
                new JsonString(patched.quoted().get()),
                message);
        return ApiStatus.invalid("", "", "", List.of(error)).exception();
    }

    private static StatusException refusal(PatchProblem problem) {
        JsonObject details = null;
        if (problem.detailed()) {
            details = new JsonObject();
            for (PatchProblem.Cause cause : problem.causes()) {
                details.childArray("causes")
                        .add(new JsonObject()
                                .put("reason", cause.reason())
                                .put("message", cause.message())
                                .put("field", cause.field()));
            }
        }
        return new ApiStatus(problem.code(), problem.reason(), problem.message(), details).exception();
    }
}
