// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import io.fairlead.apiserver.internal.admission.AdmissionChain;
import io.fairlead.apiserver.internal.admission.AdmissionPlugin;
import io.fairlead.apiserver.internal.admission.ObjectLookup;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.schema.Schema;
import io.fairlead.apiserver.internal.storage.Store;
import io.fairlead.apiserver.internal.watch.EventHub;
import io.fairlead.environment.Environment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** All resources of one server, and what can be done with them. Any thread may call it. */
public final class Registry {
    /** Where the original keeps resources whose keys are not called like them. */
    private static final Map<String, String> KEY_NAMES = Map.of(
            "services", "services/specs",
            "endpoints", "services/endpoints",
            "nodes", "minions",
            "ingresses.networking.k8s.io", "ingress",
            "events.events.k8s.io", "events",
            "customresourcedefinitions.apiextensions.k8s.io", "apiextensions.k8s.io/customresourcedefinitions",
            "apiservices.apiregistration.k8s.io", "apiregistration.k8s.io/apiservices");

    private final Map<String, Resource> byPath = new HashMap<>();
    private final Map<String, Resource> byName = new HashMap<>();
    private final ObjectReader reader;
    private final ObjectCreator creator;
    private final ObjectUpdater updater;
    private final ObjectDeleter deleter;

    private Registry(Environment environment, Store store, EventHub hub, Rules rules) {
        for (ResourceDefinition definition : rules.schema.resources()) {
            String keyName = KEY_NAMES.getOrDefault(definition.qualifiedName(), definition.plural());
            Resource resource = new Resource(
                    definition,
                    rules.schema.storageKind(definition),
                    rules.strategies.apply(definition),
                    "/registry/" + keyName + "/");
            byPath.put(path(definition.group(), definition.version(), definition.plural()), resource);
            byName.putIfAbsent(definition.qualifiedName(), resource);
        }
        AdmissionChain admission = new AdmissionChain(rules.plugins.apply(new Lookup()));
        reader = new ObjectReader(environment, store, hub);
        creator = new ObjectCreator(environment, store, admission, rules.ownership);
        updater = new ObjectUpdater(environment, store, admission, rules.ownership, creator);
        deleter = new ObjectDeleter(store, admission);
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
            FieldOwnership ownership) {}

    /** The resource that the path serves. */
    public Optional<Resource> resource(String group, String version, String plural) {
        return Optional.ofNullable(byPath.get(path(group, version, plural)));
    }

    /** The resource called like that in messages, in its preferred version. */
    public Optional<Resource> resource(String qualifiedName) {
        return Optional.ofNullable(byName.get(qualifiedName));
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

    public ObjectDeleter deleter() {
        return deleter;
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
