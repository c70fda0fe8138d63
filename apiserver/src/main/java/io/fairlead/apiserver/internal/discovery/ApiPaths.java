// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.discovery;

import io.fairlead.apiserver.internal.discovery.ApiOperation.Body;
import io.fairlead.apiserver.internal.discovery.ApiOperation.Parameter;
import io.fairlead.apiserver.internal.schema.GroupVersionKind;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.schema.ResourceDefinition.Subresource;
import io.fairlead.apiserver.internal.schema.Schema;
import io.fairlead.apiserver.internal.schema.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which operations there are on which paths of one group version, derived from its resources. */
final class ApiPaths {
    private static final List<Parameter> LIST = List.of(
            Parameter.query("allowWatchBookmarks", "boolean"),
            Parameter.query("continue", "string"),
            Parameter.query("fieldSelector", "string"),
            Parameter.query("labelSelector", "string"),
            Parameter.query("limit", "integer"),
            Parameter.query("resourceVersion", "string"),
            Parameter.query("resourceVersionMatch", "string"),
            Parameter.query("sendInitialEvents", "boolean"),
            Parameter.query("shardSelector", "string"),
            Parameter.query("timeoutSeconds", "integer"),
            Parameter.query("watch", "boolean"));
    private static final List<Parameter> WRITE = List.of(
            Parameter.query("dryRun", "string"),
            Parameter.query("fieldManager", "string"),
            Parameter.query("fieldValidation", "string"));
    private static final List<Parameter> PATCH = List.of(
            Parameter.query("dryRun", "string"),
            new Parameter("fieldManager", false, "string", "required for apply"),
            Parameter.query("fieldValidation", "string"),
            Parameter.query("force", "boolean"));
    private static final List<Parameter> DELETE = List.of(
            Parameter.query("dryRun", "string"),
            Parameter.query("gracePeriodSeconds", "integer"),
            Parameter.query("ignoreStoreReadErrorWithClusterBreakingPotential", "boolean"),
            Parameter.query("orphanDependents", "boolean"),
            Parameter.query("propagationPolicy", "string"));
    private static final Parameter PRETTY = Parameter.query("pretty", "string");

    /** How verbs that connect are asked for. */
    private static final Map<String, String> CONNECT =
            Map.of("create", "post", "get", "get", "delete", "delete", "patch", "patch", "update", "put");

    private final Schema schema = Schema.builtIn();
    private final String base;
    private final String idPart;
    private final Map<String, List<ApiOperation>> paths = new TreeMap<>();

    private ApiPaths(String group, String version) {
        this.base = group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
        this.idPart = groupName(group) + capitalised(version);
    }

    /** The operations of {@code version} of {@code group}, by path. */
    static Map<String, List<ApiOperation>> of(Catalog catalog, String group, String version) {
        ApiPaths paths = new ApiPaths(group, version);
        paths.add(paths.base + "/", discovery("get" + paths.idPart + "APIResources", "APIResourceList"));
        for (ResourceDefinition resource : catalog.resources(group, version)) {
            if (paths.type(resource.kind()).isPresent()) {
                paths.resource(resource);
            }
        }
        return paths.paths;
    }

    /** The operation of a document of discovery. */
    static ApiOperation discovery(String id, String kind) {
        return new ApiOperation(
                "get",
                id,
                "",
                Optional.empty(),
                List.of(),
                new Body.None(),
                List.of(200),
                Schema.builtIn().type(new GroupVersionKind("", "v1", kind)),
                ApiOperation.OBJECT);
    }

    /** {@code RbacAuthorization} for {@code rbac.authorization.k8s.io}, {@code Core} for the core group. */
    static String groupName(String group) {
        if (group.isEmpty()) {
            return "Core";
        }
        String bare = group.endsWith(".k8s.io") ? group.substring(0, group.length() - ".k8s.io".length()) : group;
        StringBuilder name = new StringBuilder();
        for (String part : bare.split("\\.", -1)) {
            name.append(capitalised(part));
        }
        return name.toString();
    }

    /** {@code rbacAuthorization_v1}, by which operations are grouped. */
    static String tag(String group, String version) {
        String name = groupName(group);
        String lower = name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
        return version.isEmpty() ? lower : lower + "_" + version;
    }

