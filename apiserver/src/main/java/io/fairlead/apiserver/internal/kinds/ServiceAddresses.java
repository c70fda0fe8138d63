// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.validation.Addresses;
import io.fairlead.apiserver.internal.validation.FieldError;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to be settled about a service's addresses before one can be allocated: values kept over an update that leaves them
 * out, the two forms of the address, address families and their policy.
 *
 * <p>Pure. The cluster has IPv4 only, so that asking for anything else is refused as the original does on such a cluster.
 */
public final class ServiceAddresses {
    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final FieldPath ADDRESSES = SPEC.child("clusterIPs");
    private static final FieldPath FAMILIES = SPEC.child("ipFamilies");
    private static final FieldPath POLICY = SPEC.child("ipFamilyPolicy");
    private static final String V4 = "IPv4";
    private static final String V6 = "IPv6";
    private static final int ADDRESSES_MAX = 2;

    private ServiceAddresses() {}

    /** Settles {@code service}, which replaces {@code old} if that is not null; answers what stands against it. */
    public static List<FieldError> settle(JsonObject service, @Nullable JsonObject old) {
        JsonObject spec = service.child("spec");
        if (old != null) {
            keepAllocated(service, old);
        }
        normalize(spec, old == null ? null : old.objectOrEmpty("spec"));
        if (ServiceFacts.type(service).equals("ExternalName")) {
            return List.of();
        }
        FieldErrors errors = new FieldErrors();
        validate(service, errors);
        if (errors.size() == 0) {
            settleFamilies(service, spec, errors);
        }
        return errors.toList();
    }

    /** A client that leaves out what the server once allocated does not mean to give it up. */
    private static void keepAllocated(JsonObject service, JsonObject old) {
        JsonObject spec = service.child("spec");
        JsonObject before = old.objectOrEmpty("spec");
        if (ServiceFacts.needsClusterIp(old) && ServiceFacts.needsClusterIp(service)) {
            if (spec.text("clusterIP").isEmpty()) {
                GenericStrategy.copy("clusterIP", before, spec);
            }
            if (spec.arrayOrEmpty("clusterIPs").isEmpty()) {
                GenericStrategy.copy("clusterIPs", before, spec);
            }
        }
        if (ServiceFacts.needsNodePort(old) && ServiceFacts.needsNodePort(service)) {
            keepNodePorts(spec, before);
        }
        if (ServiceFacts.needsHealthCheckPort(old)
                && ServiceFacts.needsHealthCheckPort(service)
                && spec.number("healthCheckNodePort", 0) == 0) {
            GenericStrategy.copy("healthCheckNodePort", before, spec);
        }
    }

    private static void keepNodePorts(JsonObject spec, JsonObject before) {
        Set<Long> used = new HashSet<>();
        spec.objects("ports").forEach(port -> used.add(port.number("nodePort", 0)));
        Map<String, Long> known = new HashMap<>();
        before.objects("ports").forEach(port -> known.put(port.text("name"), port.number("nodePort", 0)));
        for (JsonObject port : spec.objects("ports")) {
            long number = known.getOrDefault(port.text("name"), 0L);
            if (port.number("nodePort", 0) == 0 && number != 0 && used.add(number)) {
                port.put("nodePort", number);
            }
        }
    }

    /** The address stands in an old field for one and in a new one for several; whoever uses either means both. */
    private static void normalize(JsonObject spec, @Nullable JsonObject before) {
        String address = spec.text("clusterIP");
        JsonArray all = spec.arrayOrEmpty("clusterIPs");
        if (before == null) {
            if (!address.isEmpty() && all.isEmpty()) {
                spec.put("clusterIPs", JsonArray.ofStrings(List.of(address)));
            }
            return;
        }
        String addressBefore = before.text("clusterIP");
        boolean sameAll = all.equals(before.arrayOrEmpty("clusterIPs"));
        if (address.equals(addressBefore) || !sameAll) {
            return;
        }
        if (address.isEmpty()) {
            spec.remove("clusterIPs");
        } else {
            spec.put("clusterIPs", JsonArray.ofStrings(List.of(address)));
        }
    }

    /** What is wrong with addresses, families and policy by themselves and with each other. */
    static void validate(JsonObject service, FieldErrors errors) {
        if (ServiceFacts.type(service).equals("ExternalName")) {
            return;
        }
        JsonObject spec = service.objectOrEmpty("spec");
        JsonArray all = spec.arrayOrEmpty("clusterIPs");
        String address = spec.text("clusterIP");
        int before = errors.size();
        if (address.isEmpty() && !all.isEmpty()) {
            errors.invalid(ADDRESSES, all, "must be empty when `clusterIP` is not specified");
        } else if (!address.isEmpty() && all.isEmpty()) {
            errors.required(ADDRESSES, "");
        } else if (!address.isEmpty() && !all.text(0).equals(address)) {
            errors.invalid(ADDRESSES, all, "first value must match `clusterIP`");
        }
        validateFamilies(spec, errors);
        if (validateAddresses(all, errors)) {
            boolean mixed = all.texts().stream().map(Addresses::isV6).distinct().count() == 2;
            if (all.size() > 1 && !(mixed && all.size() == 2)) {
                errors.invalid(ADDRESSES, all, "may specify no more than one IP for each IP family");
            }
            if (!ServiceFacts.headless(service) && errors.size() == before) {
                validateFamiliesOfAddresses(all.texts(), spec.texts("ipFamilies"), errors);
            }
        }
    }

