// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.Names;
import io.fairlead.apiserver.internal.validation.Quantity;
import java.util.List;
import java.util.Locale;

/** What is wrong with the environment variables of a container, and with references to fields of the pod. */
final class PodEnvironment {
    private static final List<String> FIELDS = List.of(
            "metadata.name",
            "metadata.namespace",
            "metadata.uid",
            "spec.nodeName",
            "spec.serviceAccountName",
            "status.hostIP",
            "status.hostIPs",
            "status.podIP",
            "status.podIPs");

    /** What can be asked for as a file. */
    static final List<String> FILE_FIELDS =
            List.of("metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid");

    private static final List<String> KNOWN_FIELDS = List.of(
            "metadata.annotations",
            "metadata.labels",
            "metadata.name",
            "metadata.namespace",
            "metadata.uid",
            "spec.nodeName",
            "spec.restartPolicy",
            "spec.serviceAccountName",
            "spec.schedulerName",
            "status.phase",
            "status.hostIP",
            "status.hostIPs",
            "status.podIP",
            "status.podIPs");
    private static final List<String> RESOURCES = List.of(
            "limits.cpu",
            "limits.ephemeral-storage",
            "limits.memory",
            "requests.cpu",
            "requests.ephemeral-storage",
            "requests.memory");
    private static final List<String> BYTE_DIVISORS =
            List.of("1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei");
    private static final List<String> SOURCES =
            List.of("fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef");

    private PodEnvironment() {}

    static void validate(JsonObject container, FieldPath path, PodFacts pod, FieldErrors errors) {
        List<JsonObject> variables = container.objects("env");
        for (int i = 0; i < variables.size(); i++) {
            JsonObject variable = variables.get(i);
            FieldPath at = path.child("env").index(i);
            String name = variable.text("name");
            if (name.isEmpty()) {
                errors.required(at.child("name"), "");
            } else {
                errors.invalid(at.child("name"), name, Names.environmentVariable(name));
            }
            JsonObject source = variable.object("valueFrom");
            if (source != null) {
                validateSource(variable, source, at.child("valueFrom"), pod, errors);
            }
        }
        validateFrom(container.objects("envFrom"), path.child("envFrom"), errors);
    }

    private static void validateSource(
            JsonObject variable, JsonObject source, FieldPath path, PodFacts pod, FieldErrors errors) {
        int sources = 0;
        for (String type : SOURCES) {
            JsonObject reference = source.object(type);
            if (reference == null) {
                continue;
            }
            sources++;
            FieldPath at = path.child(type);
            switch (type) {
                case "fieldRef" -> validateFieldRef(reference, FIELDS, at, errors);
                case "resourceFieldRef" -> validateResourceRef(reference, false, at, errors);
                case "fileKeyRef" -> validateFileKey(reference, pod, at, errors);
                default -> validateKey(reference, at, errors);
            }
        }
        if (sources == 0) {
            errors.invalid(
                    path,
                    "",
                    "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`");
        }
        if (!variable.text("value").isEmpty()) {
            if (sources > 0) {
                errors.invalid(path, "", "may not be specified when `value` is not empty");
            }
        } else if (sources > 1) {
            errors.invalid(path, "", "may not have more than one field specified at a time");
        }
    }

    private static void validateKey(JsonObject reference, FieldPath path, FieldErrors errors) {
        String name = reference.text("name");
        errors.invalid(path.child("name"), name, Names.dnsSubdomain(name));
        String key = reference.text("key");
        if (key.isEmpty()) {
            errors.required(path.child("key"), "");
        } else {
            errors.invalid(path.child("key"), key, Names.configKey(key));
        }
    }

    private static void validateFileKey(JsonObject reference, PodFacts pod, FieldPath path, FieldErrors errors) {
        String key = reference.text("key");
        if (key.isEmpty()) {
            errors.required(path.child("key"), "");
        } else {
            errors.invalid(path.child("key"), key, Names.environmentVariable(key));
        }
        String volume = reference.text("volumeName");
        if (volume.isEmpty()) {
            errors.required(path.child("volumeName"), "");
        } else if (!pod.volumes().containsKey(volume)) {
            errors.notFound(path.child("volumeName"), volume);
        }
        if (reference.text("path").isEmpty()) {
            errors.required(path.child("path"), "");
        } else {
            Paths.descending(reference.text("path"), path.child("path"), errors);
        }
    }

