// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.apply;

import io.fairlead.apiserver.internal.apply.ApplyResult.Applied;
import io.fairlead.apiserver.internal.apply.ApplyResult.Refused;
import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.merge.PatchProblem;
import io.fairlead.apiserver.internal.schema.GroupVersionKind;
import java.util.List;
import java.util.Optional;

/**
 * Server-side apply: a manager brings all fields that it wants to own.
 *
 * <p>They are laid over the live object. What the manager brought the last time and does not bring now goes, unless somebody
 * else owns it. A field that others own with another value is a conflict; with {@code force} it is taken from them.
 *
 * <p>Pure; any thread may call it.
 */
public final class ServerSideApply {
    /** Who owns what was there before somebody applied for the first time. */
    private static final String BEFORE_FIRST = "before-first-apply";

    private final FieldWrite write;
    private final JsonObject live;
    private final JsonObject applied;
    private final boolean force;

    private ServerSideApply(FieldWrite write, JsonObject live, JsonObject applied, boolean force) {
        this.write = write;
        this.live = live;
        this.applied = applied;
        this.force = force;
    }

    /**
     * Applies {@code applied} to {@code live}; leaves both as they are.
     *
     * @param live the stored object in the version of the write; {@code empty} if there is none
     * @param empty the kind's empty object as Go would write it
     * @param applied as sent
     * @param force whether to take fields from others
     */
    public static ApplyResult apply(
            FieldWrite write, JsonObject live, JsonObject empty, JsonObject applied, boolean force) {
        Managers managers;
        try {
            managers = Managers.of(live);
        } catch (MalformedFieldsException e) {
            return unexpected("failed to decode managed fields: " + e.getMessage());
        }
        GroupVersionKind sent = GroupVersionKind.of(applied.text("apiVersion"), applied.text("kind"));
        if (!sent.equals(write.kind())) {
            return new Refused(PatchProblem.badRequest("invalid object type: " + sent));
        }
        JsonValue sentManagers = applied.objectOrEmpty("metadata").get("managedFields");
        if (sentManagers != null && !(sentManagers instanceof JsonNull)) {
            return new Refused(PatchProblem.badRequest("metadata.managedFields must be nil"));
        }
        Optional<String> problem = TypeCheck.problem(write.type(), applied);
        if (problem.isPresent()) {
            return unexpected("failed to create typed patch object (" + name(applied, sent) + "): " + problem.get());
        }
        try {
            ServerSideApply apply = new ServerSideApply(write, live, applied, force);
            if (managers.isEmpty()) {
                apply.claimForNobody(empty, managers);
            }
            return apply.run(managers);
        } catch (FieldTypeException e) {
            return unexpected(
                    "failed to create typed live object (" + name(live, write.kind()) + "): " + e.getMessage());
        }
    }

    private static Refused unexpected(String message) {
        return new Refused(PatchProblem.unexpected(message));
    }

    private static String name(JsonObject object, GroupVersionKind kind) {
        JsonObject metadata = object.objectOrEmpty("metadata");
        return metadata.text("namespace") + "/" + metadata.text("name") + "; " + kind;
    }

    /** While nobody owns anything, what is there is given to a manager of its own. */
    private void claimForNobody(JsonObject empty, Managers managers) {
        FieldWrite before = new FieldWrite(
                write.type(),
                write.kind(),
                write.subresource(),
                write.resetFields(),
                BEFORE_FIRST,
                write.now(),
                write.versions());
        ManagedFields.attribute(before, empty, live, managers);
    }

    private ApplyResult run(Managers managers) {
        managers.reconcile(write, live);
        FieldSet fields = OwnedFields.of(write.type(), applied).recursiveDifference(write.resetFields());
        ManagerEntry fresh = ManagerEntry.of(write, ManagerEntry.APPLY, fields, "");
        Optional<ManagerEntry> last = managers.find(fresh);
        ManagerEntry self = last.map(entry -> fresh.at(entry.time())).orElse(fresh);
        managers.put(self);

        JsonObject merged = TreeMerge.merge(write.type(), live, applied);
        JsonObject next = last.isEmpty() || last.get().fields().isEmpty()
                ? merged
                : new ApplyPrune(write, managers).prune(merged, last.get());

        Managers.Changes changes = new Managers.Changes(write, live, next);
        if (!force) {
            List<ManagerEntry> conflicts = LastApplied.remaining(managers.conflicts(changes, self), write, live);
            if (!conflicts.isEmpty()) {
                return new Refused(Conflicts.problem(conflicts));
            }
        }
        managers.release(changes, self);
        finish(managers, self, !next.equals(live));

        JsonObject result = next.deepCopy();
        managers.writeTo(result);
        LastApplied.refresh(result, applied, write.manager());
        return new Applied(result);
    }

    /** Completes the entry of the manager that applies: it is as old as its last change. */
    private void finish(Managers managers, ManagerEntry self, boolean changed) {
        FieldSet owned = ManagedFields.withoutUnowned(self.fields());
        if (owned.isEmpty()) {
            managers.remove(self);
            return;
        }
        ManagerEntry entry = self.owning(owned);
        managers.put(changed ? entry.at(Managers.time(write.now())) : entry);
    }
}
