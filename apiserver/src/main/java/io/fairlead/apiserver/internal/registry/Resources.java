// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import io.fairlead.apiserver.internal.schema.GroupVersionKind;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.schema.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All resources that a server has, by the names they go by. Immutable from the outside; any thread may call it. */
public final class Resources {
    /** Where the original keeps resources whose keys are not called like them. */
    private static final Map<String, String> KEY_NAMES = Map.of(
            "services", "services/specs",
            "endpoints", "services/endpoints",
            "nodes", "minions",
            "replicationcontrollers", "controllers",
            "ingresses.networking.k8s.io", "ingress",
            "events.events.k8s.io", "events",
            "customresourcedefinitions.apiextensions.k8s.io", "apiextensions.k8s.io/customresourcedefinitions",
            "apiservices.apiregistration.k8s.io", "apiregistration.k8s.io/apiservices");

    private final Schema schema;
    private final Map<String, Resource> byPath = new HashMap<>();
    private final Map<String, Resource> byName = new HashMap<>();
    private final Map<String, List<Resource>> byKeyPrefix = new HashMap<>();
    private final Map<GroupVersionKind, ObjectType> types = new ConcurrentHashMap<>();

    private Resources(Schema schema, Function<ResourceDefinition, Strategy> strategies) {
        this.schema = schema;
        for (ResourceDefinition definition : schema.resources()) {
            add(new Resource(
                    definition,
                    schema.storageKind(definition),
                    strategies.apply(definition),
                    type(definition.kind()),
                    "/registry/" + KEY_NAMES.getOrDefault(definition.qualifiedName(), definition.plural()) + "/"));
        }
    }

    /** The resources of {@code schema}, each with its strategy. */
    public static Resources of(Schema schema, Function<ResourceDefinition, Strategy> strategies) {
        return new Resources(schema, strategies);
    }

    private void add(Resource resource) {
        ResourceDefinition definition = resource.definition();
        byPath.put(path(definition.group(), definition.version(), definition.plural()), resource);
        byKeyPrefix
                .computeIfAbsent(resource.keyPrefix(), prefix -> new ArrayList<>())
                .add(resource);
        byName.putIfAbsent(definition.qualifiedName(), resource);
    }

    /** The resource that the path serves. */
    public Optional<Resource> find(String group, String version, String plural) {
        return Optional.ofNullable(byPath.get(path(group, version, plural)));
    }

    /** The resource called like that in messages, in its preferred version. */
    public Optional<Resource> find(String qualifiedName) {
        return Optional.ofNullable(byName.get(qualifiedName));
    }

    /**
     * The resource called like that in messages.
     *
     * @throws IllegalStateException if there is none, which for a built-in one cannot be
     */
    public Resource named(String qualifiedName) {
        return find(qualifiedName).orElseThrow(() -> new IllegalStateException("no resource " + qualifiedName));
    }

    /** The type of the objects that requests to {@code subresource} carry; of the resource itself if that is empty. */
    public ObjectType bodyType(Resource resource, String subresource) {
        ResourceDefinition.Subresource found =
                resource.definition().subresources().get(subresource);
        return found == null || found.kind().equals(resource.kind()) ? resource.type() : type(found.kind());
    }

    /**
     * The type of objects of {@code kind}.
     *
     * @throws IllegalStateException if the schema does not know it
     */
    public ObjectType type(GroupVersionKind kind) {
        return types.computeIfAbsent(
                kind,
                each -> new ObjectType(
                        each,
                        schema.type(each)
                                .orElseThrow(() -> new IllegalStateException("the schema has no type of " + each))));
    }

    /** The resource that serves the same objects as {@code apiVersion}; if that is empty, as any other version. */
    @Nullable
    Resource otherVersion(Resource resource, String apiVersion) {
        for (Resource each : byKeyPrefix.getOrDefault(resource.keyPrefix(), List.of())) {
            boolean wanted = apiVersion.isEmpty()
                    ? each != resource
                    : each.kind().apiVersion().equals(apiVersion);
            if (wanted) {
                return each;
            }
        }
        return null;
    }

    private static String path(String group, String version, String plural) {
        return group + "/" + version + "/" + plural;
    }
}
