// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import io.fairlead.apiserver.internal.admission.AdmissionChain;
import io.fairlead.apiserver.internal.admission.AdmissionPlugin;
import io.fairlead.apiserver.internal.admission.ObjectLookup;
import io.fairlead.apiserver.internal.auth.Authorizer;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.GroupVersionKind;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.schema.Schema;
import io.fairlead.apiserver.internal.storage.Store;
import io.fairlead.apiserver.internal.watch.EventHub;
import io.fairlead.environment.Environment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All resources of one server, and what can be done with them. Any thread may call it. */
public final class Registry {
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

    private static final GroupVersionKind SCALE = new GroupVersionKind("autoscaling", "v1", "Scale");

    private final Map<String, Resource> byPath = new HashMap<>();
    private final Map<String, Resource> byName = new HashMap<>();
    private final Map<String, List<Resource>> byKeyPrefix = new HashMap<>();
    private final ObjectReader reader;
    private final ObjectCreator creator;
    private final ObjectUpdater updater;
    private final ObjectDeleter deleter;
    private final ObjectPatcher patcher;
    private final CollectionDeleter collectionDeleter;
    private final Scales scales;
    private final PodBinder binder;
    private final PodEvictor evictor;
    private final Reviews reviews;
    private final Schema schema;
    private final Map<GroupVersionKind, ObjectType> types = new ConcurrentHashMap<>();

    private Registry(Environment environment, Store store, EventHub hub, Rules rules) {
        schema = rules.schema;
        for (ResourceDefinition definition : rules.schema.resources()) {
            String keyName = KEY_NAMES.getOrDefault(definition.qualifiedName(), definition.plural());
            Resource resource = new Resource(
                    definition,
                    rules.schema.storageKind(definition),
                    rules.strategies.apply(definition),
                    type(definition.kind()),
                    "/registry/" + keyName + "/");
            byPath.put(path(definition.group(), definition.version(), definition.plural()), resource);
            byKeyPrefix
                    .computeIfAbsent(resource.keyPrefix(), prefix -> new ArrayList<>())
                    .add(resource);
            byName.putIfAbsent(definition.qualifiedName(), resource);
        }
        AdmissionChain admission = new AdmissionChain(rules.plugins.apply(new Lookup()));
        reader = new ObjectReader(environment, store, hub);
        Ownership ownership = new Ownership(this::otherVersion);
        creator = new ObjectCreator(environment, store, admission, ownership);
        updater = new ObjectUpdater(environment, store, admission, ownership, creator);
        patcher = new ObjectPatcher(updater, ownership);
        deleter = new ObjectDeleter(store, admission);
        collectionDeleter = new CollectionDeleter(reader, deleter);
        scales = new Scales(updater, patcher, ownership, type(SCALE));
        binder = new PodBinder(updater);
        Resource budgets = resource("poddisruptionbudgets.policy")
                .orElseThrow(() -> new IllegalStateException("the schema has no disruption budgets"));
        evictor = new PodEvictor(reader, updater, deleter, budgets);
        reviews = new Reviews(rules.authorizer);
    }

    /** A registry of all resources of a schema. */
    public static Registry create(Environment environment, Store store, EventHub hub, Rules rules) {
        return new Registry(environment, store, hub, rules);
    }

    /**
     * What is peculiar to the kinds.
     *
     * @param plugins made once, with what they may look at
     */
    public record Rules(
            Schema schema,
            Function<ResourceDefinition, Strategy> strategies,
            Function<ObjectLookup, List<AdmissionPlugin>> plugins,
            Authorizer authorizer) {}

    /** The resource that the path serves. */
    public Optional<Resource> resource(String group, String version, String plural) {
        return Optional.ofNullable(byPath.get(path(group, version, plural)));
    }

    /** The resource called like that in messages, in its preferred version. */
    public Optional<Resource> resource(String qualifiedName) {
        return Optional.ofNullable(byName.get(qualifiedName));
    }

    /** The type of the objects that requests to {@code subresource} carry; of the resource itself if that is empty. */
    public ObjectType bodyType(Resource resource, String subresource) {
        ResourceDefinition.Subresource found =
                resource.definition().subresources().get(subresource);
        return found == null || found.kind().equals(resource.kind()) ? resource.type() : type(found.kind());
    }

    private ObjectType type(GroupVersionKind kind) {
        return types.computeIfAbsent(
                kind,
                each -> new ObjectType(
                        each,
                        schema.type(each)
                                .orElseThrow(() -> new IllegalStateException("the schema has no type of " + each))));
    }

    public CollectionDeleter collectionDeleter() {
        return collectionDeleter;
    }

    public Scales scales() {
        return scales;
    }

    public PodBinder binder() {
        return binder;
    }

    public PodEvictor evictor() {
        return evictor;
    }

    public Reviews reviews() {
        return reviews;
    }

    public ObjectReader reader() {
        return reader;
    }

    public ObjectCreator creator() {
        return creator;
    }

    public ObjectUpdater updater() {
        return updater;
    }

    public ObjectPatcher patcher() {
        return patcher;
    }

    public ObjectDeleter deleter() {
        return deleter;
    }

    /** The resource that serves the same objects as {@code apiVersion}; if that is empty, as any other version. */
    private @Nullable Resource otherVersion(Resource resource, String apiVersion) {
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

    private final class Lookup implements ObjectLookup {
        @Override
        public Optional<JsonObject> find(String qualifiedResource, String namespace, String name) {
            return resource(qualifiedResource)
                    .flatMap(resource -> reader.find(resource, namespace, name).map(resource::tree));
        }

        @Override
        public Optional<Map<String, String>> fields(String qualifiedResource, String namespace, String name) {
            return resource(qualifiedResource)
                    .flatMap(resource -> reader.find(resource, namespace, name))
                    .map(stored -> stored.facts().fields());
        }

        @Override
        public List<JsonObject> list(String qualifiedResource, String namespace) {
            return resource(qualifiedResource)
                    .map(resource -> reader.all(resource, namespace).stream()
                            .map(resource::tree)
                            .toList())
                    .orElse(List.of());
        }
    }
}
