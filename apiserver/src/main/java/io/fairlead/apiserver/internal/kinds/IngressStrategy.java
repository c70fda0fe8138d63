// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.Addresses;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.Names;
import java.util.List;

/** Ingresses. */
final class IngressStrategy extends GenericStrategy {
    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final String CLASS_ANNOTATION = "kubernetes.io/ingress.class";
    private static final List<String> PATH_TYPES = List.of("Exact", "ImplementationSpecific", "Prefix");
    private static final List<String> FORBIDDEN_SEQUENCES = List.of("//", "/./", "/../", "%2f", "%2F");
    private static final List<String> FORBIDDEN_ENDS = List.of("/..", "/.");

    IngressStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    List<String> statusKeeps() {
        return List.of("generation", "deletionTimestamp");
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        JsonObject spec = object.objectOrEmpty("spec");
        JsonObject backend = spec.object("defaultBackend");
        List<JsonObject> rules = spec.objects("rules");
        if (rules.isEmpty() && backend == null) {
            errors.invalid(SPEC, (JsonValue) null, "either `defaultBackend` or `rules` must be specified");
        }
        if (backend != null) {
            validateBackend(backend, SPEC.child("defaultBackend"), errors);
        }
        for (int i = 0; i < rules.size(); i++) {
            validateRule(rules.get(i), SPEC.child("rules").index(i), errors);
        }
        List<JsonObject> secured = spec.objects("tls");
        for (int i = 0; i < secured.size(); i++) {
            FieldPath path = SPEC.child("tls").index(i);
            List<String> hosts = secured.get(i).texts("hosts");
            for (int j = 0; j < hosts.size(); j++) {
                validateHostName(hosts.get(j), path.child("hosts").index(j), errors);
            }
            String secret = secured.get(i).text("secretName");
            if (!secret.isEmpty()) {
                errors.invalid(path.child("secretName"), secret, Names.dnsSubdomain(secret));
            }
        }
        if (!Defaults.absent(spec, "ingressClassName")) {
            String name = spec.text("ingressClassName");
            errors.invalid(SPEC.child("ingressClassName"), name, Names.dnsSubdomain(name));
        }
    }

    @Override
    public List<io.fairlead.apiserver.internal.validation.FieldError> validate(Context context, JsonObject object) {
        FieldErrors errors = new FieldErrors();
        errors.addAll(super.validate(context, object));
        JsonObject annotations = object.objectOrEmpty("metadata").objectOrEmpty("annotations");
        JsonObject spec = object.objectOrEmpty("spec");
        if (annotations.has(CLASS_ANNOTATION)
                && !Defaults.absent(spec, "ingressClassName")
                && !annotations.text(CLASS_ANNOTATION).equals(spec.text("ingressClassName"))) {
            errors.invalid(
                    FieldPath.of("annotations").child(CLASS_ANNOTATION),
                    annotations.text(CLASS_ANNOTATION),
                    "must match `ingressClassName` when both are specified");
        }
        return errors.toList();
    }

    private static void validateHostName(String host, FieldPath path, FieldErrors errors) {
        errors.invalid(path, host, host.contains("*") ? Names.wildcardSubdomain(host) : Names.dnsSubdomain(host));
    }

    private static void validateRule(JsonObject rule, FieldPath path, FieldErrors errors) {
        String host = rule.text("host");
        if (!host.isEmpty()) {
            if (Addresses.isAddress(host)) {
                errors.invalid(path.child("host"), host, "must be a DNS name, not an IP address");
            } else {
                validateHostName(host, path.child("host"), errors);
            }
        }
        JsonObject http = rule.object("http");
        if (http == null) {
            return;
        }
        FieldPath pathsPath = path.child("http", "paths");
        List<JsonObject> paths = http.objects("paths");
        if (paths.isEmpty()) {
            errors.required(pathsPath, "");
        }
        for (int i = 0; i < paths.size(); i++) {
            validatePath(paths.get(i), pathsPath.index(i), errors);
        }
    }

