// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.deployment;

import io.fairlead.controllers.internal.ReplicaSetFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Divides a change of size between the ReplicaSets of a rollout that is under way, so that the risk stays the same: as many of the
 * added pods are of the new template as of those that were there. Pure.
 */
final class Proportions {
    private Proportions() {}

    /** A ReplicaSet and the size it should have. */
    record Share(ReplicaSetFacts replicaSet, int replicas) {}

    /**
     * The sizes after the change.
     *
     * @param active the ReplicaSets that have replicas, of which there are several
     */
    static List<Share> of(DeploymentFacts deployment, List<ReplicaSetFacts> active) {
        int replicas = deployment.spec().replicas();
        int allowed = replicas > 0 ? replicas + Limits.of(deployment.spec()).surge() : 0;
        int toAdd =
                allowed - active.stream().mapToInt(ReplicaSetFacts::replicas).sum();
        List<ReplicaSetFacts> largestFirst = new ArrayList<>(active);
        // Among equals, what is added goes to the newest and what is taken comes from the oldest.
        largestFirst.sort(Comparator.comparingInt(ReplicaSetFacts::replicas)
                .reversed()
                .thenComparing(toAdd > 0 ? Observed.BY_CREATION.reversed() : Observed.BY_CREATION));
        List<Share> shares = new ArrayList<>();
        int added = 0;
        for (ReplicaSetFacts replicaSet : largestFirst) {
            int share = share(deployment, replicaSet, toAdd - added);
            shares.add(new Share(replicaSet, replicaSet.replicas() + share));
            added += share;
        }
        int leftover = toAdd - added;
        if (leftover != 0) {
            Share first = shares.getFirst();
            shares.set(0, new Share(first.replicaSet(), Math.max(0, first.replicas() + leftover)));
        }
        return shares;
    }

    private static int share(DeploymentFacts deployment, ReplicaSetFacts replicaSet, int rest) {
        if (rest == 0 || replicaSet.replicas() == 0) {
            return 0;
        }
        int fraction = fraction(deployment, replicaSet);
        return rest > 0 ? Math.min(fraction, rest) : Math.max(fraction, rest);
    }

    /** By how much the ReplicaSet would change if it kept its part of the whole. */
    private static int fraction(DeploymentFacts deployment, ReplicaSetFacts replicaSet) {
        int size = replicaSet.replicas();
        int replicas = deployment.spec().replicas();
        if (replicas == 0) {
            return -size;
        }
        int maxBefore = Revisions.size(replicaSet, Revisions.MAX).orElse(0);
        if (maxBefore == 0) {
            maxBefore = deployment.status().replicas();
        }
        if (maxBefore == 0) {
            return 0;
        }
        long max = (long) replicas + Limits.of(deployment.spec()).surge();
        return (int) Math.round((double) (size * max) / maxBefore) - size;
    }
}
