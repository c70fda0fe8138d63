// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.discovery;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ApiGroup;
import io.fairlead.apiserver.internal.schema.GroupVersionKind;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.schema.ResourceDefinition.Subresource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The documents of discovery, computed from what is served. Pure. */
final class DiscoveryDocuments {
    private static final Comparator<ResourceDefinition> BY_NAME = Comparator.comparing(ResourceDefinition::plural);

    private final Catalog catalog;

    DiscoveryDocuments(Catalog catalog) {
        this.catalog = catalog;
    }

    /** {@code /api}: the versions of the core group. */
    JsonObject coreVersions(String serverAddress) {
        JsonObject address = new JsonObject().put("clientCIDR", "0.0.0.0/0").put("serverAddress", serverAddress);
        List<String> versions = catalog.group("").map(ApiGroup::versions).orElse(List.of());
        return new JsonObject()
                .put("kind", "APIVersions")
                .put("versions", JsonArray.ofStrings(versions))
                .put("serverAddressByClientCIDRs", JsonArray.of(address));
    }

    /** {@code /apis}: all groups but the core group. */
    JsonObject groups() {
        JsonArray groups = new JsonArray();
        for (ApiGroup group : catalog.groups()) {
            if (!group.name().isEmpty()) {
                groups.add(describe(group, new JsonObject()));
            }
        }
        return new JsonObject()
                .put("kind", "APIGroupList")
                .put("apiVersion", "v1")
                .put("groups", groups);
    }

    /** {@code /apis/<group>}. */
    JsonObject group(ApiGroup group) {
        return describe(group, new JsonObject().put("kind", "APIGroup").put("apiVersion", "v1"));
    }

    private static JsonObject describe(ApiGroup group, JsonObject into) {
        JsonArray versions = new JsonArray();
        for (String version : group.versions()) {
            versions.add(groupVersion(group.name(), version));
        }
        return into.put("name", group.name())
                .put("versions", versions)
                .put("preferredVersion", groupVersion(group.name(), group.preferredVersion()));
    }

    private static JsonObject groupVersion(String group, String version) {
        return new JsonObject().put("groupVersion", group + "/" + version).put("version", version);
    }

    /** {@code /api/<version>} and {@code /apis/<group>/<version>}: the resources of one version. */
    JsonObject resources(String group, String version) {
        JsonArray resources = new JsonArray();
        for (ResourceDefinition resource :
                catalog.resources(group, version).stream().sorted(BY_NAME).toList()) {
            if (!resource.verbs().isEmpty()) {
                resources.add(entry(resource));
            }
            subresources(resource).forEach(each -> resources.add(entry(resource, each)));
        }
        JsonObject document = new JsonObject().put("kind", "APIResourceList");
        if (!group.isEmpty()) {
            document.put("apiVersion", "v1");
        }
        return document.put("groupVersion", group.isEmpty() ? version : group + "/" + version)
                .put("resources", resources);
    }

    private static JsonObject entry(ResourceDefinition resource) {
        JsonObject entry = new JsonObject()
                .put("name", resource.plural())
                .put("singularName", resource.singular())
                .put("namespaced", resource.namespaced())
                .put("kind", resource.kind().kind())
                .put("verbs", sorted(resource.verbs()));
        putUnlessEmpty(entry, "shortNames", resource.shortNames());
        putUnlessEmpty(entry, "categories", resource.categories());
        if (!resource.storageVersionHash().isEmpty()) {
            entry.put("storageVersionHash", resource.storageVersionHash());
        }
        return entry;
    }

    private static JsonObject entry(ResourceDefinition resource, Subresource subresource) {
        JsonObject entry = new JsonObject()
                .put("name", resource.plural() + "/" + subresource.name())
                .put("singularName", "")
                .put("namespaced", resource.namespaced());
        GroupVersionKind kind = subresource.kind();
        if (!kind.apiVersion().equals(resource.kind().apiVersion())) {
            entry.put("group", kind.group()).put("version", kind.version());
        }
        return entry.put("kind", kind.kind()).put("verbs", sorted(subresource.verbs()));
    }

    /** {@code /api} as aggregated discovery: the core group with everything in it. */
    JsonObject aggregatedCore() {
        return aggregated(catalog.groups().stream()
                .filter(group -> group.name().isEmpty())
                .toList());
    }

    /** {@code /apis} as aggregated discovery: all other groups with everything in them. */
    JsonObject aggregatedGroups() {
        return aggregated(catalog.groups().stream()
                .filter(group -> !group.name().isEmpty())
                .toList());
    }

    private JsonObject aggregated(List<ApiGroup> groups) {
        JsonArray items = new JsonArray();
        for (ApiGroup group : groups) {
            JsonObject metadata = new JsonObject();
            if (!group.name().isEmpty()) {
                metadata.put("name", group.name());
            }
            JsonArray versions = new JsonArray();
            for (String version : group.versions()) {
                versions.add(new JsonObject()
                        .put("version", version)
                        .put("resources", aggregatedResources(group.name(), version))
                        .put("freshness", "Current"));
            }
            items.add(new JsonObject().put("metadata", metadata).put("versions", versions));
        }
        return new JsonObject()
                .put("kind", "APIGroupDiscoveryList")
                .put("apiVersion", "apidiscovery.k8s.io/v2")
                .put("metadata", new JsonObject())
                .put("items", items);
    }

    private JsonArray aggregatedResources(String group, String version) {
        JsonArray resources = new JsonArray();
        for (ResourceDefinition resource :
                catalog.resources(group, version).stream().sorted(BY_NAME).toList()) {
            JsonObject entry = new JsonObject()
                    .put("resource", resource.plural())
                    .put("responseKind", responseKind(resource, resource.kind()))
                    .put("scope", resource.namespaced() ? "Namespaced" : "Cluster")
                    .put("singularResource", resource.singular())
                    .put("verbs", sorted(resource.verbs()));
            putUnlessEmpty(entry, "shortNames", resource.shortNames());
            putUnlessEmpty(entry, "categories", resource.categories());
            JsonArray subresources = new JsonArray();
            for (Subresource each : subresources(resource)) {
                subresources.add(new JsonObject()
                        .put("subresource", each.name())
                        .put("responseKind", responseKind(resource, each.kind()))
                        .put("verbs", sorted(each.verbs())));
            }
            if (!subresources.isEmpty()) {
                entry.put("subresources", subresources);
            }
            resources.add(entry);
        }
        return resources;
    }

    /** A kind of the version that lists it goes without group and version. */
    private static JsonObject responseKind(ResourceDefinition resource, GroupVersionKind kind) {
        boolean own = kind.apiVersion().equals(resource.kind().apiVersion());
        return new JsonObject()
                .put("group", own ? "" : kind.group())
                .put("version", own ? "" : kind.version())
                .put("kind", kind.kind());
    }

    private static List<Subresource> subresources(ResourceDefinition resource) {
        return resource.subresources().values().stream()
                .sorted(Comparator.comparing(Subresource::name))
                .toList();
    }

    private static JsonArray sorted(Iterable<String> names) {
        List<String> sorted = new ArrayList<>();
        names.forEach(sorted::add);
        sorted.sort(Comparator.naturalOrder());
        return JsonArray.ofStrings(sorted);
    }

    private static void putUnlessEmpty(JsonObject into, String name, List<String> values) {
        if (!values.isEmpty()) {
            into.put(name, JsonArray.ofStrings(values));
        }
    }
}
