// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.discovery;

import static java.util.Objects.requireNonNull;

import io.fairlead.apiserver.ApiRequest;
import io.fairlead.apiserver.ApiResponse;
import io.fairlead.apiserver.internal.auth.SigningKey;
import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.MediaRange;
import io.fairlead.apiserver.internal.schema.ApiGroup;
import io.fairlead.apiserver.internal.schema.Schema;
import io.fairlead.apiserver.internal.status.ApiStatus;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers the paths that are not objects: discovery, health, version, the list of paths. Any thread may call it.
 *
 * <p>The documents are computed when they are first asked for and kept for as long as the catalog is the same object.
 */
public final class NonResourcePaths implements Function<ApiRequest, Optional<ApiResponse>> {
    private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
    private static final String AGGREGATED = ";g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    private final Supplier<Catalog> catalog;
    private final String serverAddress;
    private final IssuerPaths issuer;

    /** Of the catalog that was last asked about; another thread may replace it at any time by one that is as good. */
    private volatile @Nullable Aggregated aggregated;

    private volatile @Nullable OpenApiPaths openApi;

    /**
     * @param catalog what is served now; the same object for as long as nothing changes
     * @param serverAddress host and port under which clients reach the server that do not say it in their requests
     * @param key with which tokens are signed
     */
    public NonResourcePaths(Supplier<Catalog> catalog, String serverAddress, SigningKey key) {
        this.catalog = requireNonNull(catalog, "catalog");
        this.serverAddress = requireNonNull(serverAddress, "serverAddress");
        this.issuer = new IssuerPaths(key);
    }

