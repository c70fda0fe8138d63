// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.internal;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which of several pods to give up first: those that cost their users least.
 *
 * <p>In this order: not scheduled, not running, not ready, cheap by {@link #COST_ANNOTATION}, on a node with many of the same
 * kind, ready for a short time, restarted often, young. Times are compared by the logarithm of the age, and pods of about one age
 * by uid: otherwise scaling down would always take the youngest, all of which may be on one node.
 *
 * <p>The original's rule for pods of about one age is no order: of three pods each may come before the next. Here, pods with the
 * very same time stay together, in the place of the one with the smallest uid.
 */
public final class PodDeletionOrder {
    public static final String COST_ANNOTATION = "controller.kubernetes.io/pod-deletion-cost";

    private final Instant now;
    private final Map<String, Integer> related = new HashMap<>();
    private final Map<Instant, String> firstReadyAt = new HashMap<>();
    private final Map<Instant, String> firstMadeAt = new HashMap<>();

    private PodDeletionOrder(Collection<PodFacts> pods, Collection<PodFacts> relatedPods, Instant now) {
        this.now = now;
        for (PodFacts pod : relatedPods) {
            if (pod.active()) {
                related.merge(pod.nodeName(), 1, Integer::sum);
            }
        }
        for (PodFacts pod : pods) {
            String uid = pod.metadata().uid();
            firstReadyAt.merge(readySince(pod), uid, PodDeletionOrder::smaller);
            firstMadeAt.merge(pod.metadata().creationTimestamp(), uid, PodDeletionOrder::smaller);
        }
    }

    /**
     * The {@code count} pods to give up.
     *
     * @param related the pods that do the same work, among them {@code pods}: of all ReplicaSets of one Deployment
     */
    public static List<PodFacts> first(
            int count, Collection<PodFacts> pods, Collection<PodFacts> related, Instant now) {
        if (count >= pods.size()) {
            return List.copyOf(pods);
        }
        PodDeletionOrder order = new PodDeletionOrder(pods, related, now);
        return pods.stream().sorted(order.comparator()).limit(count).toList();
    }

    private Comparator<PodFacts> comparator() {
        return comparing((PodFacts pod) -> !pod.nodeName().isEmpty())
                .thenComparingInt(PodDeletionOrder::phaseRank)
                .thenComparing(PodFacts::ready)
                .thenComparingInt(PodDeletionOrder::cost)
                .thenComparing(comparingInt((PodFacts pod) -> related.getOrDefault(pod.nodeName(), 0))
                        .reversed())
                .thenComparing(
                        (one, other) -> one.ready() ? compareAges(readySince(one), readySince(other), firstReadyAt) : 0)
                .thenComparing(comparingInt(PodFacts::restarts).reversed())
                .thenComparing(comparingInt(PodFacts::sidecarRestarts).reversed())
                .thenComparing((one, other) -> compareAges(
                        one.metadata().creationTimestamp(), other.metadata().creationTimestamp(), firstMadeAt))
                .thenComparing(pod -> pod.metadata().uid());
    }

    private int compareAges(Instant one, Instant other, Map<Instant, String> firstAt) {
        if (one.equals(other)) {
            return 0;
        }
        int byMagnitude = Integer.compare(magnitude(one), magnitude(other));
        return byMagnitude != 0
                ? byMagnitude
                : firstAt.getOrDefault(one, "").compareTo(firstAt.getOrDefault(other, ""));
    }

    /** The binary logarithm of the age in nanoseconds; an unknown time is as if it were now or later. */
    private int magnitude(Instant time) {
        if (time.equals(Instant.EPOCH)) {
            return -2;
        }
        Duration age = Duration.between(time, now);
        if (!age.isPositive()) {
            return -1;
        }
        // Ages beyond 292 years do not occur; an object's times are set by the server.
        return 63 - Long.numberOfLeadingZeros(age.toNanos());
    }

    private static Instant readySince(PodFacts pod) {
        return pod.readySince().orElse(Instant.EPOCH);
    }

    private static int phaseRank(PodFacts pod) {
        return switch (pod.phase()) {
            case "Running" -> 2;
            case "Unknown" -> 1;
            default -> 0;
        };
    }

    private static int cost(PodFacts pod) {
        String text = pod.metadata().annotation(COST_ANNOTATION);
        if (text.isEmpty() || text.startsWith("+") || (text.startsWith("0") && text.length() > 1)) {
            return 0;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            // The server refuses these, but did not always.
            return 0;
        }
    }

    private static String smaller(String one, String other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
