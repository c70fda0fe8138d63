// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.environment.Api;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Adopts and releases objects for one owner during one reconcile, as {@link ClaimPlan} says. One thread at a time. */
@Api(Api.Status.EXPERIMENTAL)
public final class ControllerRefs {
    private final ResourceType ownerType;
    private final ObjectMetadata owner;
    private final ResourceClient owners;
    private final ResourceClient children;

    private ControllerRefs(
            ResourceType ownerType, ObjectMetadata owner, ResourceClient owners, ResourceClient children) {
        this.ownerType = requireNonNull(ownerType, "ownerType");
        this.owner = requireNonNull(owner, "owner");
        this.owners = requireNonNull(owners, "owners");
        this.children = requireNonNull(children, "children");
    }

    /** For the object being reconciled and its objects of the kind {@code childType}. */
    public static ControllerRefs of(
            Context context, ResourceType ownerType, ObjectMetadata owner, ResourceType childType) {
        return new ControllerRefs(ownerType, owner, context.resources(ownerType), context.resources(childType));
    }

    /**
     * Adopts what the selector matches and nobody controls, releases what it no longer matches.
     *
     * <p>Before the first adoption the server is asked whether the owner is still there and stays: the cache may be behind.
     *
     * @return what the owner controls now, in the order of {@code candidates}. An adopted object is in it as the cache had it.
     * @throws ApiRefusedException if the server refuses for a reason other than that the object is gone
     */
    public <T> List<T> claim(
            LabelSelector selector, Collection<T> candidates, Function<? super T, ObjectMetadata> metadata)
            throws InterruptedException {
        ClaimPlan<T> plan = ClaimPlan.plan(owner, selector, candidates, metadata);
        for (T child : plan.release()) {
            release(metadata.apply(child));
        }
        if (plan.adopt().isEmpty()) {
            return plan.owned();
        }
        requireOwnerStays();
        List<T> claimed = new ArrayList<>(plan.owned());
        for (T child : plan.adopt()) {
            if (adopt(metadata.apply(child))) {
                claimed.add(child);
            }
        }
        return claimed;
    }

    private void requireOwnerStays() throws InterruptedException {
        ObjectMetadata now = owners.get(owner.key()).orThrow().metadata();
        if (!now.uid().equals(owner.uid())) {
            throw new IllegalStateException("original " + ownerType.kind() + " " + owner.key() + " is gone: got uid "
                    + now.uid() + ", wanted " + owner.uid());
        }
        now.deletionTimestamp().ifPresent(deleted -> {
            throw new IllegalStateException(owner.key() + " has just been deleted at " + deleted);
        });
    }

    private boolean adopt(ObjectMetadata child) throws InterruptedException {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        ObjectNode metadata = patch.putObject("metadata").put("uid", child.uid());
        metadata.putArray("ownerReferences")
                .addObject()
                .put("apiVersion", ownerType.apiVersion())
                .put("kind", ownerType.kind())
                .put("name", owner.name())
                .put("uid", owner.uid())
                .put("controller", true)
                .put("blockOwnerDeletion", true);
        return switch (children.send(Write.patch(Write.Verb.PATCH_STRATEGIC, child.key(), patch))) {
            case Answer.Done ignored -> true;
            case Answer.NotFound ignored -> false;
            case Answer.Refused refused -> throw new ApiRefusedException(refused.status());
        };
    }

    private void release(ObjectMetadata child) throws InterruptedException {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        ObjectNode metadata = patch.putObject("metadata").put("uid", child.uid());
        metadata.putArray("ownerReferences").addObject().put("$patch", "delete").put("uid", owner.uid());
        switch (children.send(Write.patch(Write.Verb.PATCH_STRATEGIC, child.key(), patch))) {
            case Answer.Done ignored -> {}
            // Gone, or another object, or without the reference already: either way not ours any more.
            case Answer.NotFound ignored -> {}
            case Answer.Invalid ignored -> {}
            case Answer.Refused refused -> throw new ApiRefusedException(refused.status());
        }
    }
}
