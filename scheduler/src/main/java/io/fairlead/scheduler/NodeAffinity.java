// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

import io.fairlead.framework.JsonCursor;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * On which nodes a pod may run, and on which it had rather.
 *
 * @param selector labels the node must have
 * @param required one of these terms must match; empty for no requirement, present but without terms for no node at all
 */
record NodeAffinity(Map<String, String> selector, Optional<List<NodeTerm>> required, List<Preference> preferred) {
    static final NodeAffinity ANY = new NodeAffinity(Map.of(), Optional.empty(), List.of());

    NodeAffinity {
        required = required.map(List::copyOf);
        preferred = List.copyOf(preferred);
    }

    /** Nodes that match are better by {@code weight}. */
    record Preference(int weight, NodeTerm term) {}

    boolean allows(String nodeName, Map<String, String> nodeLabels) {
        for (Map.Entry<String, String> label : selector.entrySet()) {
            if (!label.getValue().equals(nodeLabels.get(label.getKey()))) {
                return false;
            }
        }
        if (required.isEmpty()) {
            return true;
        }
        for (NodeTerm term : required.get()) {
            if (term.matches(nodeName, nodeLabels)) {
                return true;
            }
        }
        return false;
    }

    /** The sum of the weights of all preferences that the node satisfies. */
    int preference(String nodeName, Map<String, String> nodeLabels) {
        int sum = 0;
        for (Preference preference : preferred) {
            if (preference.weight() != 0 && preference.term().matches(nodeName, nodeLabels)) {
                sum += preference.weight();
            }
        }
        return sum;
    }

    /**
     * The nodes that are named by every alternative: then no other node needs to be looked at. Empty if any node may do. A
     * DaemonSet's pods name theirs this way.
     */
    Optional<Set<String>> namedNodes() {
        if (required.isEmpty() || required.get().isEmpty()) {
            return Optional.empty();
        }
        Set<String> names = new LinkedHashSet<>();
        for (NodeTerm term : required.get()) {
            Optional<Set<String>> ofTerm = namedBy(term);
            if (ofTerm.isEmpty()) {
                return Optional.empty();
            }
            names.addAll(ofTerm.get());
        }
        return Optional.of(names);
    }

    private static Optional<Set<String>> namedBy(NodeTerm term) {
        Optional<Set<String>> names = Optional.empty();
        for (NodeTerm.Expression field : term.fields()) {
            if (field.key().equals("metadata.name") && field.operator().equals("In")) {
                Set<String> these = new LinkedHashSet<>(field.values());
                names.ifPresent(these::retainAll);
                names = Optional.of(these);
            }
        }
        return names;
    }

    NodeAffinity withSelector(Map<String, String> newSelector) {
        return new NodeAffinity(newSelector, required, preferred);
    }

    /** Reads {@code spec.affinity.nodeAffinity}. */
    static NodeAffinity read(JsonCursor json) throws IOException {
        Optional<List<NodeTerm>> required = Optional.empty();
        List<Preference> preferred = List.of();
        json.beginObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "requiredDuringSchedulingIgnoredDuringExecution" -> required = readRequired(json);
                case "preferredDuringSchedulingIgnoredDuringExecution" ->
                    preferred = json.list(NodeAffinity::readPreference);
                default -> json.skip();
            }
        }
        return new NodeAffinity(Map.of(), required, preferred);
    }

    private static Optional<List<NodeTerm>> readRequired(JsonCursor json) throws IOException {
        if (json.isNull()) {
            json.skip();
            return Optional.empty();
        }
        List<NodeTerm> terms = List.of();
        json.beginObject();
        while (json.nextField()) {
            if (json.field().equals("nodeSelectorTerms")) {
                terms = json.list(NodeTerm::read);
            } else {
                json.skip();
            }
        }
        return Optional.of(terms);
    }

    private static Preference readPreference(JsonCursor json) throws IOException {
        int weight = 0;
        NodeTerm term = new NodeTerm(List.of(), List.of());
        json.beginObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "weight" -> weight = json.int32();
                case "preference" -> term = NodeTerm.read(json);
                default -> json.skip();
            }
        }
        return new Preference(weight, term);
    }
}