    /**
     * The answer, or nothing if the path is none of these.
     *
     * @throws io.fairlead.apiserver.internal.status.StatusException if the form that is asked for is not offered
     */
    @Override
    public Optional<ApiResponse> apply(ApiRequest request) {
        String path = request.path();
        boolean routed = isRouted(path);
        if (routed && path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        if (routed && !request.method().equals("GET") && takesGetOnly(path) && isKnown(path)) {
            throw ApiStatus.methodNotAllowed().exception();
        }
        return switch (path) {
            case "/", "/index.html" -> Optional.of(Documents.json(paths()));
            case "/version" -> Optional.of(version(request));
            case "/api" -> Optional.of(core(request));
            case "/apis" -> Optional.of(groups(request));
            default -> other(path, request);
        };
    }

    /** Below these a slash at the end makes no difference. */
    private static boolean isRouted(String path) {
        return path.equals("/version")
                || path.equals("/version/")
                || path.equals("/api")
                || path.startsWith("/api/")
                || path.startsWith("/apis");
    }

    /** The documents on groups are made by another part of the original, which does not look at the method. */
    private static boolean takesGetOnly(String path) {
        int parts = path.split("/", -1).length - 1;
        return path.startsWith("/apis") ? parts == 3 : parts <= 2;
    }

    private boolean isKnown(String path) {
        String[] parts = path.split("/", -1);
        if (parts.length < 3) {
            return true;
        }
        return catalog.get()
                .group(parts[1].equals("api") ? "" : parts[2])
                .filter(group -> group.versions().contains(parts[parts.length - 1]))
                .isPresent();
    }

    private Optional<ApiResponse> other(String path, ApiRequest request) {
        if (path.startsWith("/openapi/")) {
            return openApi(catalog.get()).answer(request);
        }
        return path.startsWith("/api")
                ? discovery(path, request)
                : health(path, request).or(() -> issuer.answer(request, address(request)));
    }

    /** Where the client reaches the server. */
    private String address(ApiRequest request) {
        String host = request.header("host");
        return host.isEmpty() ? serverAddress : host;
    }

    private ApiResponse core(ApiRequest request) {
        Catalog now = catalog.get();
        return negotiated(
                request, () -> new DiscoveryDocuments(now).coreVersions(address(request)), () -> aggregated(now)
                        .core());
    }

    private ApiResponse groups(ApiRequest request) {
        Catalog now = catalog.get();
        return negotiated(request, () -> new DiscoveryDocuments(now).groups(), () -> aggregated(now)
                .groups());
    }

    private static ApiResponse negotiated(
            ApiRequest request, Supplier<JsonObject> plain, Supplier<AggregatedList> aggregated) {
        for (MediaRange wanted : MediaRange.parse(request.header("accept"))) {
            boolean list = wanted.parameter("as").equals("APIGroupDiscoveryList")
                    && wanted.parameter("g").equals("apidiscovery.k8s.io")
                    && wanted.parameter("v").equals("v2");
            if (list && wanted.matches("application/json")) {
                return Documents.tagged(aggregated.get().json(), "application/json" + AGGREGATED, request);
            }
            if (list && wanted.matches(PROTOBUF)) {
                return Documents.tagged(aggregated.get().protobuf(), PROTOBUF + AGGREGATED, request);
            }
            if (wanted.parameter("as").isEmpty()) {
                Optional<ApiResponse> response = Documents.inForm(wanted, plain.get());
                if (response.isPresent()) {
                    return response.get();
                }
            }
        }
        throw Documents.notAcceptable();
    }

    private static Optional<ApiResponse> plain(ApiRequest request, JsonObject document) {
        for (MediaRange wanted : MediaRange.parse(request.header("accept"))) {
            if (wanted.parameter("as").isEmpty()) {
                Optional<ApiResponse> response = Documents.inForm(wanted, document);
                if (response.isPresent()) {
                    return response;
                }
            }
        }
        throw Documents.notAcceptable();
    }

    /** {@code /api/<version>}, {@code /apis/<group>} and {@code /apis/<group>/<version>}. */
    private Optional<ApiResponse> discovery(String path, ApiRequest request) {
        Catalog now = catalog.get();
        DiscoveryDocuments documents = new DiscoveryDocuments(now);
        List<String> parts = List.of(path.substring(1).split("/", -1));
        boolean core = parts.getFirst().equals("api") && parts.size() == 2;
        boolean named = parts.getFirst().equals("apis") && (parts.size() == 2 || parts.size() == 3);
        if (!core && !named) {
            return Optional.empty();
        }
        Optional<ApiGroup> group = now.group(core ? "" : parts.get(1));
        if (group.isEmpty()) {
            return Optional.empty();
        }
        if (named && parts.size() == 2) {
            return plain(request, documents.group(group.get()));
        }
        String version = parts.getLast();
        if (!group.get().versions().contains(version)) {
            throw ApiStatus.pathNotFound().exception();
        }
        return plain(request, documents.resources(group.get().name(), version));
    }

    private static ApiResponse version(ApiRequest request) {
        for (MediaRange wanted : MediaRange.parse(request.header("accept"))) {
            if (wanted.matches("application/json")) {
                return Documents.json(Version.document());
            }
        }
        throw Documents.notRepresented("application/json");
    }

    private static Optional<ApiResponse> health(String path, ApiRequest request) {
        List<String> excluded = new ArrayList<>();
        boolean verbose = false;
        for (String parameter : request.query().split("&", -1)) {
            String name = parameter.contains("=") ? parameter.substring(0, parameter.indexOf('=')) : parameter;
            verbose |= name.equals("verbose");
            if (name.equals("exclude") && parameter.length() > name.length()) {
                excluded.add(decoded(parameter.substring(name.length() + 1)));
            }
        }
        return Health.answer(path, verbose, excluded).map(Documents::text);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }

    private JsonObject paths() {
        Set<String> paths = new TreeSet<>(List.of(
                "/.well-known/openid-configuration",
                "/api",
                "/apis",
                "/apis/",
                "/flagz",
                "/metrics",
                "/metrics/slis",
                "/openapi/v2",
                "/openapi/v3",
                "/openapi/v3/",
                "/openid/v1/jwks",
                "/statusz",
                "/version"));
        for (ApiGroup group : catalog.get().groups()) {
            String root = group.name().isEmpty() ? "/api" : "/apis/" + group.name();
            paths.add(root);
            group.versions().forEach(version -> paths.add(root + "/" + version));
        }
        for (String endpoint : Health.ENDPOINTS) {
            paths.add("/" + endpoint);
            Health.checks(endpoint).forEach(check -> paths.add("/" + endpoint + "/" + check));
        }
        return new JsonObject().put("paths", JsonArray.ofStrings(paths));
    }

    /** A catalog is asked for by its identity: comparing its contents would cost more than what is saved. */
    @SuppressWarnings("ReferenceEquality")
    private Aggregated aggregated(Catalog now) {
        Aggregated known = aggregated;
        if (known == null || known.catalog() != now) {
            DiscoveryDocuments documents = new DiscoveryDocuments(now);
            known = new Aggregated(
                    now,
                    AggregatedList.of(documents.aggregatedCore()),
                    AggregatedList.of(documents.aggregatedGroups()));
            aggregated = known;
        }
        return known;
    }

    /** Like {@link #aggregated}. */
    @SuppressWarnings("ReferenceEquality")
    private OpenApiPaths openApi(Catalog now) {
        OpenApiPaths known = openApi;
        if (known == null || known.catalog() != now) {
            Descriptions descriptions = Descriptions.ofBuild();
            String source = Schema.builtIn().fingerprint() + descriptions.fingerprint();
            known = new OpenApiPaths(now, descriptions, source);
            openApi = known;
        }
        return known;
    }

    private record Aggregated(Catalog catalog, AggregatedList core, AggregatedList groups) {}
}
