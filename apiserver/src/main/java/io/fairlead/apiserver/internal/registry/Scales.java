// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import io.fairlead.apiserver.internal.apply.ManagedFields;
import io.fairlead.apiserver.internal.apply.ScaleFields;
import io.fairlead.apiserver.internal.codec.JsonNumber;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.merge.PatchType;
import io.fairlead.apiserver.internal.selector.LabelSelector;
import io.fairlead.apiserver.internal.status.ApiStatus;
import io.fairlead.apiserver.internal.status.StatusException;
import io.fairlead.apiserver.internal.storage.Stored;
import io.fairlead.apiserver.internal.validation.FieldError;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The subresource {@code scale}: the number of replicas of any kind that has one, seen as an object of its own.
 *
 * <p>Any thread may call it.
 */
public final class Scales {
    private static final String REPLICAS = "spec.replicas";

    private final ObjectUpdater updater;
    private final ObjectPatcher patcher;
    private final Ownership ownership;
    private final ObjectType type;

    /** @param type of {@code Scale} objects */
    Scales(ObjectUpdater updater, ObjectPatcher patcher, Ownership ownership, ObjectType type) {
        this.updater = updater;
        this.patcher = patcher;
        this.ownership = ownership;
        this.type = type;
    }

    /** The scale of {@code stored}. */
    public Answer get(Resource resource, Stored stored) {
        return answer(resource, resource.tree(stored));
    }

    private Answer answer(Resource resource, JsonObject parent) {
        return new Answer.Tree(200, resource, type.kind(), scale(parent));
    }

    /** Sets the number of replicas that {@code scale} says. */
    public Answer replace(WriteContext write, JsonObject scale) {
        ObjectUpdater.checkNames(write, scale);
        return update(write, new Edit(write) {
            @Override
            JsonObject changed(JsonObject old) {
                return scale.deepCopy();
            }

            @Override
            public boolean replaces() {
                return true;
            }
        });
    }

    /** Changes the scale by a patch. */
    public Answer patch(WriteContext write, ObjectPatcher.Patch patch) {
        if (patch.type() == PatchType.APPLY) {
            // What an apply owns of a scale is kept in the parent's managed fields.
            return update(write, new Edit(write) {
                @Override
                JsonObject changed(JsonObject old) {
                    return patcher.patched(write, type, patch, old);
                }

                @Override
                boolean ownsScaleFields() {
                    return true;
                }
            });
        }
        return update(write, new Edit(write) {
            @Override
            JsonObject changed(JsonObject old) {
                return patcher.patched(write, type, patch, old);
            }
        });
    }

    private Answer update(WriteContext write, Edit edit) {
        Answer answer = updater.update(write, UpdateRules.OBJECT, false, edit);
        return switch (answer) {
            case Answer.One one -> answer(one.resource(), one.resource().tree(one.object()));
            case Answer.Tree tree -> answer(tree.resource(), tree.object());
            case Answer.Many ignored -> throw new IllegalStateException("an update of many");
        };
    }

    /** A change of the scale as a change of the object behind it. */
    private abstract class Edit implements ObjectUpdater.Edit {
        private final WriteContext write;

        Edit(WriteContext write) {
            this.write = write;
        }

        /** The scale as it is to be. */
        abstract JsonObject changed(JsonObject old);

        boolean ownsScaleFields() {
            return false;
        }

        @Override
        public boolean ownsFields() {
            return true;
        }

        @Override
        public JsonObject apply(@Nullable JsonObject parent) {
            if (parent == null) {
                throw ApiStatus.notFound(write.resource().definition(), write.name())
                        .exception();
            }
            ScaleFields fields = new ScaleFields(
                    write.resource().kind().apiVersion(),
                    Map.of(write.resource().kind().apiVersion(), REPLICAS));
            JsonObject old = scale(parent);
            fields.toScale(parent, old);
            JsonObject scale = changed(old);
            ObjectUpdater.checkNames(write, scale);
            check(scale);
            JsonObject next = parent.deepCopy();
            JsonObject metadata = Metadata.of(next);
            JsonObject wanted = Metadata.of(scale);
            metadata.put("resourceVersion", wanted.text("resourceVersion"));
            if (!wanted.text("uid").isEmpty()) {
                metadata.put("uid", wanted.text("uid"));
            }
            next.child("spec").put("replicas", scale.objectOrEmpty("spec").number("replicas"));
            if (!ownsScaleFields()) {
                ManagedFields.update(ownership.fieldWrite(write, type), old, scale);
            }
            fields.toParent(parent, scale, next);
            return next;
        }

        private void check(JsonObject scale) {
            long replicas = scale.objectOrEmpty("spec").number("replicas");
            if (replicas < 0) {
                FieldError error = new FieldError(
                        FieldError.Kind.INVALID,
                        REPLICAS,
                        JsonNumber.of(replicas),
                        "must be greater than or equal to 0");
                throw ApiStatus.invalid(type.kind(), write.name(), List.of(error))
                        .exception();
            }
        }
    }

    /**
     * The scale of {@code parent}.
     *
     * @throws StatusException never for built-in kinds
     */
    private JsonObject scale(JsonObject parent) {
        JsonObject from = parent.objectOrEmpty("metadata");
        JsonObject metadata = new JsonObject();
        for (String name : List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
            if (from.has(name)) {
                metadata.put(name, from.text(name));
            }
        }
        JsonObject spec = new JsonObject();
        long replicas = parent.objectOrEmpty("spec").number("replicas");
        if (replicas != 0) {
            spec.put("replicas", replicas);
        }
        JsonObject status =
                new JsonObject().put("replicas", parent.objectOrEmpty("status").number("replicas"));
        String selector = selector(parent).toString();
        if (!selector.isEmpty()) {
            status.put("selector", selector);
        }
        JsonObject scale = new JsonObject()
                .put("kind", type.kind().kind())
                .put("apiVersion", type.kind().apiVersion())
                .put("metadata", metadata)
                .put("spec", spec);
        return scale.put("status", status);
    }

    private static LabelSelector selector(JsonObject parent) {
        JsonObject selector = parent.objectOrEmpty("spec").objectOrEmpty("selector");
        boolean labelsOnly = parent.text("kind").equals("ReplicationController");
        return labelsOnly ? LabelSelector.ofLabels(selector) : LabelSelector.of(selector);
    }
}
