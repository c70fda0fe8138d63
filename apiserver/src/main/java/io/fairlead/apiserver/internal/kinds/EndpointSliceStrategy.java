// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.Addresses;
import io.fairlead.apiserver.internal.validation.FieldError;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.MetadataValidation;
import io.fairlead.apiserver.internal.validation.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** EndpointSlices. */
final class EndpointSliceStrategy extends GenericStrategy {
    /** Upstream's bounds. */
    private static final int ENDPOINTS_MAX = 1_000;

    private static final int ADDRESSES_MAX = 100;
    private static final int PORTS_MAX = 20_000;
    private static final int HINTS_MAX = 8;

    EndpointSliceStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    public void setDefaults(JsonObject object) {
        for (JsonObject port : object.objects("ports")) {
            Defaults.pointer(port, "name", "");
            Defaults.pointer(port, "protocol", "TCP");
        }
    }

    @Override
    public void prepareForCreate(Context context, JsonObject next) {
        super.prepareForCreate(context, next);
        next.objects("endpoints").forEach(endpoint -> endpoint.remove("deprecatedTopology"));
    }

    @Override
    boolean wishChanged(JsonObject next, JsonObject old) {
        JsonObject labels = next.objectOrEmpty("metadata").objectOrEmpty("labels");
        return super.wishChanged(next, old)
                || !labels.equals(old.objectOrEmpty("metadata").objectOrEmpty("labels"));
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        String type = object.text("addressType");
        if (type.isEmpty()) {
            errors.required(FieldPath.of("addressType"), "");
        } else {
            errors.oneOf(FieldPath.of("addressType"), type, List.of("FQDN", "IPv4", "IPv6"));
        }
        List<JsonObject> endpoints = object.objects("endpoints");
        FieldPath path = FieldPath.of("endpoints");
        if (endpoints.size() > ENDPOINTS_MAX) {
            errors.tooMany(path, endpoints.size(), ENDPOINTS_MAX);
            return;
        }
        for (int i = 0; i < endpoints.size(); i++) {
            validateEndpoint(endpoints.get(i), type, path.index(i), errors);
        }
        validatePorts(object.objects("ports"), errors);
    }

    private static void validateEndpoint(JsonObject endpoint, String type, FieldPath path, FieldErrors errors) {
        JsonArray addresses = endpoint.arrayOrEmpty("addresses");
        FieldPath addressesPath = path.child("addresses");
        if (addresses.isEmpty()) {
            errors.required(addressesPath, "must contain at least 1 address");
        } else if (addresses.size() > ADDRESSES_MAX) {
            errors.tooMany(addressesPath, addresses.size(), ADDRESSES_MAX);
        }
        for (int i = 0; i < addresses.size() && addresses.size() <= ADDRESSES_MAX; i++) {
            validateAddress(addresses.text(i), type, addressesPath.index(i), errors);
        }
        if (!Defaults.absent(endpoint, "nodeName")) {
            String node = endpoint.text("nodeName");
            errors.invalid(path.child("nodeName"), node, Names.dnsSubdomain(node));
        }
        MetadataValidation.validateLabels(
                endpoint.object("deprecatedTopology"), path.child("deprecatedTopology"), errors);
        if (!Defaults.absent(endpoint, "hostname")) {
            String host = endpoint.text("hostname");
            errors.invalid(path.child("hostname"), host, Names.dnsLabel(host));
        }
        JsonObject hints = endpoint.object("hints");
        if (hints != null) {
            validateHints(hints.objects("forZones"), true, path.child("hints", "forZones"), errors);
            validateHints(hints.objects("forNodes"), false, path.child("hints", "forNodes"), errors);
        }
    }

    private static void validateAddress(String address, String type, FieldPath path, FieldErrors errors) {
        switch (type) {
            case "FQDN" -> errors.invalid(path, address, Names.dnsSubdomain(address));
            case "IPv4", "IPv6" -> {
                List<String> problems = Addresses.address(address);
                errors.invalid(path, address, problems);
                if (problems.isEmpty()) {
                    boolean v6 = Addresses.isV6(address);
                    if (v6 != type.equals("IPv6")) {
                        errors.invalid(path, address, "must be an " + type + " address");
                    }
                    EndpointAddresses.validateUsableInSlice(address, v6, path, errors);
                }
            }
            default -> {
                // The type itself was complained about.
            }
        }
    }

    private static void validateHints(List<JsonObject> hints, boolean zones, FieldPath path, FieldErrors errors) {
        if (hints.size() > HINTS_MAX) {
            errors.tooMany(path, hints.size(), HINTS_MAX);
            return;
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < hints.size(); i++) {
            String name = hints.get(i).text("name");
            FieldPath at = path.index(i).child("name");
            if (!seen.add(name)) {
                errors.duplicate(at, name);
            } else {
                errors.invalid(at, name, zones ? Names.labelValue(name) : Names.dnsSubdomain(name));
            }
        }
    }

    private static void validatePorts(List<JsonObject> ports, FieldErrors errors) {
        FieldPath path = FieldPath.of("ports");
        if (ports.size() > PORTS_MAX) {
            errors.tooMany(path, ports.size(), PORTS_MAX);
            return;
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            JsonObject port = ports.get(i);
            FieldPath at = path.index(i);
            String name = port.text("name");
            if (!name.isEmpty()) {
                errors.invalid(at.child("name"), name, Names.dnsLabel(name));
            }
            if (!names.add(name)) {
                errors.duplicate(at.child("name"), name);
            }
            errors.oneOf(at.child("protocol"), port.text("protocol"), PodPorts.PROTOCOLS);
            if (!Defaults.absent(port, "appProtocol")) {
                String application = port.text("appProtocol");
                errors.invalid(at.child("appProtocol"), application, Names.qualified(application));
            }
        }
    }

    /** Endpoints that stay as they are were good once; they are not checked against another address type. */
    @Override
    public List<FieldError> validateUpdate(Context context, JsonObject next, JsonObject old) {
        List<FieldError> errors = super.validateUpdate(context, next, old);
        if (!same(next.get("endpoints"), old.get("endpoints"))) {
            return errors;
        }
        return errors.stream()
                .filter(error -> !error.path().startsWith("endpoints["))
                .toList();
    }

    @Override
    void validateChange(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        MetadataValidation.immutable(
                next.get("addressType"), old.get("addressType"), FieldPath.of("addressType"), errors);
    }

    @Override
    public List<String> warnings(Context context, JsonObject next) {
        return next.text("addressType").equals("FQDN")
                ? List.of("spec.addressType: FQDN endpoints are deprecated")
                : List.of();
    }
}
