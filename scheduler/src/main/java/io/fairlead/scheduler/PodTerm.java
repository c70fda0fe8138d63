// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

import io.fairlead.framework.JsonCursor;
import io.fairlead.framework.LabelSelector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Pods that another pod is to be near to, or far from, and what is near.
 *
 * @param namespaces where those pods are; if there are none and no selector either, where the pod itself is
 * @param namespaceSelector selects further namespaces by their labels
 * @param topologyKey nodes with the same value of this label are near to each other
 * @param weight how much it matters; 0 of a term that is required
 */
record PodTerm(
        LabelSelector selector,
        List<String> namespaces,
        Optional<LabelSelector> namespaceSelector,
        String topologyKey,
        int weight) {
    PodTerm {
        namespaces = List.copyOf(namespaces);
    }

    /** Whether {@code other} is one of those pods, for a pod in {@code home} that has this term. */
    boolean matches(String home, PodFacts other, NamespaceLabels labels) {
        return inNamespace(home, other.metadata().namespace(), labels)
                && selector.matches(other.metadata().labels());
    }

    private boolean inNamespace(String home, String namespace, NamespaceLabels labels) {
        if (namespaces.isEmpty() && namespaceSelector.isEmpty()) {
            return namespace.equals(home);
        }
        return namespaces.contains(namespace)
                || (namespaceSelector.isPresent() && namespaceSelector.get().matches(labels.of(namespace)));
    }

    /** Reads {@code requiredDuringSchedulingIgnoredDuringExecution}. */
    static List<PodTerm> readRequired(JsonCursor json) throws IOException {
        List<PodTerm> terms = new ArrayList<>(1);
        json.beginArray();
        while (json.nextElement()) {
            terms.add(read(json, 0));
        }
        return terms;
    }

    /** Reads {@code preferredDuringSchedulingIgnoredDuringExecution}. */
    static List<PodTerm> readPreferred(JsonCursor json) throws IOException {
        List<PodTerm> terms = new ArrayList<>(1);
        json.beginArray();
        while (json.nextElement()) {
            int weight = 0;
            Optional<PodTerm> term = Optional.empty();
            json.beginObject();
            while (json.nextField()) {
                switch (json.field()) {
                    case "weight" -> weight = json.int32();
                    case "podAffinityTerm" -> term = Optional.of(read(json, 0));
                    default -> json.skip();
                }
            }
            if (term.isPresent()) {
                PodTerm plain = term.get();
                terms.add(new PodTerm(
                        plain.selector, plain.namespaces, plain.namespaceSelector, plain.topologyKey, weight));
            }
        }
        return terms;
    }

    private static PodTerm read(JsonCursor json, int weight) throws IOException {
        LabelSelector selector = LabelSelector.NOTHING;
        List<String> namespaces = List.of();
        Optional<LabelSelector> namespaceSelector = Optional.empty();
        String topologyKey = "";
        json.beginObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "labelSelector" ->
                    selector = SpreadConstraint.readSelector(json).orElse(selector);
                case "namespaceSelector" -> namespaceSelector = SpreadConstraint.readSelector(json);
                case "namespaces" -> namespaces = json.texts();
                case "topologyKey" -> topologyKey = json.shared();
                default -> json.skip();
            }
        }
        return new PodTerm(selector, namespaces, namespaceSelector, topologyKey, weight);
    }
}
