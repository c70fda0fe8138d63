// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.http;

import io.fairlead.apiserver.ApiRequest;
import io.fairlead.apiserver.ApiResponse;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.http.Operation.Target;
import io.fairlead.apiserver.internal.registry.Registry;
import io.fairlead.apiserver.internal.registry.Resource;
import io.fairlead.apiserver.internal.status.ApiStatus;
import io.fairlead.apiserver.internal.status.StatusException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Requests that are to be passed on to a node, a pod or a service: logs, commands, ports, proxies.
 *
 * <p>What can be said without reaching anybody is said as the original does. This server has no way to nodes and pods, so in the
 * end nobody is reached, and that is said too. Any thread may call it.
 */
final class Connections {
    private static final Set<String> OF_PODS = Set.of("log", "exec", "attach", "portforward", "proxy");
    private static final List<String> CONTAINER_LISTS = List.of("containers", "initContainers", "ephemeralContainers");
    private static final Set<String> SCHEMES = Set.of("", "http", "https");

    private final Registry registry;

    Connections(Registry registry) {
        this.registry = registry;
    }

    /** What {@code operation} wants to reach; empty if it is about objects only. */
    static Optional<Target> wanted(Operation operation) {
        Target target =
                switch (operation) {
                    case Operation.Get(Target each) -> each;
                    case Operation.Create(Target each) -> each;
                    case Operation.Update(Target each) -> each;
                    case Operation.Patch(Target each) -> each;
                    case Operation.Delete(Target each) -> each;
                    case Operation.List(Target each) -> each;
                    case Operation.Watch(Target each) -> each;
                    case Operation.DeleteCollection(Target each) -> each;
                    case Operation.Other ignored -> null;
                    case Operation.Unreadable ignored -> null;
                };
        if (target == null || target.subresource().isEmpty()) {
            return Optional.empty();
        }
        boolean passes =
                switch (target.resource().definition().qualifiedName()) {
                    case "pods" -> OF_PODS.contains(target.subresource());
                    case "services", "nodes" -> target.subresource().equals("proxy");
                    default -> false;
                };
        return passes ? Optional.of(target) : Optional.empty();
    }

    /** @throws StatusException if it cannot be reached, which is almost always */
    ApiResponse answer(ApiRequest request, Query query, Target target) {
        if (target.subresource().equals("proxy")) {
            throw switch (target.resource().definition().qualifiedName()) {
                case "pods" -> podProxy(target);
                case "services" -> serviceProxy(target);
                default -> nodeProxy(target);
            };
        }
        if (target.subresource().equals("log")) {
            Negotiation.checkText(request.header("accept"));
            LogOptions.check(query, target.name());
        }
        JsonObject pod = find("pods", target.namespace(), target.name());
        if (!target.subresource().equals("portforward")) {
            container(pod, query.text("container"));
        }
        String node = pod.objectOrEmpty("spec").text("nodeName");
        if (node.isEmpty() && target.subresource().equals("log")) {
            return Responses.empty(204);
        }
        if (node.isEmpty()) {
            throw ApiStatus.badRequest("pod " + target.name() + " does not have a host assigned")
                    .exception();
        }
        if (registry.reader()
                .find(registry.resources().named("nodes"), "", node)
                .isEmpty()) {
            // The original takes the node's name for the pod's here.
            throw ApiStatus.notFound(target.resource().definition(), node).exception();
        }
        boolean upgrades = request.header("connection").toLowerCase(Locale.ROOT).contains("upgrade");
        if (!target.subresource().equals("log") && !upgrades) {
            throw ApiStatus.badRequest("Upgrade request required").exception();
        }
        throw unavailable("no kubelet of node \"" + node + "\" is connected to this server")
                .exception();
    }

    private JsonObject find(String resource, String namespace, String name) {
        Resource found = registry.resources().named(resource);
        return found.tree(registry.reader().get(found, namespace, name, ""));
    }

    /** Checks the container that is named; without a name there must be only one. */
    private static void container(JsonObject pod, String name) {
        JsonObject spec = pod.objectOrEmpty("spec");
        String podName = pod.objectOrEmpty("metadata").text("name");
        if (!name.isEmpty()) {
            boolean known =
                    CONTAINER_LISTS.stream().anyMatch(list -> names(spec, list).contains(name));
            if (!known) {
                throw ApiStatus.badRequest("container " + name + " is not valid for pod " + podName)
                        .exception();
            }
            return;
        }
        List<String> names = names(spec, "containers");
        if (names.size() == 1) {
            return;
        }
        String message = "a container name must be specified for pod " + podName;
        if (!names.isEmpty()) {
            message += ", choose one of: [" + String.join(" ", names) + "]";
            List<String> first = names(spec, "initContainers");
            message += first.isEmpty() ? "" : " or one of the init containers: [" + String.join(" ", first) + "]";
        }
        throw ApiStatus.badRequest(message).exception();
    }

    private static List<String> names(JsonObject spec, String list) {
        return spec.objects(list).stream().map(each -> each.text("name")).toList();
    }

    /** A name in a path to a proxy: {@code name}, {@code name:port} or {@code scheme:name:port}. */
    private record Address(String name, String port) {
        static Address of(String kind, String text) {
            List<String> parts = new ArrayList<>(List.of(text.split(":", -1)));
            if (parts.size() == 1) {
                parts.add("");
            }
            if (parts.size() == 2) {
                parts.addFirst("");
            }
            if (parts.size() != 3 || parts.get(1).isEmpty() || !SCHEMES.contains(parts.get(0))) {
                throw ApiStatus.badRequest("invalid " + kind + " request \"" + text + "\"")
                        .exception();
            }
            return new Address(parts.get(1), parts.get(2));
        }
    }

    private StatusException podProxy(Target target) {
        Address address = Address.of("pod", target.name());
        JsonObject pod = find("pods", target.namespace(), address.name);
        JsonObject status = pod.objectOrEmpty("status");
        boolean reachable =
                !status.text("podIP").isEmpty() || !status.objects("podIPs").isEmpty();
        return reachable
                ? unreachable()
                : ApiStatus.badRequest("address not allowed").exception();
    }

    private StatusException nodeProxy(Target target) {
        Address address = Address.of("node", target.name());
        find("nodes", "", address.name);
        return unreachable();
    }

    private StatusException serviceProxy(Target target) {
        Address address = Address.of("service", target.name());
        if (address.port.matches("[-+]?\\d+")) {
            long number = Long.parseLong(address.port);
            JsonObject service = find("services", target.namespace(), address.name);
            boolean known = service.objectOrEmpty("spec").objects("ports").stream()
                    .anyMatch(port -> port.number("port", 0) == number);
            if (!known) {
                return unavailable("no service port " + number + " found for service \"" + address.name + "\"")
                        .exception();
            }
        }
        Resource endpoints = registry.resources().named("endpoints");
        return registry.reader()
                .find(endpoints, target.namespace(), address.name)
                .map(endpoints::tree)
                .map(found -> found.objects("subsets").isEmpty()
                        ? unavailable("no endpoints available for service \"" + address.name + "\"")
                                .exception()
                        : unreachable())
                .orElseGet(() -> ApiStatus.notFound(target.resource().definition(), address.name)
                        .exception());
    }

    private static StatusException unreachable() {
        return unavailable("error trying to reach service: this server has no way into the cluster's network")
                .exception();
    }

    private static ApiStatus unavailable(String message) {
        return new ApiStatus(503, "ServiceUnavailable", message, null);
    }
}
