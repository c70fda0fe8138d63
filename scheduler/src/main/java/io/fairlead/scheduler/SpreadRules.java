// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

import io.fairlead.scheduler.Residents.Resident;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What constraints on spreading mean for one pod: worked out once, then asked for each node. Pure but for what it was made from.
 *
 * <p>Pods of a controller that ask for nothing are spread over nodes and zones as far as that is no harm. The original finds their
 * like by the selectors of the services and the controller that select them; here it is the pods of the same controller.
 */
final class SpreadRules {
    private static final String HOSTNAME = "kubernetes.io/hostname";
    private static final String ZONE = "topology.kubernetes.io/zone";
    /** As the original spreads by default. */
    private static final int HOSTNAME_SKEW = 3;

    private static final int ZONE_SKEW = 5;

    private final List<Counted> required = new ArrayList<>(0);
    private final List<Counted> wished = new ArrayList<>(0);
    /** Whether a node without one of the labels of {@link #wished} gets no points at all. */
    private boolean labelsNeeded;

    /** One constraint, and how many pods like this one are in each domain. */
    private static final class Counted {
        private final String key;
        private final int maxSkew;
        private final Map<String, Integer> pods = new HashMap<>();
        private final Set<String> domains = new HashSet<>();
        private int self;
        private int minDomains = 1;

        private Counted(String key, int maxSkew) {
            this.key = key;
            this.maxSkew = maxSkew;
        }

        private int least() {
            if (domains.size() < minDomains) {
                return 0;
            }
            int least = Integer.MAX_VALUE;
            for (String domain : domains) {
                least = Math.min(least, pods.getOrDefault(domain, 0));
            }
            return least == Integer.MAX_VALUE ? 0 : least;
        }
    }

    private SpreadRules() {}

    static SpreadRules of(PodFacts pod, Residents residents, NodeTable nodes) {
        SpreadRules rules = new SpreadRules();
        List<SpreadConstraint> constraints = pod.requirements().company().spread();
        if (constraints.isEmpty()) {
            rules.countByController(pod, residents, nodes);
            return rules;
        }
        rules.labelsNeeded = true;
        for (SpreadConstraint constraint : constraints) {
            Counted counted = count(constraint, pod, residents, nodes);
            (constraint.required() ? rules.required : rules.wished).add(counted);
        }
        return rules;
    }

    private void countByController(PodFacts pod, Residents residents, NodeTable nodes) {
        Map<String, Integer> neighbours =
                pod.controllerUid().isEmpty() ? Map.of() : residents.nodesOf(pod.controllerUid());
        if (neighbours.isEmpty()) {
            return;
        }
        Counted byHost = new Counted(HOSTNAME, HOSTNAME_SKEW);
        Counted byZone = new Counted(ZONE, ZONE_SKEW);
        neighbours.forEach((name, count) -> {
            NodeFacts node = nodes.find(name);
            if (node != null) {
                add(byHost, node, count);
                add(byZone, node, count);
            }
        });
        wished.add(byHost);
        if (!byZone.pods.isEmpty()) {
            wished.add(byZone);
        }
    }

    private static void add(Counted counted, NodeFacts node, int count) {
        String domain = node.metadata().labels().get(counted.key);
        if (domain != null) {
            counted.pods.merge(domain, count, Integer::sum);
        }
    }

    private static Counted count(SpreadConstraint constraint, PodFacts pod, Residents residents, NodeTable nodes) {
        Counted counted = new Counted(constraint.topologyKey(), constraint.maxSkew());
        counted.minDomains = constraint.minDomains();
        counted.self = constraint.selector().matches(pod.metadata().labels()) ? 1 : 0;
        Set<String> eligible = new HashSet<>();
        for (int slot : nodes.order()) {
            NodeFacts node = nodes.facts(slot);
            String domain = node.metadata().labels().get(constraint.topologyKey());
            if (domain != null && eligible(constraint, pod, node)) {
                counted.domains.add(domain);
                eligible.add(node.name());
            }
        }
        for (Resident resident : residents.all()) {
            PodFacts other = resident.pod();
            if (eligible.contains(resident.node())
                    && !other.metadata().terminating()
                    && other.metadata().namespace().equals(pod.metadata().namespace())
                    && constraint.selector().matches(other.metadata().labels())) {
                NodeFacts node = nodes.find(resident.node());
                if (node != null) {
                    add(counted, node, 1);
                }
            }
        }
        return counted;
    }

    private static boolean eligible(SpreadConstraint constraint, PodFacts pod, NodeFacts node) {
        Requirements wanted = pod.requirements();
        return (!constraint.honorsAffinity()
                        || wanted.affinity().allows(node.name(), node.metadata().labels()))
                && (!constraint.honorsTaints() || !wanted.forbiddenBy(node.taints()));
    }

    /** Why the pod must not be on {@code node}; empty if it may. */
    Optional<Objection> objection(NodeFacts node) {
        for (Counted counted : required) {
            String domain = node.metadata().labels().get(counted.key);
            if (domain == null) {
                return Optional.of(Objection.MISSING_LABEL);
            }
            int skew = counted.pods.getOrDefault(domain, 0) + counted.self - counted.least();
            if (skew > counted.maxSkew) {
                return Optional.of(Objection.UNEVEN);
            }
        }
        return Optional.empty();
    }

    boolean scores() {
        return !wished.isEmpty();
    }

    /** How crowded each of {@code places} is with the pod's like, as points from 0 for the worst to 100. */
    long[] scores(List<NodeFacts> places) {
        double[] weights = new double[wished.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = weight(wished.get(i), places);
        }
        long[] crowds = new long[places.size()];
        boolean[] left = new boolean[places.size()];
        long min = Long.MAX_VALUE;
        long max = 0;
        for (int i = 0; i < crowds.length; i++) {
            Map<String, String> labels = places.get(i).metadata().labels();
            left[i] = labelsNeeded && wished.stream().anyMatch(each -> !labels.containsKey(each.key));
            if (!left[i]) {
                crowds[i] = crowd(labels, weights);
                min = Math.min(min, crowds[i]);
                max = Math.max(max, crowds[i]);
            }
        }
        for (int i = 0; i < crowds.length; i++) {
            crowds[i] = left[i] ? 0 : max == 0 ? 100 : 100 * (max + min - crowds[i]) / max;
        }
        return crowds;
    }

    private long crowd(Map<String, String> labels, double[] weights) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            Counted counted = wished.get(i);
            String domain = labels.get(counted.key);
            if (domain != null) {
                sum += counted.pods.getOrDefault(domain, 0) * weights[i] + (counted.maxSkew - 1);
            }
        }
        return Math.round(sum);
    }

    /** The more domains there are, the more a pod in one of them matters. */
    private static double weight(Counted counted, List<NodeFacts> places) {
        if (counted.key.equals(HOSTNAME)) {
            return Math.log(places.size() + 2.0);
        }
        Set<String> domains = new HashSet<>();
        for (NodeFacts place : places) {
            String domain = place.metadata().labels().get(counted.key);
            if (domain != null) {
                domains.add(domain);
            }
        }
        return Math.log(domains.size() + 2.0);
    }
}
