// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.table;

import io.fairlead.apiserver.internal.codec.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Parts of objects that several kinds show alike. */
final class Texts {
    /** As many items of a list are shown; of the others only their number. */
    private static final int SHOWN_MAX = 3;

    private Texts() {}

    /** The names of the containers of {@code podSpec}. */
    static String containerNames(JsonObject podSpec) {
        return containers(podSpec, "name");
    }

    /** The images of the containers of {@code podSpec}. */
    static String images(JsonObject podSpec) {
        return containers(podSpec, "image");
    }

    private static String containers(JsonObject podSpec, String member) {
        return String.join(
                ",",
                podSpec.objects("containers").stream()
                        .map(container -> container.text(member))
                        .toList());
    }

    /** The spec of the pods that {@code spec}, of a controller, has a template for. */
    static JsonObject podSpec(JsonObject spec) {
        return spec.objectOrEmpty("template").objectOrEmpty("spec");
    }

    /** Labels, or a selector that is a map of labels: {@code a=b,c=d}. */
    static String labels(JsonObject labels) {
        List<String> pairs = new ArrayList<>();
        new TreeMap<>(labels.textMembers()).forEach((name, value) -> pairs.add(name + "=" + value));
        return pairs.isEmpty() ? Row.NONE : String.join(",", pairs);
    }

    /** A label selector; none for one that is missing or selects everything. */
    static String selector(@Nullable JsonObject selector) {
        if (selector == null) {
            return Row.NONE;
        }
        return requirements(selector)
                .map(text -> text.isEmpty() ? Row.NONE : text)
                .orElse("<error>");
    }

    /** The requirements of a label selector, sorted by key; empty if one of them cannot be. */
    static Optional<String> requirements(JsonObject selector) {
        record Requirement(String key, String text) {}
        List<Requirement> requirements = new ArrayList<>();
        selector.objectOrEmpty("matchLabels")
                .textMembers()
                .forEach((key, value) -> requirements.add(new Requirement(key, key + "=" + value)));
        for (JsonObject expression : selector.objects("matchExpressions")) {
            String key = expression.text("key");
            String values = "("
                    + String.join(
                            ",", expression.texts("values").stream().sorted().toList()) + ")";
            String text =
                    switch (expression.text("operator")) {
                        case "In" -> key + " in " + values;
                        case "NotIn" -> key + " notin " + values;
                        case "Exists" -> key;
                        case "DoesNotExist" -> "!" + key;
                        default -> "";
                    };
            if (text.isEmpty()) {
                return Optional.empty();
            }
            requirements.add(new Requirement(key, text));
        }
        requirements.sort(Comparator.comparing(Requirement::key));
        return Optional.of(
                String.join(",", requirements.stream().map(Requirement::text).toList()));
    }

    /** The first of {@code items}, and how many more there are; {@code unset} if there are none. */
    static String firstOf(List<String> items) {
        if (items.size() > SHOWN_MAX) {
            return withMore(items.subList(0, SHOWN_MAX), items.size());
        }
        String joined = String.join(",", items);
        return joined.isEmpty() ? Row.UNSET : joined;
    }

    /** {@code shown}, of {@code count} in all. */
    static String withMore(List<String> shown, int count) {
        return String.join(",", shown) + " + " + (count - SHOWN_MAX) + " more...";
    }

    static boolean isDeleting(JsonObject object) {
        return !object.objectOrEmpty("metadata").text("deletionTimestamp").isEmpty();
    }

    static String annotation(JsonObject object, String name) {
        return object.objectOrEmpty("metadata").objectOrEmpty("annotations").text(name);
    }

    /** Whether the condition {@code type} is true. */
    static boolean isTrue(JsonObject status, String type) {
        for (JsonObject condition : status.objects("conditions")) {
            if (condition.text("type").equals(type)) {
                return condition.text("status").equals("True");
            }
        }
        return false;
    }
}
