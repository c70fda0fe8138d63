// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonNumber;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.validation.Addresses;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is wrong with the ports of containers. */
final class PodPorts {
    static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");

    private PodPorts() {}

    static void validate(List<JsonObject> ports, FieldPath path, FieldErrors errors) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            JsonObject port = ports.get(i);
            FieldPath at = path.index(i);
            String name = port.text("name");
            if (!name.isEmpty()) {
                List<String> problems = Names.portName(name);
                errors.invalid(at.child("name"), name, problems);
                if (problems.isEmpty() && !names.add(name)) {
                    errors.duplicate(at.child("name"), name);
                }
            }
            long number = port.number("containerPort", 0);
            if (number == 0) {
                errors.required(at.child("containerPort"), "");
            } else {
                Addresses.validatePort(number, at.child("containerPort"), errors);
            }
            long host = port.number("hostPort", 0);
            if (host != 0) {
                Addresses.validatePort(host, at.child("hostPort"), errors);
            }
            String protocol = port.text("protocol");
            if (protocol.isEmpty()) {
                errors.required(at.child("protocol"), "");
            } else {
                errors.oneOf(at.child("protocol"), protocol, PROTOCOLS);
            }
        }
    }

    /** Complains if two ports of {@code containers} want the same port of the host. */
    static void validateUniqueHostPorts(List<JsonObject> containers, FieldPath path, FieldErrors errors) {
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < containers.size(); i++) {
            List<JsonObject> ports = containers.get(i).objects("ports");
            for (int j = 0; j < ports.size(); j++) {
                JsonObject port = ports.get(j);
                long number = port.number("hostPort", 0);
                String claim = number == 0 ? "" : port.text("protocol") + "/" + port.text("hostIP") + "/" + number;
                if (number != 0 && !taken.add(claim)) {
                    errors.duplicate(path.index(i).child("ports").index(j).child("hostPort"), claim);
                }
            }
        }
    }

    /** Complains about a port that may be given by number or by name. */
    static void validateNumberOrName(@Nullable JsonValue port, FieldPath path, FieldErrors errors) {
        if (port instanceof JsonString name) {
            errors.invalid(path, name.value(), Names.portName(name.value()));
        } else {
            Addresses.validatePort(port instanceof JsonNumber number ? number.longValue() : 0, path, errors);
        }
    }
}
