// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.http;

import io.fairlead.apiserver.ApiRequest;
import io.fairlead.apiserver.internal.http.Operation.Target;
import io.fairlead.apiserver.internal.registry.Resource;
import io.fairlead.apiserver.internal.registry.Resources;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.status.ApiStatus;
import io.fairlead.apiserver.internal.status.StatusException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Reads method and path. */
final class OperationParser {
    private static final Set<String> OBJECT_VERBS = Set.of("get", "update", "patch", "delete");
    private static final Set<String> COLLECTION_VERBS = Set.of("create", "deletecollection");

    /** Words in place of a resource that say what to do with the one behind them; alone they say nothing. */
    private static final Set<String> PREFIX_VERBS = Set.of("watch", "proxy");

    private final Resources resources;
    private final Set<String> groups;

    /**
     * A parser of paths to {@code resources}.
     *
     * @param groups the names of all groups that are served; the core group's is empty
     */
    OperationParser(Resources resources, Set<String> groups) {
        this.resources = resources;
        this.groups = Set.copyOf(groups);
    }

    /** @throws StatusException if there is no such resource, or it does not take this method */
    Operation parse(ApiRequest request, Query query) {
        List<String> parts;
        try {
            parts = segments(request.path());
        } catch (IllegalArgumentException e) {
            return new Operation.Unreadable();
        }
        if (parts.isEmpty() || request.path().startsWith("//")) {
            return new Operation.Other();
        }
        boolean core = parts.getFirst().equals("api");
        int versionAt = core ? 1 : 2;
        if ((!core && !parts.getFirst().equals("apis")) || parts.size() <= versionAt + 1) {
            return new Operation.Other();
        }
        String group = core ? "" : parts.get(1);
        if (!groups.contains(group)) {
            return new Operation.Other();
        }
        String version = parts.get(versionAt);
        List<String> rest = parts.subList(versionAt + 1, parts.size());
        boolean watchPrefix = rest.getFirst().equals("watch");
        Target target = target(group, version, watchPrefix ? rest.subList(1, rest.size()) : rest);
        return watchPrefix ? new Operation.Watch(target) : operation(request.method(), target, query);
    }

    /** Whether {@code path} ends where it would have to say of which resource it speaks, so that nobody can tell its kind. */
    static boolean isUnfinished(String path) {
        if (!path.endsWith("/") && PREFIX_VERBS.stream().noneMatch(path::endsWith)) {
            return false;
        }
        String[] parts = path.replaceAll("^/+|/+$", "").split("/", -1);
        int at = parts[0].equals("api") ? 2 : 3;
        return (parts[0].equals("api") || parts[0].equals("apis"))
                && parts.length == at + 1
                && PREFIX_VERBS.contains(parts[at]);
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        for (String part : path.split("/", -1)) {
            if (!part.isEmpty()) {
                segments.add(decoded(part));
            }
        }
        return segments;
    }

