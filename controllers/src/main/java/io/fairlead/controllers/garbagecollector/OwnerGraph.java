// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.garbagecollector;

import io.fairlead.framework.ObjectMetadata;
import io.fairlead.framework.OwnerReference;
import io.fairlead.framework.ResourceType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Who owns whom, by uid, and what each change of it gives reason to look into.
 *
 * <p>Each step takes what was seen and answers the work that follows from it; nothing else happens. An owner that is named but was
 * not seen yet is in the graph too, and is looked into: it may be gone. Its memory is bounded by the number of objects in the
 * cluster and of the owners they name. One thread at a time.
 */
final class OwnerGraph {
    static final String ORPHAN = "orphan";
    static final String FOREGROUND = "foregroundDeletion";

    private final Map<String, Node> nodes = new HashMap<>();

    private static final class Node {
        private Identity identity;
        private boolean seen;
        private boolean terminating;
        private boolean orphans;
        private boolean waits;
        private List<OwnerReference> owners = List.of();
        private final Set<Node> dependents = new LinkedHashSet<>();

        private Node(Identity identity) {
            this.identity = identity;
        }

        private Work collect() {
            return new Work.Collect(identity.uid());
        }
    }

    /** A dependent, as its owner sees it. */
    record Dependent(Identity identity, boolean blocksOwner, boolean waits) {}

    /**
     * A node at one moment.
     *
     * @param seen whether it was ever there, and is not just named by others
     * @param waits whether it is to go after its dependents
     */
    record View(Identity identity, boolean seen, boolean terminating, boolean waits, List<Dependent> dependents) {
        View {
            dependents = List.copyOf(dependents);
        }

        /** Those that hold the owner back. */
        List<Dependent> blocking() {
            return dependents.stream().filter(Dependent::blocksOwner).toList();
        }
    }

    /** The object was seen, new or changed. */
    List<Work> seen(ResourceType type, ObjectMetadata metadata) {
        List<Work> work = new ArrayList<>();
        Node node = nodes.computeIfAbsent(metadata.uid(), uid -> new Node(Identity.of(type, metadata)));
        if (!node.seen) {
            node.identity = Identity.of(type, metadata);
            node.seen = true;
            strangers(node, work);
        }
        replaceOwners(node, metadata.ownerReferences(), work);
        node.terminating = metadata.terminating();
        boolean orphans = node.terminating && metadata.finalizers().contains(ORPHAN);
        boolean waits = node.terminating && metadata.finalizers().contains(FOREGROUND);
        if (orphans && !node.orphans) {
            work.add(new Work.Orphan(metadata.uid()));
        } else if (waits && !node.waits) {
            node.dependents.forEach(dependent -> work.add(dependent.collect()));
            work.add(node.collect());
        }
        node.orphans = orphans;
        node.waits = waits;
        return work;
    }

    /** Those who named the owner before it was seen may have meant it in another place than where it is. */
    private static void strangers(Node owner, List<Work> work) {
        for (Node dependent : owner.dependents) {
            if (misplaced(dependent, owner)) {
                work.add(new Work.Misplaced(dependent.identity.uid(), owner.identity));
                work.add(dependent.collect());
            }
        }
    }

    /** A namespaced owner is in the namespace of what it owns. */
    private static boolean misplaced(Node dependent, Node owner) {
        return owner.seen
                && !owner.identity.namespace().isEmpty()
                && !owner.identity.namespace().equals(dependent.identity.namespace());
    }

    private void replaceOwners(Node node, List<OwnerReference> owners, List<Work> work) {
        if (node.owners.equals(owners)) {
            return;
        }
        Map<String, OwnerReference> now = byUid(owners);
        for (OwnerReference old : node.owners) {
            OwnerReference kept = now.get(old.uid());
            Node owner = nodes.get(old.uid());
            if (owner == null) {
                continue;
            }
            if (kept == null) {
                owner.dependents.remove(node);
                forgetIfUnused(owner);
            }
            boolean unblocked = old.blockOwnerDeletion() && (kept == null || !kept.blockOwnerDeletion());
            if (unblocked && owner.waits) {
                work.add(owner.collect());
            }
        }
        Map<String, OwnerReference> before = byUid(node.owners);
        node.owners = List.copyOf(owners);
        for (OwnerReference reference : now.values()) {
            if (!before.containsKey(reference.uid())) {
                addTo(reference, node, work);
            }
        }
    }

    private void addTo(OwnerReference reference, Node node, List<Work> work) {
        Node owner = nodes.get(reference.uid());
        if (owner == null) {
            owner = new Node(Identity.of(reference, node.identity.namespace()));
            nodes.put(reference.uid(), owner);
        }
        if (!owner.seen) {
            // Never seen, or gone: one that comes when the others have been looked into already is to be looked into as
            // well.
            work.add(owner.collect());
        }
        owner.dependents.add(node);
        if (misplaced(node, owner)) {
            work.add(new Work.Misplaced(node.identity.uid(), owner.identity));
            work.add(node.collect());
        } else if (owner.terminating && !owner.orphans) {
            // It came too late to be told when the owner began to go.
            work.add(node.collect());
        }
    }

    private static Map<String, OwnerReference> byUid(List<OwnerReference> owners) {
        return owners.stream()
                .collect(Collectors.toMap(
                        OwnerReference::uid,
                        Function.identity(),
                        // The same owner twice: what blocks it, blocks it.
                        (one, other) -> one.blockOwnerDeletion() ? one : other,
                        LinkedHashMap::new));
    }

    /** The object is gone, or, by what the server says, never was. */
    List<Work> gone(String uid) {
        Node node = nodes.remove(uid);
        if (node == null) {
            return List.of();
        }
        // An object may name itself.
        node.dependents.remove(node);
        List<Work> work = new ArrayList<>();
        for (OwnerReference reference : node.owners) {
            Node owner = nodes.get(reference.uid());
            if (owner != null) {
                owner.dependents.remove(node);
                forgetIfUnused(owner);
                if (owner.waits) {
                    work.add(owner.collect());
                }
            }
        }
        if (!node.dependents.isEmpty()) {
            // Still named, so still a node, in case it is looked for again; but nobody has seen it.
            Node named = new Node(node.identity);
            named.dependents.addAll(node.dependents);
            nodes.put(uid, named);
            node.dependents.forEach(dependent -> work.add(dependent.collect()));
        }
        return work;
    }

    private void forgetIfUnused(Node owner) {
        if (!owner.seen && owner.dependents.isEmpty()) {
            nodes.remove(owner.identity.uid());
        }
    }

    /** The node of {@code uid}; empty if there is none any more. */
    Optional<View> view(String uid) {
        return Optional.ofNullable(nodes.get(uid)).map(OwnerGraph::view);
    }

    private static View view(Node node) {
        List<Dependent> dependents = node.dependents.stream()
                .map(each -> new Dependent(each.identity, blocks(each, node), each.waits))
                .sorted(Comparator.comparing(each -> each.identity().uid()))
                .toList();
        return new View(node.identity, node.seen, node.terminating, node.waits, dependents);
    }

    private static boolean blocks(Node dependent, Node owner) {
        return dependent.owners.stream()
                .anyMatch(each -> each.uid().equals(owner.identity.uid()) && each.blockOwnerDeletion());
    }

    /** How many objects are known, seen or named. */
    int size() {
        return nodes.size();
    }
}
