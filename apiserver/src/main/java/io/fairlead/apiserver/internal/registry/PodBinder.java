// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.status.ApiStatus;
import io.fairlead.apiserver.internal.status.StatusException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Puts pods on nodes, for schedulers. Any thread may call it. */
public final class PodBinder {
    private final ObjectUpdater updater;

    PodBinder(ObjectUpdater updater) {
        this.updater = updater;
    }

    /** Assigns the pod that {@code write} names, or else {@code binding}, to the node that {@code binding} names. */
    public Answer bind(WriteContext write, JsonObject binding) {
        String name = Metadata.name(binding);
        if (!write.name().isEmpty() && !name.equals(write.name())) {
            throw ApiStatus.badRequest("name in URL does not match name in Binding object")
                    .exception();
        }
        check(binding.objectOrEmpty("target"));
        WriteContext pod = write.named(name).ofObject();
        updater.update(pod, UpdateRules.SERVER, false, new ObjectUpdater.Edit() {
            @Override
            public JsonObject apply(@Nullable JsonObject old) {
                return bound(pod, old, binding);
            }

            @Override
            public boolean replaces() {
                return true;
            }

            @Override
            public boolean ownsFields() {
                return true;
            }
        });
        return StatusAnswers.success(write.resource(), 201);
    }

    private static void check(JsonObject target) {
        String kind = target.text("kind");
        if (target.text("name").isEmpty()) {
            throw ApiStatus.unexpected("target.name: Required value").exception();
        }
        if (!kind.isEmpty() && !kind.equals("Node")) {
            throw ApiStatus.unexpected(
                            "target.kind: Unsupported value: \"" + kind + "\": supported values: \"Node\", \"<empty>\"")
                    .exception();
        }
    }

    private static JsonObject bound(WriteContext write, @Nullable JsonObject old, JsonObject binding) {
        if (old == null) {
            throw ApiStatus.notFound(write.resource().definition(), write.name())
                    .exception();
        }
        JsonObject pod = old.deepCopy();
        String uid = Metadata.uid(binding);
        JsonObject metadata = Metadata.of(pod);
        metadata.remove("resourceVersion");
        if (!uid.isEmpty() && !uid.equals(metadata.text("uid"))) {
            // Left to the updater, which says what a wrong uid is answered with.
            metadata.put("uid", uid);
            return pod;
        }
        String name = write.name();
        if (Metadata.isDeleting(pod)) {
            throw conflict(write, "pod " + name + " is being deleted, cannot be assigned to a host");
        }
        JsonObject spec = pod.child("spec");
        if (!spec.text("nodeName").isEmpty()) {
            throw conflict(write, "pod " + name + " is already assigned to node \"" + spec.text("nodeName") + "\"");
        }
        if (!spec.arrayOrEmpty("schedulingGates").isEmpty()) {
            throw conflict(write, "pod " + name + " has non-empty .spec.schedulingGates");
        }
        spec.put("nodeName", binding.objectOrEmpty("target").text("name"));
        JsonObject annotations = binding.objectOrEmpty("metadata").objectOrEmpty("annotations");
        annotations.forEach((key, value) -> metadata.child("annotations").put(key, value));
        markScheduled(pod, write.request().now());
        return pod;
    }

    private static void markScheduled(JsonObject pod, Instant now) {
        JsonObject condition = PodConditions.named(pod, "PodScheduled");
        boolean already = condition.text("status").equals("True");
        condition.put("status", "True");
        condition.remove("reason");
        condition.remove("message");
        // Who binds has not looked at a generation.
        condition.remove("observedGeneration");
        if (!already) {
            condition.put("lastTransitionTime", Metadata.time(now));
        }
    }

    private static StatusException conflict(WriteContext write, String why) {
        return ApiStatus.conflict(
                        "pods/binding", ApiStatus.details("", "pods/binding", write.name()), write.name(), why)
                .exception();
    }
}