    private static String decoded(String part) {
        // A plus in a path is a plus.
        return part.indexOf('%') < 0 ? part : URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private Target target(String group, String version, List<String> rest) {
        if (rest.isEmpty()) {
            throw ApiStatus.pathNotFound().exception();
        }
        boolean namespaces = group.isEmpty() && rest.getFirst().equals("namespaces");
        boolean inNamespace = rest.getFirst().equals("namespaces")
                && rest.size() > 2
                && !(namespaces && isNamespaceSubresource(version, rest.get(2)));
        String namespace = inNamespace ? rest.get(1) : "";
        List<String> path = inNamespace ? rest.subList(2, rest.size()) : rest;
        Resource resource = resources.find(group, version, path.getFirst()).orElseThrow(() -> ApiStatus.pathNotFound()
                .exception());
        String name = path.size() > 1 ? path.get(1) : "";
        String subresource = path.size() > 2 ? path.get(2) : "";
        ResourceDefinition definition = resource.definition();
        boolean wrongScope = definition.namespaced() ? namespace.isEmpty() && !name.isEmpty() : inNamespace;
        boolean unknownSubresource =
                !subresource.isEmpty() && !definition.subresources().containsKey(subresource);
        if (wrongScope || unknownSubresource || (path.size() > 3 && !takesPath(subresource))) {
            throw ApiStatus.pathNotFound().exception();
        }
        checkName(name);
        return new Target(resource, namespace, name, subresource);
    }

    private boolean isNamespaceSubresource(String version, String name) {
        return resources
                .find("", version, "namespaces")
                .map(resource -> resource.definition().subresources().containsKey(name))
                .orElse(false);
    }

    /** Only proxies have a path of their own behind them. */
    private static boolean takesPath(String subresource) {
        return subresource.equals("proxy");
    }

    private static void checkName(String name) {
        if (name.indexOf('/') >= 0) {
            throw ApiStatus.pathNotFound().exception();
        }
        if (name.equals(".") || name.equals("..")) {
            throw ApiStatus.badRequest("Name parameter invalid: \"" + name + "\": may not be '" + name + "'")
                    .exception();
        }
    }

    private static Operation operation(String method, Target target, Query query) {
        if (!isRouted(target)) {
            throw ApiStatus.pathNotFound().exception();
        }
        boolean collection = target.name().isEmpty();
        return switch (method) {
            case "GET" -> {
                if (!collection) {
                    yield permitted(new Operation.Get(target), target, "get");
                }
                boolean watch = query.flag("watch");
                yield watch && permits(target, "list")
                        ? permittedWatch(target)
                        : permitted(new Operation.List(target), target, "list");
            }
            case "POST" -> {
                if (collection
                        && target.namespace().isEmpty()
                        && target.resource().definition().namespaced()) {
                    throw ApiStatus.methodNotAllowed().exception();
                }
                if (!collection && target.subresource().isEmpty()) {
                    throw ApiStatus.methodNotAllowed().exception();
                }
                yield permitted(new Operation.Create(target), target, "create");
            }
            case "PUT" -> permitted(new Operation.Update(named(target)), target, "update");
            case "PATCH" -> permitted(new Operation.Patch(named(target)), target, "patch");
            case "DELETE" ->
                collection
                        ? permitted(new Operation.DeleteCollection(inOneNamespace(target)), target, "deletecollection")
                        : permitted(new Operation.Delete(target), target, "delete");
            default -> throw ApiStatus.methodNotAllowed().exception();
        };
    }

    /** Whether there is anything at all to be done there: a path that takes no method is not there. */
    private static boolean isRouted(Target target) {
        if (!target.subresource().isEmpty()) {
            return true;
        }
        Set<String> verbs = target.resource().definition().verbs();
        if (!target.name().isEmpty()) {
            return !Collections.disjoint(verbs, OBJECT_VERBS);
        }
        boolean everywhere = target.resource().definition().namespaced()
                && target.namespace().isEmpty();
        return verbs.contains("list") || (!everywhere && !Collections.disjoint(verbs, COLLECTION_VERBS));
    }

    private static Operation permittedWatch(Target target) {
        if (!permits(target, "watch")) {
            String plural = target.resource().definition().plural();
            throw new ApiStatus(
                            405,
                            "MethodNotAllowed",
                            "watch is not supported on resources of kind \"" + plural + "\"",
                            ApiStatus.details("", plural, ""))
                    .exception();
        }
        return new Operation.Watch(target);
    }

    private static Target named(Target target) {
        if (target.name().isEmpty()) {
            throw ApiStatus.methodNotAllowed().exception();
        }
        return target;
    }

    private static Target inOneNamespace(Target target) {
        if (target.resource().definition().namespaced() && target.namespace().isEmpty()) {
            throw ApiStatus.methodNotAllowed().exception();
        }
        return target;
    }

    private static Operation permitted(Operation operation, Target target, String verb) {
        if (!permits(target, verb)) {
            throw ApiStatus.methodNotAllowed().exception();
        }
        return operation;
    }

    private static boolean permits(Target target, String verb) {
        ResourceDefinition definition = target.resource().definition();
        ResourceDefinition.Subresource subresource = definition.subresources().get(target.subresource());
        return subresource == null
                ? definition.verbs().contains(verb)
                : subresource.verbs().contains(verb);
    }
}
