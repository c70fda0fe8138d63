// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.allocate;

import io.fairlead.apiserver.internal.admission.AdmissionPlugin;
import io.fairlead.apiserver.internal.admission.AdmissionRequest;
import io.fairlead.apiserver.internal.admission.AdmissionRequest.Operation;
import io.fairlead.apiserver.internal.admission.ObjectLookup;
import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonNumber;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.kinds.ServiceAddresses;
import io.fairlead.apiserver.internal.kinds.ServiceFacts;
import io.fairlead.apiserver.internal.status.ApiStatus;
import io.fairlead.apiserver.internal.status.StatusException;
import io.fairlead.apiserver.internal.validation.FieldError;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Settles and completes services before they are checked: cluster addresses, node ports, health check ports.
 *
 * <p>The last of the mutating plugins, so that nobody refuses what has cost an address. What fails after it, and what is
 * deleted, is free again by the rules of {@link ClaimedRange}.
 */
public final class ServiceAllocation implements AdmissionPlugin {
    private static final String SERVICES = "services";
    private static final String TAKEN = "provided port is already allocated";

    /** The first port of a dry run. */
    private static final long DRY_PORT = 32_768;

    private final ServiceNetwork network;
    private final RandomGenerator random;
    private final ObjectLookup lookup;
    private final ClaimedRange addresses;
    private final ClaimedRange ports;

    private ServiceAllocation(ServiceNetwork network, ObjectLookup lookup, RandomGenerator random) {
        this.network = network;
        this.random = random;
        this.lookup = lookup;
        this.addresses = new ClaimedRange(network.addresses(), network.staticAddresses(), this::hasAddress);
        this.ports = new ClaimedRange(network.ports(), network.staticPorts(), this::hasPort);
    }

    /** An allocation that knows what the services have that are stored now. */
    public static ServiceAllocation create(ServiceNetwork network, ObjectLookup lookup, RandomGenerator random) {
        ServiceAllocation allocation = new ServiceAllocation(network, lookup, random);
        for (JsonObject service : lookup.list(SERVICES, "")) {
            JsonObject metadata = service.objectOrEmpty("metadata");
            String owner = metadata.text("namespace") + "/" + metadata.text("name");
            allocation.addressesOf(service).forEach(number -> allocation.addresses.restore(number, owner));
            allocation.portsOf(service).forEach(number -> allocation.ports.restore(number, owner));
        }
        return allocation;
    }

    @Override
    public void mutate(AdmissionRequest request) {
        if (!request.isFor(SERVICES)) {
            return;
        }
        JsonObject old = request.old();
        if (old != null) {
            // It is stored, so that its claims need no grace any more; after a deletion they end with it.
            String owner = owner(request);
            addressesOf(old).forEach(number -> addresses.settle(number, owner));
            portsOf(old).forEach(number -> ports.settle(number, owner));
        }
        JsonObject service = request.object();
        if (service == null || (request.operation() != Operation.CREATE && request.operation() != Operation.UPDATE)) {
            return;
        }
        refuse(request, ServiceAddresses.settle(service, old));
        allocateAddress(request, service, old);
        allocatePorts(request, service, old);
        allocateHealthCheckPort(request, service, old);
    }

    private void allocateAddress(AdmissionRequest request, JsonObject service, @Nullable JsonObject old) {
        if (!ServiceFacts.needsClusterIp(service) || ServiceFacts.headless(service)) {
            return;
        }
        JsonObject spec = service.child("spec");
        String wanted = spec.text("clusterIP");
        if (old != null && wanted.equals(old.objectOrEmpty("spec").text("clusterIP")) && !wanted.isEmpty()) {
            return;
        }
        if (!wanted.isEmpty()) {
            boolean fixed = old != null && ServiceFacts.needsClusterIp(old);
            // Whoever asks for another address is refused by the checks; it must not be claimed for that.
            if (!fixed) {
                claimAddress(request, spec, wanted);
            }
            return;
        }
        if (request.dryRun()) {
            give(spec, network.base());
            return;
        }
        OptionalInt number = addresses.claimAny(owner(request), random, request.now());
        if (number.isEmpty()) {
            throw ApiStatus.internal("failed to allocate a serviceIP: range is full")
                    .exception();
        }
        give(spec, network.address(number.getAsInt()));
    }

    private static void give(JsonObject spec, String address) {
        spec.put("clusterIP", address);
        spec.put("clusterIPs", JsonArray.ofStrings(List.of(address)));
    }

    private void claimAddress(AdmissionRequest request, JsonObject spec, String wanted) {
        OptionalInt number = network.addressNumber(wanted);
        String problem = "";
        if (number.isEmpty()) {
            problem = "the provided network does not match the current range";
        } else if (!request.dryRun() && !addresses.claim(number.getAsInt(), owner(request), request.now())) {
            problem = "provided IP is already allocated";
        }
        if (!problem.isEmpty()) {
            refuse(
                    request,
                    List.of(new FieldError(
                            FieldError.Kind.INVALID,
                            "spec.clusterIPs",
                            spec.get("clusterIPs"),
                            "failed to allocate IP " + wanted + ": " + problem)));
        }
    }

