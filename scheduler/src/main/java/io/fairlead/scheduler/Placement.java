// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Chooses nodes for pods by the state of a {@link NodeTable}, which it does not change.
 *
 * <p>First it looks for nodes that will do, on from where it stopped the last time, until it has enough to choose from: with thousands
 * of nodes the best of some hundreds is as good as the best of all. Then it takes the one with the highest score; among equals,
 * chance decides. One thread.
 */
final class Placement {
    /** Upstream's weights. */
    private static final int PREFERENCE_WEIGHT = 2;

    private static final int DISCOURAGEMENT_WEIGHT = 3;
    private static final int SPREAD_WEIGHT = 2;
    private static final int AFFINITY_WEIGHT = 2;
    /** With fewer nodes than this all are looked at. */
    private static final int ALL_BELOW = 100;
    /** Upstream's rule for how many per cent of the nodes are enough to choose from. */
    private static final int SHARE_MAX = 50;

    private static final int SHARE_MIN = 5;
    private static final int NODES_PER_PERCENT = 125;
    /** Templates whose verdicts are kept: each costs 13 bytes a node. */
    private static final int VERDICTS_MAX = 256;

    private final NodeTable table;
    private final Residents residents;
    private final NamespaceLabels namespaces;
    private final RandomGenerator random;
    private final Map<Requirements, NodeVerdicts> verdicts = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Requirements, NodeVerdicts> eldest) {
            return size() > VERDICTS_MAX;
        }
    };

    private int next;
    private int[] candidates = {};
    private long[] scores = {};

    /** A pod, and what is known about it before any node is looked at. */
    private record Question(Requirements pod, NodeVerdicts verdicts, SpreadRules spread, AffinityRules affinity) {}

    Placement(NodeTable table, Residents residents, NamespaceLabels namespaces, RandomGenerator random) {
        this.table = table;
        this.residents = residents;
        this.namespaces = namespaces;
        this.random = random;
    }

    /** Decides where a pod goes. */
    Decision place(PodFacts pod) {
        Requirements wanted = pod.requirements();
        Question question = new Question(
                wanted,
                verdicts.computeIfAbsent(wanted, NodeVerdicts::new),
                SpreadRules.of(pod, residents, table),
                AffinityRules.of(pod, residents, table, namespaces));
        Optional<Set<String>> named = wanted.affinity().namedNodes();
        int found = named.isPresent() ? findAmong(named.get(), question) : find(question);
        if (found == 0) {
            return new Decision.Unplaceable(diagnose(question, named));
        }
        int chosen = found == 1 ? candidates[0] : best(found, question);
        return new Decision.Placed(table.name(chosen));
    }

    private int find(Question question) {
        int[] order = table.order();
        int wanted = enough(order.length);
        if (candidates.length < order.length) {
            candidates = new int[order.length];
            scores = new long[order.length];
        }
        int found = 0;
        int looked = 0;
        while (looked < order.length && found < wanted) {
            int slot = order[(next + looked) % order.length];
            looked++;
            if (suits(slot, question)) {
                candidates[found++] = slot;
            }
        }
        next = order.length == 0 ? 0 : (next + looked) % order.length;
        return found;
    }

    private int findAmong(Set<String> names, Question question) {
        if (candidates.length < names.size()) {
            candidates = new int[names.size()];
            scores = new long[names.size()];
        }
        int found = 0;
        for (String name : names) {
            int slot = table.slotOf(name);
            if (slot >= 0 && suits(slot, question)) {
                candidates[found++] = slot;
            }
        }
        return found;
    }

    private boolean suits(int slot, Question question) {
        Requirements pod = question.pod;
        return question.verdicts.verdict(table, slot) == NodeVerdicts.SUITABLE
                && table.fits(slot, pod.requests())
                && (pod.hostPorts().isEmpty() || table.portsFree(slot, pod.hostPorts()))
                && objection(slot, question).isEmpty();
    }

    private Optional<Objection> objection(int slot, Question question) {
        NodeFacts node = table.facts(slot);
        return question.spread.objection(node).or(() -> question.affinity.objection(node));
    }

    /** How many nodes that will do are enough. */
    static int enough(int nodes) {
        if (nodes < ALL_BELOW) {
            return nodes;
        }
        int share = Math.max(SHARE_MIN, SHARE_MAX - nodes / NODES_PER_PERCENT);
        return Math.max(ALL_BELOW, (int) ((long) nodes * share / 100));
    }

    private int best(int found, Question question) {
        Requirements pod = question.pod;
        NodeVerdicts known = question.verdicts;
        int preferenceMax = 0;
        int discouragementMax = 0;
        for (int i = 0; i < found; i++) {
            preferenceMax = Math.max(preferenceMax, known.preference(candidates[i]));
            discouragementMax = Math.max(discouragementMax, known.discouragements(candidates[i]));
        }
        boolean asksForSomething =
                pod.requests().cpuMillis() != 0 || pod.requests().memoryBytes() != 0;
        for (int i = 0; i < found; i++) {
            int slot = candidates[i];
            long score = table.leastAllocated(slot, pod);
            if (asksForSomething) {
                score += table.balance(slot, pod);
            }
            if (preferenceMax > 0) {
                score += (long) PREFERENCE_WEIGHT * (known.preference(slot) * 100L / preferenceMax);
            }
            if (discouragementMax > 0) {
                score += (long) DISCOURAGEMENT_WEIGHT * (100 - known.discouragements(slot) * 100L / discouragementMax);
            }
            scores[i] = score;
        }
        scoreCompany(found, question);
        return pick(found);
    }

    /** Adds what the pods around are worth. */
    private void scoreCompany(int found, Question question) {
        if (!question.spread.scores() && !question.affinity.scores()) {
            return;
        }
        List<NodeFacts> places = new ArrayList<>(found);
        for (int i = 0; i < found; i++) {
            places.add(table.facts(candidates[i]));
        }
        if (question.spread.scores()) {
            long[] points = question.spread.scores(places);
            for (int i = 0; i < found; i++) {
                scores[i] += SPREAD_WEIGHT * points[i];
            }
        }
        if (question.affinity.scores()) {
            long[] likes = places.stream().mapToLong(question.affinity::score).toArray();
            long min = Arrays.stream(likes).min().orElse(0);
            long max = Arrays.stream(likes).max().orElse(0);
            for (int i = 0; i < found && max > min; i++) {
                scores[i] += AFFINITY_WEIGHT * (100 * (likes[i] - min) / (max - min));
            }
        }
    }

    /** Any of the highest, each as likely as the others. */
    private int pick(int found) {
        int chosen = 0;
        int equals = 1;
        for (int i = 1; i < found; i++) {
            if (scores[i] > scores[chosen]) {
                chosen = i;
                equals = 1;
            } else if (scores[i] == scores[chosen]) {
                equals++;
                if (random.nextInt(equals) == 0) {
                    chosen = i;
                }
            }
        }
        return candidates[chosen];
    }

    private Diagnosis diagnose(Question question, Optional<Set<String>> named) {
        Findings findings = new Findings();
        for (int slot : table.order()) {
            if (named.isPresent() && !named.get().contains(table.name(slot))) {
                findings.add("node(s) didn't satisfy plugin(s) [NodeAffinity]", Rejection.NODE_AFFINITY);
                findings.hopeless++;
                continue;
            }
            switch (question.verdicts.verdict(table, slot)) {
                case NodeVerdicts.UNSCHEDULABLE -> {
                    findings.add("node(s) were unschedulable", Rejection.NODE_UNSCHEDULABLE);
                    findings.hopeless++;
                }
                case NodeVerdicts.TAINTED -> {
                    findings.add("node(s) had untolerated taint(s)", Rejection.TAINT);
                    findings.hopeless++;
                }
                case NodeVerdicts.NOT_SELECTED -> {
                    findings.add("node(s) didn't match Pod's node affinity/selector", Rejection.NODE_AFFINITY);
                    findings.hopeless++;
                }
                default -> findings.addRoom(slot, question);
            }
        }
        return new Diagnosis(table.size(), findings.reasons, findings.hopeless, findings.rejectedBy);
    }

    /** Counts why nodes will not do. */
    private final class Findings {
        private final Map<String, Integer> reasons = new TreeMap<>();
        private final Set<Rejection> rejectedBy = EnumSet.noneOf(Rejection.class);
        private int hopeless;
        private boolean hopelessHere;

        private void add(String reason, Rejection rejection) {
            reasons.merge(reason, 1, Integer::sum);
            rejectedBy.add(rejection);
        }

        private void addRoom(int slot, Question question) {
            Requirements pod = question.pod;
            if (!table.portsFree(slot, pod.hostPorts())) {
                add("node(s) didn't have free ports for the requested pod ports", Rejection.HOST_PORTS);
                return;
            }
            hopelessHere = false;
            table.shortages(slot, pod.requests(), (reason, forGood) -> {
                add(reason, Rejection.RESOURCES);
                hopelessHere |= forGood;
            });
            if (hopelessHere) {
                hopeless++;
            }
            if (table.fits(slot, pod.requests())) {
                objection(slot, question).ifPresent(this::add);
            }
        }

        private void add(Objection objection) {
            add(objection.reason, objection.rejection);
            hopeless += objection.hopeless ? 1 : 0;
        }
    }
}
