// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.deployment;

import io.fairlead.controllers.internal.ReplicaSetFacts;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Numbers the templates of a Deployment, and keeps in annotations what the numbers were. Pure. */
final class Revisions {
    static final String REVISION = "deployment.kubernetes.io/revision";
    static final String HISTORY = "deployment.kubernetes.io/revision-history";
    static final String DESIRED = "deployment.kubernetes.io/desired-replicas";
    static final String MAX = "deployment.kubernetes.io/max-replicas";

    /** Where the list of old numbers of one ReplicaSet loses its front. As in the original. */
    static final int HISTORY_LENGTH_MAX = 2000;

    /** Annotations of a Deployment that are about the Deployment and not about its pods. */
    private static final Set<String> NOT_COPIED = Set.of(
            "kubectl.kubernetes.io/last-applied-configuration",
            REVISION,
            HISTORY,
            DESIRED,
            MAX,
            "deprecated.deployment.rollback.to");

    private Revisions() {}

    /** The number in the annotations of a ReplicaSet; empty if there is none that can be read. */
    static OptionalLong of(ReplicaSetFacts replicaSet) {
        try {
            return OptionalLong.of(Long.parseLong(replicaSet.metadata().annotation(REVISION)));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** The number for the wanted template: one more than that of any other. */
    static long next(Collection<ReplicaSetFacts> others) {
        return 1 + others.stream().mapToLong(each -> of(each).orElse(0)).max().orElse(0);
    }

    /** The annotations for a ReplicaSet that is about to be made. */
    static Map<String, String> forNew(Observed observed) {
        DeploymentFacts deployment = observed.deployment();
        Map<String, String> annotations = new LinkedHashMap<>();
        copied(deployment, Map.of(), annotations);
        annotations.put(REVISION, Long.toString(next(observed.others())));
        annotations.putAll(sizes(deployment));
        return annotations;
    }

    /** The annotations that the ReplicaSet with the wanted template lacks. */
    static Map<String, String> missing(Observed observed, ReplicaSetFacts wanted) {
        Map<String, String> changed = new LinkedHashMap<>();
        Map<String, String> present = wanted.metadata().annotations();
        copied(observed.deployment(), present, changed);
        OptionalLong old = of(wanted);
        boolean unreadable = present.containsKey(REVISION) && old.isEmpty();
        long next = next(observed.others());
        if (unreadable || old.orElse(0) >= next) {
            // Deleting the last of the others must not take a number back.
            return changed;
        }
        changed.put(REVISION, Long.toString(next));
        if (old.isPresent()) {
            history(wanted.metadata().annotation(HISTORY), old.getAsLong(), changed);
        }
        return changed;
    }

    private static void copied(DeploymentFacts deployment, Map<String, String> present, Map<String, String> into) {
        deployment.metadata().annotations().forEach((key, value) -> {
            if (!NOT_COPIED.contains(key) && !value.equals(present.get(key))) {
                into.put(key, value);
            }
        });
    }

    /** A template that is wanted again keeps the numbers it had. */
    private static void history(String old, long revision, Map<String, String> into) {
        String history = old.isEmpty() ? Long.toString(revision) : old + "," + revision;
        while (history.length() > HISTORY_LENGTH_MAX) {
            history = history.substring(history.indexOf(',') + 1);
        }
        into.put(HISTORY, history);
    }

    /** What each ReplicaSet remembers of the Deployment's size, so that a change of it can be told from a rollout. */
    static Map<String, String> sizes(DeploymentFacts deployment) {
        int replicas = deployment.spec().replicas();
        Map<String, String> sizes = new LinkedHashMap<>();
        sizes.put(DESIRED, Integer.toString(replicas));
        sizes.put(MAX, Integer.toString(replicas + Limits.of(deployment.spec()).surge()));
        return sizes;
    }

    /** The size that a ReplicaSet remembers; empty if it has none that can be read. */
    static OptionalInt size(ReplicaSetFacts replicaSet, String annotation) {
        try {
            return OptionalInt.of(Integer.parseInt(replicaSet.metadata().annotation(annotation)));
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    /** The ReplicaSets that are more than the Deployment wants to keep, and of no use any more. */
    static List<ReplicaSetFacts> outdated(Observed observed) {
        OptionalInt limit = observed.deployment().spec().historyLimit();
        List<ReplicaSetFacts> kept = observed.others().stream()
                .filter(each -> !each.metadata().terminating())
                .sorted(Comparator.comparingLong((ReplicaSetFacts each) -> of(each).orElse(0))
                        .thenComparing(Observed.BY_CREATION))
                .toList();
        if (limit.isEmpty() || kept.size() <= limit.getAsInt()) {
            return List.of();
        }
        return kept.subList(0, kept.size() - limit.getAsInt()).stream()
                .filter(Revisions::unused)
                .toList();
    }

    private static boolean unused(ReplicaSetFacts replicaSet) {
        return replicaSet.replicas() == 0
                && replicaSet.status().replicas() == 0
                && replicaSet.metadata().generation() <= replicaSet.status().observedGeneration();
    }
}
