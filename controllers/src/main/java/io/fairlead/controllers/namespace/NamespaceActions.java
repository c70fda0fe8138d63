// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.namespace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.controllers.internal.Condition;
import io.fairlead.framework.Answer;
import io.fairlead.framework.ApiRefusedException;
import io.fairlead.framework.ApiUnreachableException;
import io.fairlead.framework.Context;
import io.fairlead.framework.Discovery;
import io.fairlead.framework.ObjectMetadata;
import io.fairlead.framework.Projection;
import io.fairlead.framework.ResourceClient;
import io.fairlead.framework.ResourceType;
import io.fairlead.framework.Selection;
import io.fairlead.framework.Write;
import java.util.List;
import java.util.Optional;

/** The effects of one look at one namespace. */
final class NamespaceActions {
    private final NamespaceFacts namespace;
    private final Context context;
    private final Selection contents;

    NamespaceActions(NamespaceFacts namespace, Context context) {
        this.namespace = namespace;
        this.context = context;
        this.contents = Selection.ALL.inNamespace(namespace.name());
    }

    /** Deletes the objects of a kind, and tells {@code tally} what is left. */
    void empty(Discovery.Served served, Remains.Tally tally) throws InterruptedException {
        ResourceType type = served.type();
        ResourceClient resources = context.resources(type);
        try {
            List<ObjectMetadata> before = resources.list(contents, Projection.metadata());
            if (before.isEmpty()) {
                return;
            }
            if (served.can("deletecollection")) {
                deleteAll(resources, tally);
            } else {
                deleteEach(resources, before, tally);
            }
            List<ObjectMetadata> after = resources.list(contents, Projection.metadata());
            tally.left(type, after.stream().map(ObjectMetadata::finalizers).toList());
        } catch (ApiRefusedException | ApiUnreachableException e) {
            tally.failed(String.valueOf(e.getMessage()));
        }
    }

    private void deleteAll(ResourceClient resources, Remains.Tally tally) throws InterruptedException {
        if (resources.deleteAll(contents, Write.Propagation.BACKGROUND) instanceof Answer.Refused refused) {
            tally.failed(refused.status().message());
        }
    }

    private static void deleteEach(ResourceClient resources, List<ObjectMetadata> objects, Remains.Tally tally)
            throws InterruptedException {
        for (ObjectMetadata object : objects) {
            Write write = Write.delete(object.key()).propagating(Write.Propagation.BACKGROUND);
            switch (resources.send(write)) {
                case Answer.Done ignored -> {}
                case Answer.NotFound ignored -> {}
                case Answer.Refused refused -> tally.failed(refused.status().message());
            }
        }
    }

    /** Writes the conditions if they say anything new. */
    void writeConditions(List<Condition> conditions) throws InterruptedException {
        if (conditions.equals(namespace.conditions())) {
            return;
        }
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("metadata").put("uid", namespace.metadata().uid());
        patch.putObject("status").set("conditions", Condition.toPatch(conditions));
        Write write = Write.patch(Write.Verb.PATCH_MERGE, namespace.metadata().key(), patch)
                .onStatus();
        switch (context.resources(ResourceType.NAMESPACES).send(write)) {
            case Answer.Done ignored -> {}
            case Answer.NotFound ignored -> {}
            case Answer.Refused refused -> throw new ApiRefusedException(refused.status());
        }
    }

    /**
     * Lets the namespace go.
     *
     * @return whether it could; if not, it has changed since
     */
    boolean letGo() throws InterruptedException {
        Optional<JsonNode> live = live();
        if (live.isEmpty()) {
            return true;
        }
        ObjectNode changed = live.get().deepCopy();
        ArrayNode finalizers = changed.withObjectProperty("spec").putArray("finalizers");
        namespace.finalizers().stream()
                .filter(each -> !each.equals(NamespacePlanner.FINALIZER))
                .forEach(finalizers::add);
        Write write = Write.update(namespace.metadata().key(), changed).onSubresource("finalize");
        return switch (context.resources(ResourceType.NAMESPACES).send(write)) {
            case Answer.Done ignored -> true;
            case Answer.NotFound ignored -> true;
            case Answer.Conflict ignored -> false;
            case Answer.Refused refused -> throw new ApiRefusedException(refused.status());
        };
    }

    /** The whole object, if it still is the one that was looked at. */
    private Optional<JsonNode> live() throws InterruptedException {
        Answer answer = context.resources(ResourceType.NAMESPACES)
                .get(namespace.metadata().key());
        return switch (answer) {
            case Answer.Done(var object)
            when object.metadata().uid().equals(namespace.metadata().uid()) -> Optional.of(object.tree());
            case Answer.Done ignored -> Optional.empty();
            case Answer.NotFound ignored -> Optional.empty();
            case Answer.Refused refused -> throw new ApiRefusedException(refused.status());
        };
    }
}
