// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.schema;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One served version of one resource, as discovery tells it.
 *
 * @param kind of the objects that it serves
 * @param plural the name in paths, such as {@code deployments}
 * @param verbs of the resource itself, such as {@code create} and {@code deletecollection}
 * @param subresources by name, such as {@code status}
 */
public record ResourceDefinition(
        GroupVersionKind kind,
        String plural,
        String singular,
        boolean namespaced,
        Set<String> verbs,
        List<String> shortNames,
        List<String> categories,
        String storageVersionHash,
        Map<String, Subresource> subresources) {
    public ResourceDefinition {
        verbs = Set.copyOf(verbs);
        shortNames = List.copyOf(shortNames);
        categories = List.copyOf(categories);
        subresources = Map.copyOf(subresources);
    }

    public String group() {
        return kind.group();
    }

    public String version() {
        return kind.version();
    }

    /** The name used in messages: {@code deployments.apps}, or {@code pods} in the core group. */
    public String qualifiedName() {
        return group().isEmpty() ? plural : plural + "." + group();
    }

    /**
     * A subresource such as {@code pods/binding}.
     *
     * @param kind of the objects that it takes and answers; not always of the resource's group, as with {@code scale}
     */
    public record Subresource(String name, GroupVersionKind kind, Set<String> verbs) {
        public Subresource {
            verbs = Set.copyOf(verbs);
        }
    }
}
