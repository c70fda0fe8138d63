// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

import io.fairlead.framework.JsonCursor;
import io.fairlead.framework.LabelSelector;
import java.io.IOException;
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
        return json.list(PodTerm::read);
    }

    /** Reads {@code preferredDuringSchedulingIgnoredDuringExecution}. */
    static List<PodTerm> readPreferred(JsonCursor json) throws IOException {
        return json.list(PodTerm::readWeighted).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<PodTerm> readWeighted(JsonCursor json) throws IOException {
        int weight = 0;
        Optional<PodTerm> term = Optional.empty();
        json.beginObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "weight" -> weight = json.int32();
                case "podAffinityTerm" -> term = Optional.of(read(json));
                default -> json.skip();
            }
        }
        int weighing = weight;
        return term.map(each ->
                new PodTerm(each.selector, each.namespaces, each.namespaceSelector, each.topologyKey, weighing));
    }

    private static PodTerm read(JsonCursor json) throws IOException {
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
        return new PodTerm(selector, namespaces, namespaceSelector, topologyKey, 0);
    }
}