    private void resource(ResourceDefinition resource) {
        String scope = resource.namespaced() ? "/namespaces/{namespace}" : "";
        String collection = base + scope + "/" + resource.plural();
        String item = collection + "/{name}";
        List<Parameter> inScope = resource.namespaced() ? List.of(Parameter.path("namespace")) : List.of();
        List<Parameter> onItem = plus(inScope, Parameter.path("name"));
        for (String verb : resource.verbs()) {
            switch (verb) {
                case "list" -> list(resource, collection, inScope);
                case "create" -> add(collection, create(resource, resource.kind(), "", plus(inScope, PRETTY)));
                case "deletecollection" -> add(collection, deleteCollection(resource, plus(inScope, PRETTY)));
                case "watch" -> watch(resource, scope, onItem);
                default -> add(item, onItem(verb, resource, resource.kind(), "", plus(onItem, PRETTY)));
            }
        }
        for (Subresource subresource : resource.subresources().values()) {
            subresource(resource, subresource, item + "/" + subresource.name(), onItem);
        }
    }

    private void list(ResourceDefinition resource, String collection, List<Parameter> inScope) {
        add(collection, list(resource, "list", id("list", resource, ""), plus(inScope, PRETTY)));
        if (resource.namespaced()) {
            String id = "list" + idPart + resource.kind().kind() + "ForAllNamespaces";
            add(base + "/" + resource.plural(), list(resource, "list", id, List.of(PRETTY)));
        }
    }

    private void watch(ResourceDefinition resource, String scope, List<Parameter> onItem) {
        List<Parameter> inScope = onItem.subList(0, onItem.size() - 1);
        String collection = base + "/watch" + scope + "/" + resource.plural();
        add(collection, list(resource, "watchlist", id("watch", resource, "List"), plus(inScope, PRETTY)));
        if (resource.verbs().contains("get")) {
            add(collection + "/{name}", list(resource, "watch", id("watch", resource, ""), plus(onItem, PRETTY)));
        }
        if (resource.namespaced()) {
            String id = "watch" + idPart + resource.kind().kind() + "ListForAllNamespaces";
            add(base + "/watch/" + resource.plural(), list(resource, "watchlist", id, List.of(PRETTY)));
        }
    }

    private ApiOperation list(ResourceDefinition resource, String action, String id, List<Parameter> parameters) {
        GroupVersionKind kind = resource.kind();
        Optional<StructType> answer = action.equals("list")
                ? type(new GroupVersionKind(kind.group(), kind.version(), kind.kind() + "List"))
                : type(new GroupVersionKind(kind.group(), kind.version(), "WatchEvent"));
        return new ApiOperation(
                "get",
                id,
                action,
                Optional.of(kind),
                plus(parameters, LIST),
                new Body.None(),
                List.of(200),
                answer,
                ApiOperation.STREAM);
    }

    private ApiOperation create(
            ResourceDefinition resource, GroupVersionKind kind, String suffix, List<Parameter> parameters) {
        return new ApiOperation(
                "post",
                id("create", resource, suffix),
                "post",
                Optional.of(kind),
                plus(parameters, WRITE),
                body(kind),
                List.of(200, 201, 202),
                type(kind),
                ApiOperation.OBJECT);
    }

    private ApiOperation deleteCollection(ResourceDefinition resource, List<Parameter> parameters) {
        List<Parameter> all = new ArrayList<>(parameters);
        all.addAll(DELETE);
        for (Parameter each : LIST) {
            if (!each.name().equals("watch") && !each.name().equals("allowWatchBookmarks")) {
                all.add(each);
            }
        }
        String namespaced = resource.namespaced() ? "Namespaced" : "";
        return new ApiOperation(
                "delete",
                "delete" + idPart + "Collection" + namespaced + resource.kind().kind(),
                "deletecollection",
                Optional.of(resource.kind()),
                all,
                deleteOptions(),
                List.of(200),
                status(),
                ApiOperation.OBJECT);
    }

