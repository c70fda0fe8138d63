// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.namespace;

import io.fairlead.controllers.internal.Condition;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Decides what to say of a namespace that is being deleted, and when to look again. Pure. */
final class NamespacePlanner {
    /** The finalizer of the spec that this controller takes away at the end. */
    static final String FINALIZER = "kubernetes";

    /**
     * How long after the request nothing is done yet: an API server that has not heard of it may still let objects in, and what
     * comes in after its kind was looked at would be left behind.
     */
    static final Duration SETTLING = Duration.ofMillis(500);

    /** The first look after the one that found something left: a simulated pod ends at once. */
    private static final Duration RECHECK_MIN = Duration.ofMillis(250);

    /** A namespace that stays for ever costs this much attention at most. */
    private static final Duration RECHECK_MAX = Duration.ofSeconds(15);

    private NamespacePlanner() {}

    /** How long to wait before anything is done; zero if it is time. */
    static Duration untilSettled(NamespaceFacts namespace, Instant now) {
        // The request's time is cut to the second, so this is at most SETTLING and often nothing.
        Duration since =
                Duration.between(namespace.metadata().deletionTimestamp().orElse(now), now);
        return since.compareTo(SETTLING) < 0 ? SETTLING.minus(since) : Duration.ZERO;
    }

    /** When to look again: soon at first, then less and less often. */
    static Duration untilNextLook(NamespaceFacts namespace, Instant now) {
        Duration since =
                Duration.between(namespace.metadata().deletionTimestamp().orElse(now), now);
        Duration half = since.dividedBy(2);
        if (half.compareTo(RECHECK_MIN) < 0) {
            return RECHECK_MIN;
        }
        return half.compareTo(RECHECK_MAX) > 0 ? RECHECK_MAX : half;
    }

    /**
     * The conditions after a look.
     *
     * @param podsRemain whether nothing but pods was deleted yet; then nothing is said of what else there is
     */
    static List<Condition> conditions(NamespaceFacts namespace, Remains found, boolean podsRemain, Instant now) {
        Remains remains = podsRemain ? new Remains(Map.of(), Map.of(), found.undiscovered(), found.failures()) : found;
        List<Condition> result = new ArrayList<>(namespace.conditions());
        put(result, discovery(remains), now);
        put(
                result,
                fine(
                        "NamespaceDeletionGroupVersionParsingFailure",
                        "ParsedGroupVersions",
                        "All legacy kube types successfully parsed"),
                now);
        put(result, deletion(remains), now);
        put(result, content(remains), now);
        put(result, finalizers(remains), now);
        return List.copyOf(result);
    }

    private static Condition discovery(Remains remains) {
        String type = "NamespaceDeletionDiscoveryFailure";
        return remains.undiscovered().isEmpty()
                ? fine(type, "ResourcesDiscovered", "All resources successfully discovered")
                : problem(
                        type,
                        "DiscoveryFailed",
                        "Discovery failed for some groups, "
                                + remains.undiscovered().size() + " failing: "
                                + String.join(", ", remains.undiscovered()));
    }

    private static Condition deletion(Remains remains) {
        String type = "NamespaceDeletionContentFailure";
        return remains.failures().isEmpty()
                ? fine(type, "ContentDeleted", "All content successfully deleted, may be waiting on finalization")
                : problem(
                        type,
                        "ContentDeletionFailed",
                        "Failed to delete all resource types, "
                                + remains.failures().size() + " remaining: " + String.join(", ", remains.failures()));
    }

    private static Condition content(Remains remains) {
        String type = "NamespaceContentRemaining";
        return remains.counts().isEmpty()
                ? fine(type, "ContentRemoved", "All content successfully removed")
                : problem(
                        type,
                        "SomeResourcesRemain",
                        "Some resources are remaining: " + listed(remains.counts(), " has ", " resource instances"));
    }

    private static Condition finalizers(Remains remains) {
        String type = "NamespaceFinalizersRemaining";
        return remains.finalizers().isEmpty()
                ? fine(type, "ContentHasNoFinalizers", "All content-preserving finalizers finished")
                : problem(
                        type,
                        "SomeFinalizersRemain",
                        "Some content in the namespace has finalizers remaining: "
                                + listed(remains.finalizers(), " in ", " resource instances"));
    }

    private static String listed(Map<String, Integer> counts, String between, String after) {
        return counts.entrySet().stream()
                .map(each -> each.getKey() + between + each.getValue() + after)
                .collect(Collectors.joining(", "));
    }

    private static Condition fine(String type, String reason, String message) {
        return new Condition(type, Condition.FALSE, reason, message, Optional.empty(), Optional.empty());
    }

    private static Condition problem(String type, String reason, String message) {
        return new Condition(type, Condition.TRUE, reason, message, Optional.empty(), Optional.empty());
    }

    /** In its place if it is there; the time of the transition is kept while the status is. */
    private static void put(List<Condition> conditions, Condition condition, Instant now) {
        Instant second = now.truncatedTo(ChronoUnit.SECONDS);
        for (int i = 0; i < conditions.size(); i++) {
            Condition old = conditions.get(i);
            if (old.type().equals(condition.type())) {
                boolean same = old.status().equals(condition.status());
                conditions.set(i, condition.since(same ? old.lastTransitionTime() : Optional.of(second)));
                return;
            }
        }
        conditions.add(condition.since(Optional.of(second)));
    }
}
