// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.discovery;

import io.fairlead.apiserver.internal.discovery.ApiOperation.Body;
import io.fairlead.apiserver.internal.schema.ApiGroup;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** All that is served, in the sections that OpenAPI has: one for each group version, and small ones for the other paths. */
final class ApiSections {
    /** The operation whose answer is no type of the API. */
    static final String VERSION = "getCodeVersion";

    private final Catalog catalog;

    ApiSections(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * One section.
     *
     * @param tag by which its operations are grouped
     * @param group and version whose kinds it has; of small sections the core group's
     */
    record Section(String tag, String group, String version, Map<String, List<ApiOperation>> paths) {}

    /** The names of the sections, such as {@code apis/apps/v1}. */
    Set<String> names() {
        Set<String> names =
                new TreeSet<>(List.of(".well-known/openid-configuration", "api", "apis", "openid/v1/jwks", "version"));
        for (ApiGroup group : catalog.groups()) {
            String root = group.name().isEmpty() ? "api" : "apis/" + group.name();
            names.add(root);
            group.versions().forEach(version -> names.add(root + "/" + version));
        }
        return names;
    }

    /** The section {@code name}, which is one of {@link #names}. */
    Section section(String name) {
        List<String> parts = List.of(name.split("/", -1));
        return switch (parts.getFirst()) {
            case "api" ->
                parts.size() == 1
                        ? single("core", "/api/", ApiPaths.discovery("getCoreAPIVersions", "APIVersions"))
                        : groupVersion("", parts.get(1));
            case "apis" -> apis(parts);
            case "version" -> single("version", "/version/", text(VERSION, "application/json"));
            case "openid" ->
                single(
                        "openid",
                        "/openid/v1/jwks/",
                        text("getServiceAccountIssuerOpenIDKeyset", "application/jwk-set+json"));
            default ->
                single(
                        "WellKnown",
                        "/.well-known/openid-configuration/",
                        text("getServiceAccountIssuerOpenIDConfiguration", "application/json"));
        };
    }

    private Section apis(List<String> parts) {
        if (parts.size() == 1) {
            return single("apis", "/apis/", ApiPaths.discovery("getAPIVersions", "APIGroupList"));
        }
        String group = parts.get(1);
        if (parts.size() == 3) {
            return groupVersion(group, parts.get(2));
        }
        String id = "get" + ApiPaths.groupName(group) + "APIGroup";
        return single(ApiPaths.tag(group, ""), "/apis/" + group + "/", ApiPaths.discovery(id, "APIGroup"));
    }

    private Section groupVersion(String group, String version) {
        return new Section(ApiPaths.tag(group, version), group, version, ApiPaths.of(catalog, group, version));
    }

    private static Section single(String tag, String path, ApiOperation operation) {
        return new Section(tag, "", "v1", Map.of(path, List.of(operation)));
    }

    private static ApiOperation text(String id, String contentType) {
        return new ApiOperation(
                "get",
                id,
                "",
                Optional.empty(),
                List.of(),
                new Body.None(),
                List.of(200),
                Optional.empty(),
                List.of(contentType));
    }
}
