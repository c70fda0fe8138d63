// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver;

import static java.util.Objects.requireNonNull;

import io.fairlead.apiserver.internal.admission.AdmissionPlugin;
import io.fairlead.apiserver.internal.admission.ObjectAccess;
import io.fairlead.apiserver.internal.admission.builtin.BuiltInPlugins;
import io.fairlead.apiserver.internal.allocate.ServiceAllocation;
import io.fairlead.apiserver.internal.allocate.ServiceNetwork;
import io.fairlead.apiserver.internal.auth.AccessControl;
import io.fairlead.apiserver.internal.auth.AccountTokens;
import io.fairlead.apiserver.internal.auth.Authenticator;
import io.fairlead.apiserver.internal.auth.FixedAuthorizer;
import io.fairlead.apiserver.internal.auth.SigningKey;
import io.fairlead.apiserver.internal.auth.UserInfo;
import io.fairlead.apiserver.internal.bootstrap.BootstrapObjects;
import io.fairlead.apiserver.internal.discovery.Catalog;
import io.fairlead.apiserver.internal.discovery.NonResourcePaths;
import io.fairlead.apiserver.internal.http.ApiHandler;
import io.fairlead.apiserver.internal.kinds.Kinds;
import io.fairlead.apiserver.internal.registry.Registry;
import io.fairlead.apiserver.internal.registry.Resources;
import io.fairlead.apiserver.internal.schema.Schema;
import io.fairlead.apiserver.internal.storage.MemoryStore;
import io.fairlead.apiserver.internal.storage.Store;
import io.fairlead.apiserver.internal.watch.EventHub;
import io.fairlead.apiserver.internal.watch.KeyPrefixes;
import io.fairlead.environment.Api;
import io.fairlead.environment.Environment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A Kubernetes API server without a transport: it takes requests and answers them on the caller's thread.
 *
 * <p>Any number of threads may call {@link #handle} at once. Nothing runs in the background but timers of open watches.
 */
@Api(Api.Status.EXPERIMENTAL)
public final class ApiServer implements AutoCloseable {
    /** How a server calls itself to those that did not say by which name they reached it. */
    private static final String SERVICE_NAME = "kubernetes.default.svc";

    private final Store store;
    private final EventHub hub;
    private final ApiHandler handler;

    private ApiServer(Environment environment, ApiServerOptions options) {
        requireNonNull(options, "options");
        Schema schema = Schema.builtIn();
        Resources resources = Resources.of(schema, Kinds::strategyOf);
        ServiceNetwork network = options.serviceNetwork();
        store = new MemoryStore();
        new BootstrapObjects(environment, resources, store).create(options.serviceCidr(), network.firstAddress());
        // Nobody has read anything yet, so nobody needs to know how it came about.
        store.compact(store.revision());
        hub = EventHub.start(environment, store, KeyPrefixes.ROOT);
        FixedAuthorizer authorizer = new FixedAuthorizer();
        SigningKey key = new SigningKey();
        Registry.Rules rules =
                new Registry.Rules(resources, access -> plugins(environment, network, access), authorizer, key);
        Registry registry = Registry.create(environment, store, hub, rules);
        Catalog catalog = Catalog.builtIn();
        handler = new ApiHandler(
                environment,
                new AccessControl(new Authenticator(token -> user(registry.tokens(), token)), authorizer),
                registry,
                schema,
                options.bodyBytesMax(),
                new NonResourcePaths(() -> catalog, SERVICE_NAME, key));
    }

    private static Optional<UserInfo> user(AccountTokens tokens, String token) {
        return switch (tokens.verify(token, List.of())) {
            case AccountTokens.Verdict.Accepted(UserInfo user, var ignored) -> Optional.of(user);
            case AccountTokens.Verdict.Refused ignored -> Optional.empty();
        };
    }

    /** Services get their addresses last, when nobody else refuses them any more. */
    private static List<AdmissionPlugin> plugins(Environment environment, ServiceNetwork network, ObjectAccess access) {
        List<AdmissionPlugin> plugins = new ArrayList<>(BuiltInPlugins.create(access, environment.random()));
        plugins.add(ServiceAllocation.create(network, access, environment.random()));
        return plugins;
    }

    /** Makes a server that holds what every new cluster has. */
    public static ApiServer create(Environment environment, ApiServerOptions options) {
        return new ApiServer(requireNonNull(environment, "environment"), options);
    }

    /**
     * Answers one request.
     *
     * <p>Whatever is wrong with it is said in the answer. A watch is answered at once with a stream that its receiver must
     * close.
     */
    public ApiResponse handle(ApiRequest request) {
        return handler.handle(request);
    }

    /** Ends all watches; requests that come later are answered from what is left in memory. */
    @Override
    public void close() {
        hub.close();
        store.close();
    }
}
