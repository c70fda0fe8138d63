// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.garbagecollector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.framework.Answer;
import io.fairlead.framework.ApiObject;
import io.fairlead.framework.ApiRefusedException;
import io.fairlead.framework.ControllerHost;
import io.fairlead.framework.EventRecorder;
import io.fairlead.framework.ObjectMetadata;
import io.fairlead.framework.ObjectReference;
import io.fairlead.framework.ResourceType;
import io.fairlead.framework.Write;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** What the garbage collector asks of the server, and does there. */
final class GarbageActions {
    /** The answer to a strategic merge patch of a custom resource. */
    private static final int UNSUPPORTED_MEDIA_TYPE = 415;

    private final ControllerHost host;
    private final EventRecorder events;

    GarbageActions(ControllerHost host) {
        this.host = host;
        this.events = host.events("garbage-collector-controller");
    }

    /** What the object is on the server; empty if it is gone, or another one is in its place. */
    Optional<ObjectMetadata> look(ResourceType type, Identity identity) throws InterruptedException {
        return live(type, identity).map(ApiObject::metadata);
    }

    private Optional<ApiObject> live(ResourceType type, Identity identity) throws InterruptedException {
        return switch (host.resources(type).get(identity.key(type))) {
            case Answer.Done(var object) when object.metadata().uid().equals(identity.uid()) -> Optional.of(object);
            case Answer.Done ignored -> Optional.empty();
            case Answer.NotFound ignored -> Optional.empty();
            case Answer.Refused refused -> throw new ApiRefusedException(refused.status());
        };
    }

    /** Whether it was done, or need not be. */
    boolean delete(ResourceType type, ObjectMetadata object, Write.Propagation propagation)
            throws InterruptedException {
        Write write = Write.delete(object.key()).ifUid(object.uid()).propagating(propagation);
        return done(host.resources(type).send(write));
    }

    /** Takes references to {@code owners} away. */
    boolean disown(ResourceType type, Identity object, Collection<String> owners) throws InterruptedException {
        ObjectNode patch = patchOf(object.uid());
        ArrayNode references = patch.withObjectProperty("metadata").putArray("ownerReferences");
        owners.forEach(uid -> references.addObject().put("$patch", "delete").put("uid", uid));
        Answer answer = host.resources(type).send(Write.patch(Write.Verb.PATCH_STRATEGIC, object.key(type), patch));
        if (answer instanceof Answer.Rejected(var status) && status.code() == UNSUPPORTED_MEDIA_TYPE) {
            return replaceReferences(type, object, Set.copyOf(owners), false);
        }
        return done(answer);
    }

    /** Lets all owners of the object go before it. */
    boolean unblockOwners(ResourceType type, ObjectMetadata object) throws InterruptedException {
        return replaceReferences(type, Identity.of(type, object), Set.of(), true);
    }

    private boolean replaceReferences(ResourceType type, Identity object, Set<String> without, boolean unblock)
            throws InterruptedException {
        Optional<ApiObject> live = live(type, object);
        if (live.isEmpty()) {
            return true;
        }
        ObjectNode patch = patchOf(object.uid());
        ObjectNode metadata = patch.withObjectProperty("metadata")
                .put("resourceVersion", live.get().metadata().resourceVersion());
        ArrayNode references = metadata.putArray("ownerReferences");
        for (JsonNode each : live.get().tree().path("metadata").path("ownerReferences")) {
            if (each instanceof ObjectNode reference
                    && !without.contains(reference.path("uid").asText())) {
                references.add(unblock ? reference.put("blockOwnerDeletion", false) : reference);
            }
        }
        return done(host.resources(type).send(Write.patch(Write.Verb.PATCH_MERGE, object.key(type), patch)));
    }

    /** Takes a finalizer away. */
    boolean removeFinalizer(ResourceType type, Identity object, String finalizer) throws InterruptedException {
        Optional<ObjectMetadata> live = look(type, object);
        if (live.isEmpty() || !live.get().finalizers().contains(finalizer)) {
            return true;
        }
        ObjectNode patch = patchOf(object.uid());
        ObjectNode metadata = patch.withObjectProperty("metadata")
                .put("resourceVersion", live.get().resourceVersion());
        ArrayNode finalizers = metadata.putArray("finalizers");
        live.get().finalizers().stream().filter(each -> !each.equals(finalizer)).forEach(finalizers::add);
        return done(host.resources(type).send(Write.patch(Write.Verb.PATCH_MERGE, object.key(type), patch)));
    }

    /** Says that an object names an owner that is in another namespace. */
    void warnOfMisplaced(ResourceType type, ObjectMetadata object, Identity owner) {
        events.warning(
                ObjectReference.of(type, object),
                "OwnerRefInvalidNamespace",
                "ownerRef [" + owner.apiVersion() + "/" + owner.kind() + ", namespace: " + object.namespace()
                        + ", name: " + owner.name() + ", uid: " + owner.uid() + "] does not exist in namespace \""
                        + object.namespace() + "\"");
    }

    private static ObjectNode patchOf(String uid) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("metadata").put("uid", uid);
        return patch;
    }

    private static boolean done(Answer answer) {
        return switch (answer) {
            case Answer.Done ignored -> true;
            case Answer.NotFound ignored -> true;
            // Changed since it was looked at, or another object: look again.
            case Answer.Conflict ignored -> false;
            case Answer.Refused refused -> throw new ApiRefusedException(refused.status());
        };
    }
}
