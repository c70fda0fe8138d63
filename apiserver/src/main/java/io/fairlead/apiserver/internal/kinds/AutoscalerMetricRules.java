// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.Names;
import io.fairlead.apiserver.internal.validation.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is wrong with the metrics that an autoscaler looks at. */
final class AutoscalerMetricRules {
    /** The member in which each type of metric says more, by type, in the order in which messages name the types. */
    private static final Map<String, String> SOURCES = new TreeMap<>(Map.of(
            "ContainerResource",
            "containerResource",
            "External",
            "external",
            "Object",
            "object",
            "Pods",
            "pods",
            "Resource",
            "resource"));

    /** The members in the order in which they are looked at: only the first one present is looked into. */
    private static final List<String> MEMBERS = List.of("object", "external", "pods", "resource", "containerResource");

    private final boolean anyVersion;

    /** With {@code anyVersion}, described objects may be of a malformed version, because there is one already. */
    AutoscalerMetricRules(boolean anyVersion) {
        this.anyVersion = anyVersion;
    }

    void validate(JsonObject metric, FieldPath path, FieldErrors errors) {
        String type = metric.text("type");
        List<String> types = List.copyOf(SOURCES.keySet());
        if (type.isEmpty()) {
            errors.required(path.child("type"), "must specify a metric source type");
        }
        errors.oneOf(path.child("type"), type, types);
        List<String> present = new ArrayList<>();
        for (String member : MEMBERS) {
            JsonObject source = metric.object(member);
            if (source != null) {
                present.add(member);
                if (present.size() == 1) {
                    validateSource(member, source, path.child(member), errors);
                }
            }
        }
        String expected = SOURCES.get(type);
        if (expected == null) {
            // The original asks twice.
            errors.unsupported(path.child("type"), type, types);
        } else if (!present.contains(expected)) {
            errors.required(path.child(expected), "must populate information for the given metric source");
        }
        if (present.size() != 1) {
            present.stream()
                    .filter(member -> !member.equals(expected))
                    .forEach(member ->
                            errors.forbidden(path.child(member), "must populate the given metric source only"));
        }
    }

    private void validateSource(String member, JsonObject source, FieldPath path, FieldErrors errors) {
        JsonObject target = source.objectOrEmpty("target");
        FieldPath at = path.child("target");
        switch (member) {
            case "object" -> {
                reference(
                        source.objectOrEmpty("describedObject"),
                        true,
                        anyVersion,
                        path.child("describedObject"),
                        errors);
                validateIdentifier(source.objectOrEmpty("metric"), path.child("metric"), errors);
                validateTarget(target, at, errors);
                if (absent(target, "value") && absent(target, "averageValue")) {
                    errors.required(at.child("averageValue"), "must set either a target value or averageValue");
                }
            }
            case "external" -> {
                validateIdentifier(source.objectOrEmpty("metric"), path.child("metric"), errors);
                validateTarget(target, at, errors);
                validateExternalTarget(target, at, errors);
            }
            case "pods" -> {
                validateIdentifier(source.objectOrEmpty("metric"), path.child("metric"), errors);
                validateTarget(target, at, errors);
                // One that is not positive was complained of already.
                if (absent(target, "averageValue")) {
                    errors.required(at.child("averageValue"), "must specify a positive target averageValue");
                }
            }
            case "containerResource" -> {
                if (source.text("name").isEmpty()) {
                    errors.required(path.child("name"), "must specify a resource name");
                }
                String container = source.text("container");
                if (container.isEmpty()) {
                    errors.required(path.child("container"), "must specify a container");
                } else {
                    errors.invalid(path.child("container"), container, Names.dnsLabel(container));
                }
                validateTarget(target, at, errors);
                validateResourceTarget(target, at, errors);
            }
            default -> {
                if (source.text("name").isEmpty()) {
                    errors.required(path.child("name"), "must specify a resource name");
                }
                validateTarget(target, at, errors);
                validateResourceTarget(target, at, errors);
            }
        }
    }

    private static void validateExternalTarget(JsonObject target, FieldPath path, FieldErrors errors) {
        boolean value = !absent(target, "value");
        boolean average = !absent(target, "averageValue");
        if (!value && !average) {
            errors.required(
                    path.child("averageValue"), "must set either a target value for metric or a per-pod target");
        } else if (value && average) {
            errors.forbidden(path.child("value"), "may not set both a target value for metric and a per-pod target");
        }
    }

    private static void validateResourceTarget(JsonObject target, FieldPath path, FieldErrors errors) {
        boolean utilization = !absent(target, "averageUtilization");
        boolean average = !absent(target, "averageValue");
        if (!utilization && !average) {
            errors.required(
                    path.child("averageUtilization"), "must set either a target raw value or a target utilization");
        } else if (utilization && average) {
            errors.forbidden(
                    path.child("averageValue"), "may not set both a target raw value and a target utilization");
        }
    }

    private static void validateTarget(JsonObject target, FieldPath path, FieldErrors errors) {
        String type = target.text("type");
        if (type.isEmpty()) {
            errors.required(path.child("type"), "must specify a metric target type");
        }
        if (!List.of("Utilization", "Value", "AverageValue").contains(type)) {
            errors.invalid(path.child("type"), type, "must be either Utilization, Value, or AverageValue");
        }
        for (String field : List.of("value", "averageValue")) {
            if (!absent(target, field) && Quantity.orZero(target.get(field)).signum() != 1) {
                errors.invalid(path.child(field), target.get(field), "must be positive");
            }
        }
        if (!absent(target, "averageUtilization") && target.number("averageUtilization") < 1) {
            errors.invalid(
                    path.child("averageUtilization"), target.number("averageUtilization"), "must be greater than 0");
        }
    }

    private static void validateIdentifier(JsonObject metric, FieldPath path, FieldErrors errors) {
        String name = metric.text("name");
        if (name.isEmpty()) {
            errors.required(path.child("name"), "must specify a metric name");
        } else {
            errors.invalid(path.child("name"), name, Names.pathSegment(name));
        }
    }

    /**
     * A reference to an object of any kind.
     *
     * @param core whether the kind may be one of the core group
     * @param anyVersion whether its version is not looked at
     */
    static void reference(JsonObject reference, boolean core, boolean anyVersion, FieldPath path, FieldErrors errors) {
        for (String field : List.of("kind", "name")) {
            String value = reference.text(field);
            if (value.isEmpty()) {
                errors.required(path.child(field), "");
            } else {
                errors.invalid(path.child(field), value, Names.pathSegment(value));
            }
        }
        String problem = anyVersion ? "" : versionProblem(reference, core);
        if (!problem.isEmpty()) {
            errors.invalid(path.child("apiVersion"), reference.text("apiVersion"), problem);
        }
    }

    /** What is wrong with the {@code apiVersion} of {@code reference}; empty if nothing is. */
    static String versionProblem(JsonObject reference, boolean core) {
        String version = reference.text("apiVersion");
        int slash = version.indexOf('/');
        if (slash != version.lastIndexOf('/')) {
            return "unexpected GroupVersion string: " + version;
        }
        boolean grouped = slash > 0;
        return grouped || core ? "" : "apiVersion must specify API group";
    }

    private static boolean absent(JsonObject target, String field) {
        return Defaults.absent(target, field);
    }
}