    /** Ports of one service with the same number share a node port, if they have different protocols. */
    private void allocatePorts(AdmissionRequest request, JsonObject service, @Nullable JsonObject old) {
        if (!ServiceFacts.needsNodePort(service)) {
            return;
        }
        JsonObject spec = service.child("spec");
        boolean automatic =
                !ServiceFacts.type(service).equals("LoadBalancer") || spec.flag("allocateLoadBalancerNodePorts");
        Set<Long> had = new HashSet<>();
        if (old != null) {
            old.objectOrEmpty("spec").objects("ports").forEach(port -> had.add(port.number("nodePort", 0)));
        }
        Map<Long, Long> byPort = new HashMap<>();
        List<JsonObject> all = spec.objects("ports");
        for (int i = 0; i < all.size(); i++) {
            JsonObject port = all.get(i);
            long number = port.number("port", 0);
            long wanted = port.number("nodePort", 0);
            if (wanted == 0 && !automatic) {
                continue;
            }
            if (wanted == 0) {
                wanted = byPort.getOrDefault(number, requested(all, i, number));
            }
            boolean shared = wanted != 0 && wanted == byPort.getOrDefault(number, 0L);
            if (wanted == 0) {
                wanted = request.dryRun() ? anyPort(byPort.values()) : claimAnyPort(request);
            } else if (!had.contains(wanted) && !shared) {
                boolean again = byPort.containsValue(wanted);
                String problem = again ? TAKEN : claimPort(request, wanted);
                if (!problem.isEmpty()) {
                    refuse(
                            request,
                            List.of(new FieldError(
                                    FieldError.Kind.INVALID,
                                    "spec.ports[" + i + "].nodePort",
                                    JsonNumber.of(wanted),
                                    problem)));
                }
            }
            byPort.put(number, wanted);
            port.put("nodePort", wanted);
        }
    }

    /** The node port that a later port with the same number asks for. */
    private static long requested(List<JsonObject> ports, int from, long number) {
        for (JsonObject port : ports.subList(from, ports.size())) {
            if (port.number("port", 0) == number && port.number("nodePort", 0) != 0) {
                return port.number("nodePort", 0);
            }
        }
        return 0;
    }

    private void allocateHealthCheckPort(AdmissionRequest request, JsonObject service, @Nullable JsonObject old) {
        if (!ServiceFacts.needsHealthCheckPort(service) || (old != null && ServiceFacts.needsHealthCheckPort(old))) {
            return;
        }
        JsonObject spec = service.child("spec");
        long wanted = spec.number("healthCheckNodePort", 0);
        if (wanted == 0) {
            spec.put("healthCheckNodePort", request.dryRun() ? anyPort(List.of()) : claimAnyPort(request));
            return;
        }
        String problem = claimPort(request, wanted);
        if (!problem.isEmpty()) {
            throw ApiStatus.internal("failed to allocate requested HealthCheck NodePort " + wanted + ": " + problem)
                    .exception();
        }
    }

    /** A port for a dry run, which only has to look like one: the original takes one behind its own range, or the next one. */
    private static long anyPort(Collection<Long> given) {
        return given.stream().mapToLong(Long::longValue).max().orElse(DRY_PORT - 1) + 1;
    }

    private long claimAnyPort(AdmissionRequest request) {
        OptionalInt number = ports.claimAny(owner(request), random, request.now());
        if (number.isEmpty()) {
            throw ApiStatus.internal("failed to allocate a nodePort: range is full")
                    .exception();
        }
        return network.port(number.getAsInt());
    }

    /** Answers what stands against it; nothing if the port is claimed. */
    private String claimPort(AdmissionRequest request, long port) {
        OptionalInt number = network.portNumber(port);
        if (number.isEmpty()) {
            return "provided port is not in the valid range. The range of valid ports is " + network.portRange();
        }
        boolean free = request.dryRun()
                ? ports.isFree(number.getAsInt(), owner(request), request.now())
                : ports.claim(number.getAsInt(), owner(request), request.now());
        return free ? "" : TAKEN;
    }

    private boolean hasAddress(String owner, int number) {
        return stored(owner, service -> addressesOf(service).contains(number));
    }

    private boolean hasPort(String owner, int number) {
        return stored(owner, service -> portsOf(service).contains(number));
    }

    private boolean stored(String owner, Predicate<JsonObject> has) {
        int slash = owner.indexOf('/');
        return lookup.find(SERVICES, owner.substring(0, slash), owner.substring(slash + 1))
                .filter(has)
                .isPresent();
    }

    private Set<Integer> addressesOf(JsonObject service) {
        Set<Integer> numbers = new HashSet<>();
        for (String address : service.objectOrEmpty("spec").texts("clusterIPs")) {
            network.addressNumber(address).ifPresent(numbers::add);
        }
        return numbers;
    }

    private Set<Integer> portsOf(JsonObject service) {
        JsonObject spec = service.objectOrEmpty("spec");
        Set<Integer> numbers = new HashSet<>();
        spec.objects("ports")
                .forEach(port -> network.portNumber(port.number("nodePort", 0)).ifPresent(numbers::add));
        network.portNumber(spec.number("healthCheckNodePort", 0)).ifPresent(numbers::add);
        return numbers;
    }

    /** A service whose name is to be generated has an owner of its own: the tree that is being written. */
    private static String owner(AdmissionRequest request) {
        String name = request.name().isEmpty() && request.object() != null
                ? request.object().objectOrEmpty("metadata").text("generateName")
                        + "?"
                        + System.identityHashCode(request.object())
                : request.name();
        return request.namespace() + "/" + name;
    }

    private static void refuse(AdmissionRequest request, List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw invalid(request, errors);
        }
    }

    private static StatusException invalid(AdmissionRequest request, List<FieldError> errors) {
        return ApiStatus.invalid(request.resource().kind(), request.name(), errors)
                .exception();
    }
}