    private static void validatePath(JsonObject item, FieldPath path, FieldErrors errors) {
        String type = item.text("pathType");
        String file = item.text("path");
        FieldPath at = path.child("path");
        switch (type) {
            case "" -> errors.required(path.child("pathType"), "pathType must be specified");
            case "Exact", "Prefix" -> {
                if (!file.startsWith("/")) {
                    errors.invalid(at, file, "must be an absolute path");
                }
                for (String sequence : FORBIDDEN_SEQUENCES) {
                    if (file.contains(sequence)) {
                        errors.invalid(at, file, "must not contain '" + sequence + "'");
                    }
                }
                for (String end : FORBIDDEN_ENDS) {
                    if (file.endsWith(end)) {
                        errors.invalid(at, file, "cannot end with '" + end + "'");
                    }
                }
            }
            case "ImplementationSpecific" -> {
                if (!file.isEmpty() && !file.startsWith("/")) {
                    errors.invalid(at, file, "must be an absolute path");
                }
            }
            default -> errors.unsupported(path.child("pathType"), type, PATH_TYPES);
        }
        validateBackend(item.objectOrEmpty("backend"), path.child("backend"), errors);
    }

    private static void validateBackend(JsonObject backend, FieldPath path, FieldErrors errors) {
        JsonObject service = backend.object("service");
        JsonObject resource = backend.object("resource");
        if (service != null && resource != null) {
            errors.invalid(path, "", "cannot set both resource and service backends");
        } else if (resource != null) {
            for (String field : List.of("kind", "name")) {
                if (resource.text(field).isEmpty()) {
                    errors.required(path.child("resource", field), "");
                }
            }
        } else if (service != null) {
            validateService(service, path, errors);
        } else {
            errors.invalid(path, "", "resource or service backend is required");
        }
    }

    private static void validateService(JsonObject service, FieldPath path, FieldErrors errors) {
        String name = service.text("name");
        FieldPath at = path.child("service");
        if (name.isEmpty()) {
            errors.required(at.child("name"), "");
        } else {
            errors.invalid(at.child("name"), name, Names.dnsLabel(name));
        }
        JsonObject port = service.objectOrEmpty("port");
        boolean named = !port.text("name").isEmpty();
        boolean numbered = port.number("number", 0) != 0;
        if (named && numbered) {
            errors.invalid(path, "", "cannot set both port name & port number");
        } else if (named) {
            errors.invalid(at.child("port", "name"), port.text("name"), Names.portName(port.text("name")));
        } else if (numbered) {
            Addresses.validatePort(port.number("number", 0), at.child("port", "number"), errors);
        } else {
            errors.required(path, "port name or number is required");
        }
    }

    @Override
    void validateStatus(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        FieldPath path = FieldPath.of("status").child("loadBalancer", "ingress");
        List<JsonObject> all =
                next.objectOrEmpty("status").objectOrEmpty("loadBalancer").objects("ingress");
        for (int i = 0; i < all.size(); i++) {
            FieldPath at = path.index(i);
            String address = all.get(i).text("ip");
            if (!address.isEmpty()) {
                errors.invalid(at.child("ip"), address, Addresses.legacyAddress(address));
            }
            String host = all.get(i).text("hostname");
            if (!host.isEmpty()) {
                errors.invalid(at.child("hostname"), host, Names.dnsSubdomain(host));
                if (Addresses.isAddress(host)) {
                    errors.invalid(at.child("hostname"), host, "must be a DNS name, not an IP address");
                }
            }
        }
    }

    @Override
    public List<String> warnings(Context context, JsonObject next) {
        boolean old =
                next.objectOrEmpty("metadata").objectOrEmpty("annotations").has(CLASS_ANNOTATION);
        return old
                ? List.of("annotation \"" + CLASS_ANNOTATION
                        + "\" is deprecated, please use 'spec.ingressClassName' instead")
                : List.of();
    }

    @Override
    public List<String> warningsOnUpdate(Context context, JsonObject next, JsonObject old) {
        return List.of();
    }
}
