// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.table;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The rows of what else is in a namespace, of namespaces, and of what checks requests. */
final class CoreRows {
    static final Map<String, TableFormat.Printer> PRINTERS = Map.ofEntries(
            Map.entry("/ConfigMap", CoreRows::configMap),
            Map.entry("/Secret", CoreRows::secret),
            Map.entry("/ServiceAccount", CoreRows::nameAndAge),
            Map.entry("/Namespace", CoreRows::namespace),
            Map.entry("/ResourceQuota", CoreRows::resourceQuota),
            Map.entry("/Event", CoreRows::event),
            Map.entry("resource.k8s.io/DeviceClass", CoreRows::nameAndAge),
            Map.entry("resource.k8s.io/ResourceClaimTemplate", CoreRows::nameAndAge),
            Map.entry("admissionregistration.k8s.io/MutatingWebhookConfiguration", CoreRows::webhooks),
            Map.entry("admissionregistration.k8s.io/ValidatingWebhookConfiguration", CoreRows::webhooks),
            Map.entry(
                    "admissionregistration.k8s.io/ValidatingAdmissionPolicy",
                    (object, row) -> policy(object, row, "validations")),
            Map.entry(
                    "admissionregistration.k8s.io/MutatingAdmissionPolicy",
                    (object, row) -> policy(object, row, "mutations")),
            Map.entry("admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding", CoreRows::policyBinding),
            Map.entry("admissionregistration.k8s.io/MutatingAdmissionPolicyBinding", CoreRows::policyBinding));

    private CoreRows() {}

    static void nameAndAge(JsonObject object, Row row) {
        row.name(object).age(object);
    }

    /** For kinds that nobody wrote a printer for. */
    static void nameAndCreation(JsonObject object, Row row) {
        row.name(object).text(object.objectOrEmpty("metadata").text("creationTimestamp"));
    }

    private static void configMap(JsonObject object, Row row) {
        int size = object.objectOrEmpty("data").size()
                + object.objectOrEmpty("binaryData").size();
        row.name(object).number(size).age(object);
    }

    private static void secret(JsonObject object, Row row) {
        row.name(object)
                .text(object.text("type"))
                .number(object.objectOrEmpty("data").size())
                .age(object);
    }

    private static void namespace(JsonObject object, Row row) {
        row.name(object).text(object.objectOrEmpty("status").text("phase")).age(object);
    }

    private static void resourceQuota(JsonObject object, Row row) {
        JsonObject status = object.objectOrEmpty("status");
        JsonObject hard = status.objectOrEmpty("hard");
        List<String> requests = new ArrayList<>();
        List<String> limits = new ArrayList<>();
        for (String name : hard.names().stream().sorted().toList()) {
            String used = Row.value(status.objectOrEmpty("used").get(name), "0");
            String text = name + ": " + used + "/" + Row.value(hard.get(name), "0");
            (name.startsWith("limits.") ? limits : requests).add(text);
        }
        row.name(object)
                .text(String.join(", ", requests))
                .text(String.join(", ", limits))
                .age(object);
    }

    private static void event(JsonObject object, Row row) {
        JsonObject series = object.object("series");
        String eventTime = object.text("eventTime");
        String first = row.since(object.text("firstTimestamp").isEmpty() ? eventTime : object.text("firstTimestamp"));
        String last = object.text("lastTimestamp").isEmpty() ? first : row.since(object.text("lastTimestamp"));
        // Events of the new API that happened once have no count.
        long count = Math.max(object.number("count"), object.number("count") == 0 ? 1 : 0);
        if (series != null) {
            last = row.since(series.text("lastObservedTime"));
            count = series.number("count");
        }
        JsonObject involved = object.objectOrEmpty("involvedObject");
        String kind = involved.text("kind").toLowerCase(Locale.ROOT);
        row.text(last)
                .text(object.text("type"))
                .text(object.text("reason"))
                .text(involved.text("name").isEmpty() ? kind : kind + "/" + involved.text("name"))
                .text(involved.text("fieldPath"))
                .text(source(object))
                .text(object.text("message").strip())
                .text(first)
                .number(count)
                .name(object);
    }

    private static String source(JsonObject object) {
        JsonObject source = object.objectOrEmpty("source");
        String component =
                source.text("component").isEmpty() ? object.text("reportingComponent") : source.text("component");
        String instance = source.text("host").isEmpty() ? object.text("reportingInstance") : source.text("host");
        return instance.isEmpty() ? component : component + ", " + instance;
    }

    private static void webhooks(JsonObject object, Row row) {
        row.name(object).number(object.arrayOrEmpty("webhooks").size()).age(object);
    }

    private static void policy(JsonObject object, Row row, String rules) {
        JsonObject spec = object.objectOrEmpty("spec");
        JsonObject kind = spec.object("paramKind");
        JsonArray list = spec.arrayOrEmpty(rules);
        row.name(object)
                .number(list.size())
                .text(kind == null ? Row.UNSET : kind.text("apiVersion") + "/" + kind.text("kind"))
                .age(object);
    }

    private static void policyBinding(JsonObject object, Row row) {
        JsonObject spec = object.objectOrEmpty("spec");
        JsonObject reference = spec.objectOrEmpty("paramRef");
        JsonObject selector = reference.object("selector");
        String parameters = Row.UNSET;
        if (!reference.text("name").isEmpty()) {
            String namespace = reference.text("namespace");
            parameters = (namespace.isEmpty() ? "*" : namespace) + "/" + reference.text("name");
        } else if (selector != null) {
            parameters = goText(selector);
        }
        row.name(object).text(spec.text("policyName")).text(parameters).age(object);
    }

    /** A label selector as Go's generated code prints it. */
    private static String goText(JsonObject selector) {
        StringBuilder text = new StringBuilder("&LabelSelector{MatchLabels:map[string]string{");
        new TreeMap<>(selector.objectOrEmpty("matchLabels").textMembers())
                .forEach((name, value) ->
                        text.append(name).append(": ").append(value).append(','));
        text.append("},MatchExpressions:[]LabelSelectorRequirement{");
        for (JsonObject expression : selector.objects("matchExpressions")) {
            text.append("LabelSelectorRequirement{Key:")
                    .append(expression.text("key"))
                    .append(",Operator:")
                    .append(expression.text("operator"))
                    .append(",Values:[")
                    .append(String.join(" ", expression.texts("values")))
                    .append("],},");
        }
        return text.append("},}").toString();
    }
}