    private static void validateFrom(List<JsonObject> sources, FieldPath path, FieldErrors errors) {
        for (int i = 0; i < sources.size(); i++) {
            JsonObject source = sources.get(i);
            FieldPath at = path.index(i);
            String prefix = source.text("prefix");
            if (!prefix.isEmpty()) {
                errors.invalid(at.child("prefix"), prefix, Names.environmentVariable(prefix));
            }
            int references = 0;
            for (String type : List.of("configMapRef", "secretRef")) {
                JsonObject reference = source.object(type);
                if (reference == null) {
                    continue;
                }
                references++;
                String name = reference.text("name");
                if (name.isEmpty()) {
                    errors.required(at.child(type, "name"), "");
                } else {
                    errors.invalid(at.child(type, "name"), name, Names.dnsSubdomain(name));
                }
            }
            if (references == 0) {
                errors.invalid(path, "", "must specify one of: `configMapRef` or `secretRef`");
            } else if (references > 1) {
                errors.invalid(path, "", "may not have more than one field specified at a time");
            }
        }
    }

    /** A reference to a field of the pod, which must be one of {@code allowed}. */
    static void validateFieldRef(JsonObject reference, List<String> allowed, FieldPath path, FieldErrors errors) {
        String version = reference.text("apiVersion");
        String field = reference.text("fieldPath");
        if (version.isEmpty()) {
            errors.required(path.child("apiVersion"), "");
            return;
        }
        if (field.isEmpty()) {
            errors.required(path.child("fieldPath"), "");
            return;
        }
        int bracket = field.endsWith("']") ? field.indexOf("['") : -1;
        boolean subscripted = bracket > 0;
        String base = subscripted ? field.substring(0, bracket) : field;
        boolean map = base.equals("metadata.annotations") || base.equals("metadata.labels");
        String problem = "";
        if (!version.equals("v1")) {
            problem = "unsupported pod version: " + version;
        } else if (subscripted && !map) {
            problem = "field label does not support subscript: " + field;
        } else if (!subscripted && !KNOWN_FIELDS.contains(field) && !field.equals("spec.host")) {
            problem = "field label not supported: " + field;
        }
        if (!problem.isEmpty()) {
            errors.invalid(path.child("fieldPath"), field, "error converting fieldPath: " + problem);
        } else if (subscripted) {
            String key = field.substring(bracket + 2, field.length() - 2);
            String checked = base.equals("metadata.annotations") ? key.toLowerCase(Locale.ROOT) : key;
            errors.invalid(path, checked, Names.qualified(checked));
        } else {
            errors.oneOf(path.child("fieldPath"), field.equals("spec.host") ? "spec.nodeName" : field, allowed);
        }
    }

    /** A reference to a container's resources; a file must name the container. */
    static void validateResourceRef(JsonObject reference, boolean file, FieldPath path, FieldErrors errors) {
        String resource = reference.text("resource");
        if (file && reference.text("containerName").isEmpty()) {
            errors.required(path.child("containerName"), "");
        } else if (resource.isEmpty()) {
            errors.required(path.child("resource"), "");
        } else if (!isHugePages(resource)) {
            errors.oneOf(path.child("resource"), resource, RESOURCES);
        }
        Quantity divisor = Quantity.orZero(reference.get("divisor"));
        if (divisor.signum() == 0) {
            return;
        }
        String written = divisor.text();
        if (resource.endsWith(".cpu")) {
            if (!written.equals("1m") && !written.equals("1")) {
                errors.invalid(
                        path.child("divisor"),
                        resource,
                        "only divisor's values 1m and 1 are supported with the cpu resource");
            }
        } else if (!BYTE_DIVISORS.contains(written)) {
            String kind = resource.endsWith(".memory")
                    ? "memory"
                    : isHugePages(resource) ? "hugepages" : "local ephemeral storage";
            errors.invalid(
                    path.child("divisor"),
                    resource,
                    "only divisor's values 1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei are supported with the "
                            + kind + " resource");
        }
    }

    private static boolean isHugePages(String resource) {
        return resource.startsWith("limits.hugepages-") || resource.startsWith("requests.hugepages-");
    }
}