    private ApiOperation onItem(
            String verb,
            ResourceDefinition resource,
            GroupVersionKind kind,
            String suffix,
            List<Parameter> parameters) {
        return switch (verb) {
            case "get" ->
                new ApiOperation(
                        "get",
                        id("read", resource, suffix),
                        "get",
                        Optional.of(kind),
                        parameters,
                        new Body.None(),
                        List.of(200),
                        type(kind),
                        ApiOperation.OBJECT);
            case "update" ->
                new ApiOperation(
                        "put",
                        id("replace", resource, suffix),
                        "put",
                        Optional.of(kind),
                        plus(parameters, WRITE),
                        body(kind),
                        List.of(200, 201),
                        type(kind),
                        ApiOperation.OBJECT);
            case "patch" ->
                new ApiOperation(
                        "patch",
                        id("patch", resource, suffix),
                        "patch",
                        Optional.of(kind),
                        plus(parameters, PATCH),
                        new Body.Patch(),
                        List.of(200, 201),
                        type(kind),
                        ApiOperation.OBJECT);
            case "delete" ->
                new ApiOperation(
                        "delete",
                        id("delete", resource, suffix),
                        "delete",
                        Optional.of(kind),
                        plus(parameters, DELETE),
                        deleteOptions(),
                        List.of(200, 202),
                        schema.answersDeletedObject(resource) ? type(kind) : status(),
                        ApiOperation.OBJECT);
            case "create" -> create(resource, kind, suffix, parameters);
            default -> throw new IllegalStateException("no operation for the verb " + verb);
        };
    }

    private void subresource(
            ResourceDefinition resource, Subresource subresource, String path, List<Parameter> onItem) {
        String suffix = capitalised(subresource.name());
        Optional<StructType> type = type(subresource.kind());
        boolean connects = subresource.kind().kind().endsWith("Options");
        if (connects) {
            connect(resource, subresource, path, plus(onItem, Parameter.queryOf(type)));
            return;
        }
        if (resource.plural().equals("pods") && subresource.name().equals("log")) {
            List<Parameter> query = Parameter.queryOf(type(new GroupVersionKind("", "v1", "PodLogOptions")));
            add(path, log(resource, plus(plus(onItem, PRETTY), query)));
            return;
        }
        for (String verb : subresource.verbs()) {
            add(path, onItem(verb, resource, subresource.kind(), suffix, plus(onItem, PRETTY)));
        }
    }

    private ApiOperation log(ResourceDefinition resource, List<Parameter> parameters) {
        return new ApiOperation(
                "get",
                id("read", resource, "Log"),
                "get",
                Optional.of(resource.kind()),
                parameters,
                new Body.None(),
                List.of(200),
                Optional.empty(),
                ApiOperation.LOG);
    }

    private void connect(
            ResourceDefinition resource, Subresource subresource, String path, List<Parameter> parameters) {
        List<String> methods = new ArrayList<>();
        for (String verb : subresource.verbs()) {
            methods.add(CONNECT.getOrDefault(verb, verb));
        }
        boolean proxy = subresource.name().equals("proxy");
        if (proxy) {
            methods.addAll(List.of("head", "options"));
        }
        for (String method : methods) {
            String id = "connect" + idPart + capitalised(method) + (resource.namespaced() ? "Namespaced" : "")
                    + resource.kind().kind() + capitalised(subresource.name());
            add(path, connect(subresource, method, id, parameters));
            if (proxy) {
                List<Parameter> withPath = plus(parameters, Parameter.path("path"));
                add(path + "/{path}", connect(subresource, method, id + "WithPath", withPath));
            }
        }
    }

    private static ApiOperation connect(Subresource subresource, String method, String id, List<Parameter> parameters) {
        return new ApiOperation(
                method,
                id,
                "connect",
                Optional.of(subresource.kind()),
                parameters,
                new Body.None(),
                List.of(200),
                Optional.empty(),
                ApiOperation.ANY);
    }

    private Body body(GroupVersionKind kind) {
        return type(kind).<Body>map(type -> new Body.Of(type, true)).orElse(new Body.None());
    }

    private Body deleteOptions() {
        return new Body.Of(schema.typeNamed(Schema.META + ".DeleteOptions"), false);
    }

    private Optional<StructType> status() {
        return Optional.of(schema.typeNamed(Schema.META + ".Status"));
    }

    private Optional<StructType> type(GroupVersionKind kind) {
        return schema.type(kind);
    }

    private String id(String verb, ResourceDefinition resource, String suffix) {
        return verb
                + idPart
                + (resource.namespaced() ? "Namespaced" : "")
                + resource.kind().kind()
                + suffix;
    }

    private void add(String path, ApiOperation operation) {
        paths.computeIfAbsent(path, each -> new ArrayList<>()).add(operation);
    }

    private static List<Parameter> plus(List<Parameter> some, Parameter another) {
        return plus(some, List.of(another));
    }

    private static List<Parameter> plus(List<Parameter> some, List<Parameter> others) {
        List<Parameter> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    private static String capitalised(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
