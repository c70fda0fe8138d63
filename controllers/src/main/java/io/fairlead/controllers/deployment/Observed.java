// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.deployment;

import io.fairlead.controllers.internal.ReplicaSetFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A Deployment and what it has, at one moment.
 *
 * @param wanted the ReplicaSet with the template that the Deployment has now: the oldest, if there are several. After a rollback it is
 *     older than others.
 * @param others all other ReplicaSets, oldest first
 * @param withPods the uids of the ReplicaSets that have a pod that has not ended, which may be one that is being deleted; only
 *     looked at when old and new pods may not run side by side
 */
record Observed(
        DeploymentFacts deployment,
        Optional<ReplicaSetFacts> wanted,
        List<ReplicaSetFacts> others,
        Set<String> withPods,
        Instant now) {
    /** Oldest first. Times are whole seconds, so the name has to decide often. */
    static final Comparator<ReplicaSetFacts> BY_CREATION = Comparator.comparing(
                    (ReplicaSetFacts set) -> set.metadata().creationTimestamp())
            .thenComparing(ReplicaSetFacts::name);

    static Observed of(
            DeploymentFacts deployment, Collection<ReplicaSetFacts> owned, Set<String> withPods, Instant now) {
        List<ReplicaSetFacts> others = new ArrayList<>(owned);
        others.sort(BY_CREATION);
        // By content, never by the hash in the name: another version of this controller may hash differently.
        Optional<ReplicaSetFacts> wanted = others.stream()
                .filter(each -> each.template().sameButForHash(deployment.spec().template()))
                .findFirst();
        wanted.ifPresent(others::remove);
        return new Observed(deployment, wanted, List.copyOf(others), withPods, now);
    }

    /** All ReplicaSets, the wanted one last. */
    List<ReplicaSetFacts> all() {
        List<ReplicaSetFacts> all = new ArrayList<>(others);
        wanted.ifPresent(all::add);
        return all;
    }

    /** The same after the wanted ReplicaSet was made. */
    Observed with(ReplicaSetFacts made) {
        return new Observed(deployment, Optional.of(made), others, withPods, now);
    }
}
