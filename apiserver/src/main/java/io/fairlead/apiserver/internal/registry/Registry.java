// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import io.fairlead.apiserver.internal.admission.AdmissionChain;
import io.fairlead.apiserver.internal.admission.AdmissionPlugin;
import io.fairlead.apiserver.internal.admission.ObjectAccess;
import io.fairlead.apiserver.internal.auth.AccountTokens;
import io.fairlead.apiserver.internal.auth.Authorizer;
import io.fairlead.apiserver.internal.auth.SigningKey;
import io.fairlead.apiserver.internal.auth.UserInfo;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.GroupVersionKind;
import io.fairlead.apiserver.internal.storage.CommitResult;
import io.fairlead.apiserver.internal.storage.Store;
import io.fairlead.apiserver.internal.watch.EventHub;
import io.fairlead.environment.Environment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What can be done with the objects of one server. Any thread may call it. */
public final class Registry {
    /** As what, and as which owner of fields, the server itself writes. */
    private static final UserInfo SERVER =
            new UserInfo("system:apiserver", "", List.of(UserInfo.MASTERS_GROUP), Map.of());

    private static final String MANAGER = "kube-apiserver";
    private static final GroupVersionKind SCALE = new GroupVersionKind("autoscaling", "v1", "Scale");

    private final Resources resources;
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
    private final AccountTokens tokens;
    private final TokenRequests tokenRequests;

    private Registry(Environment environment, Store store, EventHub hub, Rules rules) {
        resources = rules.resources;
        reader = new ObjectReader(environment, store, hub);
        Ownership ownership = new Ownership(resources::otherVersion);
        Access access = new Access(environment, resources, reader, store, ownership);
        AdmissionChain admission = new AdmissionChain(rules.plugins.apply(access));
        creator = new ObjectCreator(environment, store, admission, ownership);
        updater = new ObjectUpdater(environment, store, admission, ownership, creator);
        patcher = new ObjectPatcher(updater, ownership);
        deleter = new ObjectDeleter(store, admission);
        collectionDeleter = new CollectionDeleter(reader, deleter);
        scales = new Scales(updater, patcher, ownership, resources.type(SCALE));
        binder = new PodBinder(updater);
        evictor = new PodEvictor(reader, updater, deleter, resources.named("poddisruptionbudgets.policy"));
        tokens = new AccountTokens(rules.key, access::find, environment::now);
        tokenRequests = new TokenRequests(
                environment, resources, reader, new TokenRequests.Writing(admission, ownership, tokens));
        reviews = new Reviews(rules.authorizer, ownership, tokens);
    }

    /** A registry over {@code store}. */
    public static Registry create(Environment environment, Store store, EventHub hub, Rules rules) {
        return new Registry(environment, store, hub, rules);
    }

    /**
     * What a registry goes by.
     *
     * @param plugins of admission; made once, with what they may look at
     * @param key with which tokens are signed
     */
    public record Rules(
            Resources resources,
            Function<ObjectAccess, List<AdmissionPlugin>> plugins,
            Authorizer authorizer,
            SigningKey key) {}

    public Resources resources() {
        return resources;
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

    /** The tokens of the server's accounts. */
    public AccountTokens tokens() {
        return tokens;
    }

    public TokenRequests tokenRequests() {
        return tokenRequests;
    }

    public Reviews reviews() {
        return reviews;
    }

    private record Access(
            Environment environment, Resources resources, ObjectReader reader, Store store, Ownership ownership)
            implements ObjectAccess {
        @Override
        public Optional<JsonObject> find(String qualifiedResource, String namespace, String name) {
            return resources.find(qualifiedResource).flatMap(resource -> reader.find(resource, namespace, name)
                    .map(resource::tree));
        }

        @Override
        public Optional<Map<String, String>> fields(String qualifiedResource, String namespace, String name) {
            return resources
                    .find(qualifiedResource)
                    .flatMap(resource -> reader.find(resource, namespace, name))
                    .map(stored -> stored.facts().fields());
        }

        @Override
        public Optional<Map<String, String>> labels(String qualifiedResource, String namespace, String name) {
            return resources
                    .find(qualifiedResource)
                    .flatMap(resource -> reader.find(resource, namespace, name))
                    .map(stored -> stored.facts().labels());
        }

        @Override
        public List<JsonObject> list(String qualifiedResource, String namespace) {
            return resources
                    .find(qualifiedResource)
                    .map(resource -> reader.all(resource, namespace).stream()
                            .map(resource::tree)
                            .toList())
                    .orElse(List.of());
        }

        @Override
        public boolean replace(String qualifiedResource, JsonObject object) {
            Resource resource = resources.named(qualifiedResource);
            JsonObject next = object.deepCopy();
            JsonObject metadata = Metadata.of(next);
            long expected = Long.parseLong(metadata.text("resourceVersion"));
            reader.find(resource, metadata.text("namespace"), metadata.text("name"))
                    .ifPresent(stored -> ownership.update(ofServer(resource, metadata), resource.tree(stored), next));
            metadata.remove("resourceVersion");
            String key = resource.key(metadata.text("namespace"), metadata.text("name"));
            return store.update(key, expected, resource.value(next)) instanceof CommitResult.Committed;
        }

        /** What plugins count is written to statuses, in the server's own name. */
        private WriteContext ofServer(Resource resource, JsonObject metadata) {
            return new WriteContext(
                    new RequestContext(SERVER, environment.now()),
                    resource,
                    metadata.text("namespace"),
                    metadata.text("name"),
                    "status",
                    new WriteOptions(false, MANAGER, false, Strictness.IGNORE));
        }
    }
}
