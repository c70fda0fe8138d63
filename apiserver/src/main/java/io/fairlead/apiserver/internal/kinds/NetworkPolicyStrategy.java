// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonNumber;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.Addresses;
import io.fairlead.apiserver.internal.validation.Addresses.Network;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.LabelSelectors;
import java.util.List;

/** NetworkPolicies. */
final class NetworkPolicyStrategy extends GenericStrategy {
    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final List<String> PROTOCOLS = List.of("TCP", "UDP", "SCTP");

    NetworkPolicyStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    public void setDefaults(JsonObject object) {
        JsonObject spec = object.child("spec");
        for (String direction : List.of("ingress", "egress")) {
            for (JsonObject rule : spec.objects(direction)) {
                rule.objects("ports").forEach(port -> Defaults.pointer(port, "protocol", "TCP"));
            }
        }
        if (spec.arrayOrEmpty("policyTypes").isEmpty()) {
            spec.remove("policyTypes");
            spec.childArray("policyTypes").add("Ingress");
            if (!spec.arrayOrEmpty("egress").isEmpty()) {
                spec.childArray("policyTypes").add("Egress");
            }
        }
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        JsonObject spec = object.objectOrEmpty("spec");
        LabelSelectors.validate(spec.object("podSelector"), SPEC.child("podSelector"), errors);
        validateRules(spec.objects("ingress"), "from", SPEC.child("ingress"), errors);
        validateRules(spec.objects("egress"), "to", SPEC.child("egress"), errors);
        List<String> types = spec.texts("policyTypes");
        FieldPath path = SPEC.child("policyTypes");
        if (types.size() > 2) {
            errors.invalid(path, spec.get("policyTypes"), "may not specify more than two policyTypes");
            return;
        }
        for (int i = 0; i < types.size(); i++) {
            errors.oneOf(path.index(i), types.get(i), List.of("Ingress", "Egress"));
        }
    }

    private static void validateRules(List<JsonObject> rules, String peers, FieldPath path, FieldErrors errors) {
        for (int i = 0; i < rules.size(); i++) {
            List<JsonObject> ports = rules.get(i).objects("ports");
            for (int j = 0; j < ports.size(); j++) {
                validatePort(ports.get(j), path.index(i).child("ports").index(j), errors);
            }
            List<JsonObject> others = rules.get(i).objects(peers);
            for (int j = 0; j < others.size(); j++) {
                validatePeer(others.get(j), path.index(i).child(peers).index(j), errors);
            }
        }
    }

    private static void validatePort(JsonObject port, FieldPath path, FieldErrors errors) {
        if (!Defaults.absent(port, "protocol")) {
            errors.oneOf(path.child("protocol"), port.text("protocol"), PROTOCOLS);
        }
        JsonValue number = port.get("port");
        boolean ends = !Defaults.absent(port, "endPort");
        long end = port.number("endPort", 0);
        if (Defaults.absent(port, "port")) {
            if (ends) {
                errors.invalid(path.child("endPort"), end, "may not be specified when `port` is not specified");
            }
            return;
        }
        PodPorts.validateNumberOrName(number, path.child("port"), errors);
        if (!ends) {
            return;
        }
        if (number instanceof JsonString) {
            errors.invalid(path.child("endPort"), end, "may not be specified when `port` is non-numeric");
        } else {
            if (number instanceof JsonNumber first && end < first.longValue()) {
                // The original quotes the other end here.
                errors.invalid(path.child("endPort"), first.longValue(), "must be greater than or equal to `port`");
            }
            Addresses.validatePort(end, path.child("endPort"), errors);
        }
    }

    private static void validatePeer(JsonObject peer, FieldPath path, FieldErrors errors) {
        int kinds = 0;
        for (String selector : List.of("podSelector", "namespaceSelector")) {
            if (peer.object(selector) != null) {
                kinds++;
                LabelSelectors.validate(peer.object(selector), path.child(selector), errors);
            }
        }
        JsonObject block = peer.object("ipBlock");
        if (block != null) {
            if (kinds > 0) {
                errors.forbidden(path, "may not specify both ipBlock and another peer");
            }
            validateBlock(block, path.child("ipBlock"), errors);
        } else if (kinds == 0) {
            errors.required(path, "must specify a peer");
        }
    }

    private static void validateBlock(JsonObject block, FieldPath path, FieldErrors errors) {
        String text = block.text("cidr");
        if (text.isEmpty()) {
            errors.required(path.child("cidr"), "");
            return;
        }
        int before = errors.size();
        errors.invalid(path.child("cidr"), text, Addresses.network(text, true));
        Network network = Addresses.network(text).orElse(null);
        if (network == null || errors.size() > before) {
            return;
        }
        List<String> exceptions = block.texts("except");
        for (int i = 0; i < exceptions.size(); i++) {
            FieldPath at = path.child("except").index(i);
            List<String> problems = Addresses.network(exceptions.get(i), true);
            errors.invalid(at, exceptions.get(i), problems);
            Network exception = Addresses.network(exceptions.get(i)).orElse(null);
            if (problems.isEmpty()
                    && exception != null
                    && (exception.bits() <= network.bits() || !network.contains(exception.address()))) {
                errors.invalid(at, exceptions.get(i), "must be a strict subset of `cidr`");
            }
        }
    }
}
