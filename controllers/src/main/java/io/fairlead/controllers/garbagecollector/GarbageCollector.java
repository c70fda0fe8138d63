// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.garbagecollector;

import io.fairlead.controllers.garbagecollector.GarbagePlanner.OwnerState;
import io.fairlead.controllers.garbagecollector.OwnerGraph.Dependent;
import io.fairlead.controllers.garbagecollector.OwnerGraph.View;
import io.fairlead.framework.ObjectMetadata;
import io.fairlead.framework.OwnerReference;
import io.fairlead.framework.Priority;
import io.fairlead.framework.ResourceType;
import io.fairlead.framework.WorkQueue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks into what the graph suspects. Several threads work on it, never two on one piece of work. */
final class GarbageCollector {
    private static final Logger LOG = LoggerFactory.getLogger(GarbageCollector.class);

    private final GarbageActions actions;
    private final WorkQueue<Work> queue;
    private final AbsentOwners absent = new AbsentOwners();
    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by the lock. */
    private final OwnerGraph graph = new OwnerGraph();

    private volatile Kinds kinds = Kinds.NONE;

    GarbageCollector(GarbageActions actions, WorkQueue<Work> queue) {
        this.actions = actions;
        this.queue = queue;
    }

    /** From now on, these kinds are known. */
    void knows(Kinds newKinds) {
        kinds = newKinds;
    }

    /** Tells the graph something, and looks into what follows from it. */
    void observe(Function<OwnerGraph, List<Work>> step) {
        List<Work> work;
        lock.lock();
        try {
            work = step.apply(graph);
        } finally {
            lock.unlock();
        }
        work.forEach(each -> queue.add(each, Priority.NORMAL));
    }

    /** The object was there and is not any more. */
    void gone(Identity identity) {
        absent.add(identity);
        observe(each -> each.gone(identity.uid()));
    }

    private Optional<View> view(String uid) {
        lock.lock();
        try {
            return graph.view(uid);
        } finally {
            lock.unlock();
        }
    }

    /** Works until the queue is shut down. */
    void work() throws InterruptedException {
        Optional<Work> next = queue.take();
        while (next.isPresent()) {
            Work work = next.get();
            try {
                if (attempt(work)) {
                    queue.forget(work);
                } else {
                    queue.retry(work, Priority.NORMAL);
                }
            } catch (RuntimeException e) {
                LOG.warn("garbage collector: {} failed and is tried again: {}", work, e.toString());
                queue.retry(work, Priority.NORMAL);
            } finally {
                queue.done(work);
            }
            next = queue.take();
        }
    }

    /** Whether the work is done; if not, it is tried again later. */
    private boolean attempt(Work work) throws InterruptedException {
        return switch (work) {
            case Work.Collect(String uid) -> {
                Optional<View> view = view(uid);
                yield view.isEmpty() || collect(view.get());
            }
            case Work.Orphan(String uid) -> {
                Optional<View> view = view(uid);
                yield view.isEmpty() || orphan(view.get());
            }
            case Work.Misplaced(String uid, Identity owner) -> {
                Optional<View> view = view(uid);
                yield view.isEmpty() || warn(view.get().identity(), owner);
            }
        };
    }

    private boolean collect(View view) throws InterruptedException {
        if (view.terminating() && !view.waits()) {
            return true;
        }
        Identity identity = view.identity();
        Optional<ResourceType> type = kinds.type(identity);
        if (type.isEmpty()) {
            // Nobody knows whether it is there, so nobody who names it is touched.
            return false;
        }
        Optional<ObjectMetadata> live = actions.look(type.get(), identity);
        if (live.isEmpty()) {
            gone(identity);
            return true;
        }
        if (view.waits()) {
            return carryOut(type.get(), live.get(), GarbagePlanner.waiting(view));
        }
        Optional<Map<String, OwnerState>> owners = owners(live.get());
        if (owners.isEmpty()) {
            return false;
        }
        boolean done = carryOut(type.get(), live.get(), GarbagePlanner.plan(view, live.get(), owners.get()));
        // One that is there but was not seen: its stream is behind, or it is of a kind that has none.
        return done && (view.seen() || !kinds.collected().contains(type.get()));
    }

    /** The states of all owners; empty if there is one that nobody can know of. */
    private Optional<Map<String, OwnerState>> owners(ObjectMetadata object) throws InterruptedException {
        Map<String, OwnerState> states = new LinkedHashMap<>();
        for (OwnerReference reference : object.ownerReferences()) {
            Identity owner = Identity.of(reference, object.namespace());
            Optional<ResourceType> type = kinds.type(owner);
            if (type.isEmpty()) {
                return Optional.empty();
            }
            states.put(reference.uid(), state(type.get(), owner, object));
        }
        return Optional.of(states);
    }

    private OwnerState state(ResourceType type, Identity owner, ObjectMetadata object) throws InterruptedException {
        if (type.namespaced() && object.namespace().isEmpty()) {
            // An object of the cluster cannot have an owner in a namespace, for which one? It is never collected by
            // that.
            return OwnerState.SOLID;
        }
        if (absent.contains(owner)) {
            return OwnerState.GONE;
        }
        Optional<ObjectMetadata> live = actions.look(type, owner);
        if (live.isEmpty()) {
            absent.add(owner);
            return OwnerState.GONE;
        }
        return GarbagePlanner.stateOf(live.get());
    }

    private boolean carryOut(ResourceType type, ObjectMetadata object, GarbagePlan plan) throws InterruptedException {
        return switch (plan) {
            case GarbagePlan.Keep() -> true;
            case GarbagePlan.LetGo(String finalizer) ->
                actions.removeFinalizer(type, Identity.of(type, object), finalizer);
            case GarbagePlan.CollectFirst(List<String> uids) -> {
                uids.forEach(uid -> queue.add(new Work.Collect(uid), Priority.NORMAL));
                yield true;
            }
            case GarbagePlan.Disown(List<String> owners) -> actions.disown(type, Identity.of(type, object), owners);
            case GarbagePlan.Delete(var propagation, boolean unblockOwners) ->
                (!unblockOwners || actions.unblockOwners(type, object)) && actions.delete(type, object, propagation);
        };
    }

    /** Takes the owner out of what it owned, and then lets it go. */
    private boolean orphan(View view) throws InterruptedException {
        boolean all = true;
        for (Dependent dependent : view.dependents()) {
            Optional<ResourceType> type = kinds.type(dependent.identity());
            all &= type.isPresent()
                    && actions.disown(
                            type.get(),
                            dependent.identity(),
                            List.of(view.identity().uid()));
        }
        Optional<ResourceType> type = kinds.type(view.identity());
        return all && type.isPresent() && actions.removeFinalizer(type.get(), view.identity(), OwnerGraph.ORPHAN);
    }

    private boolean warn(Identity identity, Identity owner) throws InterruptedException {
        Optional<ResourceType> type = kinds.type(identity);
        if (type.isPresent()) {
            actions.look(type.get(), identity).ifPresent(live -> actions.warnOfMisplaced(type.get(), live, owner));
        }
        return true;
    }
}