    private static void validateFamilies(JsonObject spec, FieldErrors errors) {
        List<String> families = spec.texts("ipFamilies");
        for (int i = 0; i < families.size(); i++) {
            errors.oneOf(FAMILIES.index(i), families.get(i), List.of(V4, V6));
            if (families.indexOf(families.get(i)) < i) {
                errors.duplicate(FAMILIES.index(i), families.get(i));
            }
        }
        if (!Defaults.absent(spec, "ipFamilyPolicy")) {
            errors.oneOf(
                    POLICY, spec.text("ipFamilyPolicy"), List.of("PreferDualStack", "RequireDualStack", "SingleStack"));
        }
    }

    /** Answers whether all are addresses, so that it makes sense to compare them. */
    private static boolean validateAddresses(JsonArray all, FieldErrors errors) {
        boolean good = true;
        for (int i = 0; i < all.size(); i++) {
            String address = all.text(i);
            if (i == 0 && address.equals("None")) {
                if (all.size() > 1) {
                    good = false;
                    errors.invalid(ADDRESSES, all, "'None' must be the first and only value");
                }
                continue;
            }
            List<String> problems = Addresses.address(address);
            good &= problems.isEmpty();
            errors.invalid(ADDRESSES.index(i), address, problems);
        }
        if (all.size() > ADDRESSES_MAX) {
            errors.invalid(ADDRESSES, all, "may only hold up to 2 values");
        }
        return good;
    }

    private static void validateFamiliesOfAddresses(List<String> addresses, List<String> families, FieldErrors errors) {
        for (int i = 0; i < Math.min(addresses.size(), families.size()); i++) {
            String family = Addresses.isV6(addresses.get(i)) ? V6 : V4;
            if (!family.equals(families.get(i))) {
                errors.invalid(
                        ADDRESSES.index(i),
                        addresses.get(i),
                        "expected an " + families.get(i) + " value as indicated by `ipFamilies[" + i + "]`");
            }
        }
    }

    private static void settleFamilies(JsonObject service, JsonObject spec, FieldErrors errors) {
        List<String> families = new ArrayList<>(spec.texts("ipFamilies"));
        List<String> addresses = spec.texts("clusterIPs");
        boolean headless = ServiceFacts.headless(service);
        for (int i = families.size(); i < addresses.size() && !headless; i++) {
            if (Addresses.isV6(addresses.get(i))) {
                errors.invalid(ADDRESSES.index(i), spec.get("clusterIPs"), "IPv6 is not configured on this cluster");
            } else {
                families.add(V4);
            }
        }
        if (errors.size() > 0) {
            return;
        }
        if (headless && spec.objectOrEmpty("selector").isEmpty()) {
            settleSelectorless(spec, families);
            return;
        }
        if (Defaults.absent(spec, "ipFamilyPolicy")) {
            boolean dual = addresses.size() == 2 || families.size() == 2;
            spec.put("ipFamilyPolicy", dual ? "RequireDualStack" : "SingleStack");
        }
        if (spec.text("ipFamilyPolicy").equals("RequireDualStack")) {
            errors.invalid(
                    POLICY, spec.get("ipFamilyPolicy"), "this cluster is not configured for dual-stack services");
        }
        for (int i = 0; i < families.size(); i++) {
            if (!families.get(i).equals(V4)) {
                errors.invalid(FAMILIES.index(i), families.get(i), "not configured on this cluster");
            }
        }
        if (errors.size() == 0) {
            putFamilies(spec, families.isEmpty() ? List.of(V4) : families);
        }
    }

    /** Whoever writes the endpoints of such a service may choose any family, also one that the cluster does not have. */
    private static void settleSelectorless(JsonObject spec, List<String> families) {
        if (Defaults.absent(spec, "ipFamilyPolicy")) {
            spec.put("ipFamilyPolicy", families.size() == 1 ? "SingleStack" : "RequireDualStack");
        }
        if (families.isEmpty()) {
            families.add(V4);
        }
        if (families.size() == 1 && !spec.text("ipFamilyPolicy").equals("SingleStack")) {
            families.add(families.get(0).equals(V4) ? V6 : V4);
        }
        putFamilies(spec, families);
    }

    private static void putFamilies(JsonObject spec, List<String> families) {
        List<JsonValue> texts = new ArrayList<>();
        families.forEach(family -> texts.add(new JsonString(family)));
        spec.put("ipFamilies", JsonArray.of(texts));
    }
}
