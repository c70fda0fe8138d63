// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.schema;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The served resources as the generator writes them: a line per group version, below it a line per resource, below that a
 * line per subresource.
 */
final class ResourceTable {
    private static final Set<String> ALL_VERBS =
            Set.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

    private final List<ResourceDefinition> resources = new ArrayList<>();
    private final List<ApiGroup> groups = new ArrayList<>();
    private final Map<GroupVersionKind, GroupVersionKind> storageKinds = new HashMap<>();
    private final Set<GroupVersionKind> answeringDeleted = new HashSet<>();

    ResourceTable(byte[] content) {
        Map<String, List<String>> versions = new LinkedHashMap<>();
        String[] lines =
                new String(content, StandardCharsets.ISO_8859_1).lines().toArray(String[]::new);
        GroupVersionKind version = new GroupVersionKind("", "", "");
        int at = 0;
        while (at < lines.length) {
            if (lines[at].startsWith(" ")) {
                int next = at + 1;
                while (next < lines.length && lines[next].startsWith("  ")) {
                    next++;
                }
                resources.add(resource(version, lines[at], Arrays.asList(lines).subList(at + 1, next)));
                at = next;
            } else {
                version = GroupVersionKind.of(lines[at], "");
                versions.computeIfAbsent(version.group(), group -> new ArrayList<>())
                        .add(version.version());
                at++;
            }
        }
        versions.forEach((group, served) -> groups.add(new ApiGroup(group, served)));
    }

    List<ResourceDefinition> resources() {
        return List.copyOf(resources);
    }

    List<ApiGroup> groups() {
        return List.copyOf(groups);
    }

    /** The kind whose encoding the original stores; it need not be served. */
    GroupVersionKind storageKind(ResourceDefinition resource) {
        return storageKinds.getOrDefault(resource.kind(), resource.kind());
    }

    boolean answersDeletedObject(ResourceDefinition resource) {
        return answeringDeleted.contains(resource.kind());
    }

    private ResourceDefinition resource(GroupVersionKind version, String line, List<String> subresourceLines) {
        String[] words = line.strip().split(" ", -1);
        GroupVersionKind kind = kind(version, words[2]);
        Map<String, ResourceDefinition.Subresource> subresources = new LinkedHashMap<>();
        for (String each : subresourceLines) {
            String[] parts = each.strip().split(" ", -1);
            subresources.put(
                    parts[0], new ResourceDefinition.Subresource(parts[0], kind(version, parts[1]), verbs(parts[2])));
        }
        word(words, "deletes").ifPresent(object -> answeringDeleted.add(kind));
        word(words, "storage").ifPresent(gv -> storageKinds.put(kind, GroupVersionKind.of(gv, kind.kind())));
        return new ResourceDefinition(
                kind,
                words[0],
                words[1].equals("-") ? "" : words[1],
                words[3].equals("N"),
                verbs(words[4]),
                list(words, "short"),
                list(words, "categories"),
                word(words, "hash").orElse(""),
                subresources);
    }

    private static GroupVersionKind kind(GroupVersionKind version, String word) {
        int slash = word.lastIndexOf('/');
        return slash < 0
                ? new GroupVersionKind(version.group(), version.version(), word)
                : GroupVersionKind.of(word.substring(0, slash), word.substring(slash + 1));
    }

    private static Set<String> verbs(String word) {
        return word.equals("*") ? ALL_VERBS : Set.of(word.split(",", -1));
    }

    private static List<String> list(String[] words, String key) {
        return word(words, key).map(each -> List.of(each.split(",", -1))).orElse(List.of());
    }

    private static Optional<String> word(String[] words, String key) {
        for (String each : words) {
            if (each.startsWith(key + "=")) {
                return Optional.of(each.substring(key.length() + 1));
            }
        }
        return Optional.empty();
    }
}
