// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import io.fairlead.apiserver.internal.codec.JsonBoolean;
import io.fairlead.apiserver.internal.codec.JsonNumber;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.schema.GroupVersionKind;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.selector.FieldSelector;
import io.fairlead.apiserver.internal.selector.SelectorException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which fields of a kind a field selector may name beside name and namespace, and what the server says about others. */
final class SelectableFields {
    private static final Set<String> METADATA = Set.of("metadata.name", "metadata.namespace");
    private static final List<String> EVENT_FIELDS = List.of(
            "involvedObject.kind",
            "involvedObject.namespace",
            "involvedObject.name",
            "involvedObject.uid",
            "involvedObject.apiVersion",
            "involvedObject.resourceVersion",
            "involvedObject.fieldPath",
            "reason",
            "reportingComponent",
            "source",
            "type");

    /** By kind and group; what each version of the kind calls them differs only for events. */
    private static final Map<String, List<String>> OF_KIND = Map.ofEntries(
            Map.entry(
                    "Pod",
                    List.of(
                            "spec.nodeName",
                            "spec.restartPolicy",
                            "spec.schedulerName",
                            "spec.serviceAccountName",
                            "spec.hostNetwork",
                            "status.phase",
                            "status.podIP",
                            "status.podIPs",
                            "status.nominatedNodeName")),
            Map.entry("Event", EVENT_FIELDS),
            Map.entry("Secret", List.of("type")),
            Map.entry("Node", List.of("spec.unschedulable")),
            Map.entry("Namespace", List.of("status.phase")),
            Map.entry("Service", List.of("spec.clusterIP", "spec.type")),
            Map.entry("ReplicationController", List.of("status.replicas")),
            Map.entry("Job.batch", List.of("status.successful")),
            Map.entry("CertificateSigningRequest.certificates.k8s.io", List.of("spec.signerName")),
            Map.entry("ResourceSlice.resource.k8s.io", List.of("spec.nodeName", "spec.driver")));

    /** Kinds that have a conversion of their own for field names say no in its words. */
    private static final Set<String> OTHERS_NOT_SUPPORTED = Set.of(
            "Pod",
            "Event",
            "Secret",
            "Node",
            "Namespace",
            "Service",
            "ReplicationController",
            "CertificateSigningRequest.certificates.k8s.io",
            "ResourceSlice.resource.k8s.io");

    private final String kindName;
    private final List<String> names;

    private SelectableFields(String kindName, List<String> names) {
        this.kindName = kindName;
        this.names = names;
    }

    static SelectableFields of(GroupVersionKind storageKind) {
        String name =
                storageKind.group().isEmpty() ? storageKind.kind() : storageKind.kind() + "." + storageKind.group();
        return new SelectableFields(name, OF_KIND.getOrDefault(name, List.of()));
    }

    /** What a stored object has in these fields; those that are empty are left out. */
    Map<String, String> valuesOf(JsonObject stored) {
        if (names.isEmpty()) {
            return Map.of();
        }
        Map<String, String> values = new HashMap<>();
        for (String name : names) {
            String value = valueOf(stored, name);
            if (!value.isEmpty()) {
                values.put(name, value);
            }
        }
        return values;
    }

    private static String valueOf(JsonObject stored, String field) {
        return switch (field) {
            case "spec.hostNetwork" ->
                String.valueOf(stored.objectOrEmpty("spec").flag("hostNetwork"));
            case "spec.unschedulable" ->
                String.valueOf(stored.objectOrEmpty("spec").flag("unschedulable"));
            case "status.replicas" ->
                String.valueOf(stored.objectOrEmpty("status").number("replicas"));
            case "status.successful" ->
                String.valueOf(stored.objectOrEmpty("status").number("succeeded"));
            case "status.podIPs" -> podAddresses(stored);
            case "source" -> eventSource(stored);
            default -> text(stored, field);
        };
    }

    private static String podAddresses(JsonObject pod) {
        List<String> addresses = pod.objectOrEmpty("status").objects("podIPs").stream()
                .map(each -> each.text("ip"))
                .toList();
        return String.join(",", addresses);
    }

    private static String eventSource(JsonObject event) {
        String component = event.objectOrEmpty("source").text("component");
        return component.isEmpty() ? event.text("reportingComponent") : component;
    }

    private static String text(JsonObject stored, String field) {
        JsonObject parent = stored;
        int start = 0;
        for (int dot = field.indexOf('.'); dot >= 0; dot = field.indexOf('.', start)) {
            parent = parent.objectOrEmpty(field.substring(start, dot));
            start = dot + 1;
        }
        return text(parent.get(field.substring(start)));
    }

    private static String text(@Nullable JsonValue value) {
        return switch (value) {
            case JsonString string -> string.value();
            case JsonNumber number -> number.lexeme();
            case JsonBoolean bool -> String.valueOf(bool.value());
            case null, default -> "";
        };
    }

    /**
     * The selector with the names of the stored version.
     *
     * @throws SelectorException if it names a field that cannot be selected by
     */
    FieldSelector translate(FieldSelector selector, ResourceDefinition served) {
        List<FieldSelector.Requirement> translated = selector.requirements().stream()
                .map(each -> new FieldSelector.Requirement(translate(each.field(), served), each.equal(), each.value()))
                .toList();
        return new FieldSelector(translated);
    }

    private String translate(String field, ResourceDefinition served) {
        if (METADATA.contains(field)) {
            return field;
        }
        String stored = served.group().equals("events.k8s.io") ? eventField(field) : field;
        if (names.contains(stored)) {
            return stored;
        }
        if (kindName.equals("Job.batch")) {
            throw SelectorException.because("field label \"" + field + "\" not supported for Job");
        }
        if (OTHERS_NOT_SUPPORTED.contains(kindName)) {
            throw SelectorException.because("field label not supported: " + field);
        }
        throw SelectorException.because(
                "\"" + field + "\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");
    }

    private static String eventField(String field) {
        if (field.startsWith("regarding.")) {
            return "involvedObject." + field.substring("regarding.".length());
        }
        if (field.equals("reportingController")) {
            return "reportingComponent";
        }
        return field.startsWith("involvedObject.") || field.equals("reportingComponent") ? "" : field;
    }
}
