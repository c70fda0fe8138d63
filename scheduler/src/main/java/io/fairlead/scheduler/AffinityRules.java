// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

import io.fairlead.scheduler.Residents.Resident;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What terms of affinity, its own and those of pods that are there, mean for one pod: worked out once, by one look at all pods,
 * then asked for each node. Pure but for what it was made from.
 */
final class AffinityRules {
    private static final AffinityRules NONE = new AffinityRules(List.of());

    private final List<PodTerm> near;
    /** Where pods are that match all terms of {@link #near}. */
    private final Set<Domain> company = new HashSet<>();

    private final Set<Domain> avoided = new HashSet<>();
    private final Set<Domain> avoiding = new HashSet<>();
    private final Map<Domain, Long> likes = new HashMap<>();
    /** Nobody is there yet that the pod is to be near to, but it is itself one of those: somebody has to be first. */
    private boolean first;

    private AffinityRules(List<PodTerm> near) {
        this.near = near;
    }

    static AffinityRules of(PodFacts pod, Residents residents, NodeTable nodes, NamespaceLabels labels) {
        Company wishes = pod.requirements().company();
        if (!wishes.hasTerms() && residents.withTerms().isEmpty()) {
            return NONE;
        }
        AffinityRules rules = new AffinityRules(wishes.near());
        if (wishes.hasTerms()) {
            for (Resident resident : residents.all()) {
                rules.lookAt(pod, resident, nodes, labels);
            }
        }
        for (Resident resident : residents.withTerms()) {
            rules.listenTo(pod, resident, nodes, labels);
        }
        rules.first = rules.company.isEmpty() && matchesAll(wishes.near(), pod, pod, labels);
        return rules;
    }

    private static boolean matchesAll(List<PodTerm> terms, PodFacts of, PodFacts other, NamespaceLabels labels) {
        for (PodTerm term : terms) {
            if (!term.matches(of.metadata().namespace(), other, labels)) {
                return false;
            }
        }
        return true;
    }

    /** What the pod thinks of one that is there. */
    private void lookAt(PodFacts pod, Resident resident, NodeTable nodes, NamespaceLabels labels) {
        Map<String, String> place = labelsOf(nodes.find(resident.node()));
        Company wishes = pod.requirements().company();
        String home = pod.metadata().namespace();
        if (!wishes.near().isEmpty() && matchesAll(wishes.near(), pod, resident.pod(), labels)) {
            wishes.near().forEach(term -> domain(term, place).ifPresent(company::add));
        }
        for (PodTerm term : wishes.apart()) {
            if (term.matches(home, resident.pod(), labels)) {
                domain(term, place).ifPresent(avoided::add);
            }
        }
        for (PodTerm term : wishes.nearer()) {
            if (term.matches(home, resident.pod(), labels)) {
                like(term, place, term.weight());
            }
        }
        for (PodTerm term : wishes.farther()) {
            if (term.matches(home, resident.pod(), labels)) {
                like(term, place, -term.weight());
            }
        }
    }

    /** What one that is there thinks of the pod. */
    private void listenTo(PodFacts pod, Resident resident, NodeTable nodes, NamespaceLabels labels) {
        Map<String, String> place = labelsOf(nodes.find(resident.node()));
        Company wishes = resident.pod().requirements().company();
        String home = resident.pod().metadata().namespace();
        for (PodTerm term : wishes.apart()) {
            if (term.matches(home, pod, labels)) {
                domain(term, place).ifPresent(avoiding::add);
            }
        }
        for (PodTerm term : wishes.near()) {
            if (term.matches(home, pod, labels)) {
                like(term, place, 1);
            }
        }
        for (PodTerm term : wishes.nearer()) {
            if (term.matches(home, pod, labels)) {
                like(term, place, term.weight());
            }
        }
        for (PodTerm term : wishes.farther()) {
            if (term.matches(home, pod, labels)) {
                like(term, place, -term.weight());
            }
        }
    }

    private void like(PodTerm term, Map<String, String> place, int weight) {
        domain(term, place).ifPresent(domain -> likes.merge(domain, (long) weight, Long::sum));
    }

    private static Optional<Domain> domain(PodTerm term, Map<String, String> place) {
        String value = place.get(term.topologyKey());
        return value == null ? Optional.empty() : Optional.of(new Domain(term.topologyKey(), value));
    }

    private static Map<String, String> labelsOf(@Nullable NodeFacts node) {
        return node == null ? Map.of() : node.metadata().labels();
    }

    /** Why the pod must not be on {@code node}; empty if it may. */
    Optional<Objection> objection(NodeFacts node) {
        Map<String, String> place = node.metadata().labels();
        for (PodTerm term : near) {
            Optional<Domain> domain = domain(term, place);
            if (domain.isEmpty() || (!first && !company.contains(domain.get()))) {
                return Optional.of(Objection.TOO_FAR);
            }
        }
        if (touches(avoided, place)) {
            return Optional.of(Objection.TOO_NEAR);
        }
        return touches(avoiding, place) ? Optional.of(Objection.UNWELCOME) : Optional.empty();
    }

    private static boolean touches(Set<Domain> domains, Map<String, String> place) {
        for (Domain domain : domains) {
            if (domain.value().equals(place.get(domain.key()))) {
                return true;
            }
        }
        return false;
    }

    boolean scores() {
        return !likes.isEmpty();
    }

    /** How much the pod and those around like it to be on {@code node}. */
    long score(NodeFacts node) {
        long sum = 0;
        Map<String, String> place = node.metadata().labels();
        for (Map.Entry<Domain, Long> like : likes.entrySet()) {
            if (like.getKey().value().equals(place.get(like.getKey().key()))) {
                sum += like.getValue();
            }
        }
        return sum;
    }
}
