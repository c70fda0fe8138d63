// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.Addresses;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.Names;
import java.util.List;

/** Endpoints, which EndpointSlices replace. */
final class EndpointsStrategy extends GenericStrategy {
    private static final List<String> DEPRECATED =
            List.of("v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice");

    EndpointsStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    public void setDefaults(JsonObject object) {
        for (JsonObject subset : object.objects("subsets")) {
            for (JsonObject port : subset.objects("ports")) {
                Defaults.text(port, "protocol", "TCP");
            }
        }
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        List<JsonObject> subsets = object.objects("subsets");
        for (int i = 0; i < subsets.size(); i++) {
            FieldPath path = FieldPath.of("subsets").index(i);
            JsonObject subset = subsets.get(i);
            if (subset.objects("addresses").isEmpty()
                    && subset.objects("notReadyAddresses").isEmpty()) {
                errors.required(path, "must specify `addresses` or `notReadyAddresses`");
            }
            for (String list : List.of("addresses", "notReadyAddresses")) {
                List<JsonObject> addresses = subset.objects(list);
                for (int j = 0; j < addresses.size(); j++) {
                    validateAddress(addresses.get(j), path.child(list).index(j), errors);
                }
            }
            validatePorts(subset.objects("ports"), path.child("ports"), errors);
        }
    }

    private static void validateAddress(JsonObject address, FieldPath path, FieldErrors errors) {
        String ip = address.text("ip");
        errors.invalid(path.child("ip"), ip, Addresses.legacyAddress(ip));
        String host = address.text("hostname");
        if (!host.isEmpty()) {
            errors.invalid(path.child("hostname"), host, Names.dnsLabel(host));
        }
        String node = address.text("nodeName");
        if (!node.isEmpty()) {
            errors.invalid(path.child("nodeName"), node, Names.dnsSubdomain(node));
        }
        EndpointAddresses.validateUsable(ip, path.child("ip"), errors);
    }

    private static void validatePorts(List<JsonObject> ports, FieldPath path, FieldErrors errors) {
        for (int i = 0; i < ports.size(); i++) {
            JsonObject port = ports.get(i);
            FieldPath at = path.index(i);
            String name = port.text("name");
            if (ports.size() > 1 && name.isEmpty()) {
                errors.required(at.child("name"), "");
            } else if (!name.isEmpty()) {
                errors.invalid(at.child("name"), name, Names.dnsLabel(name));
            }
            Addresses.validatePort(port.number("port", 0), at.child("port"), errors);
            String protocol = port.text("protocol");
            if (protocol.isEmpty()) {
                errors.required(at.child("protocol"), "");
            } else {
                errors.oneOf(at.child("protocol"), protocol, PodPorts.PROTOCOLS);
            }
            if (!Defaults.absent(port, "appProtocol")) {
                String application = port.text("appProtocol");
                errors.invalid(at.child("appProtocol"), application, Names.qualified(application));
            }
        }
    }

    @Override
    public List<String> warnings(Context context, JsonObject next) {
        return DEPRECATED;
    }
}
