// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.validation.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a question about access must say. Pure. */
final class ReviewRules {
    private static final String RESOURCE = "spec.resourceAttributes";
    private static final String OTHER = "spec.nonResourceAttributes";

    private ReviewRules() {}

    private static List<FieldError> subject(JsonObject spec) {
        List<FieldError> errors = new ArrayList<>();
        boolean resource = spec.object("resourceAttributes") != null;
        JsonObject other = spec.object("nonResourceAttributes");
        if (resource && other != null) {
            errors.add(invalid(OTHER, shown(other), "cannot be specified in combination with resourceAttributes"));
        }
        if (!resource && other == null) {
            errors.add(invalid(
                    RESOURCE, null, "exactly one of nonResourceAttributes or resourceAttributes must be specified"));
        }
        return errors;
    }

    static List<FieldError> ofOneself(JsonObject review) {
        List<FieldError> errors = subject(review.objectOrEmpty("spec"));
        selectors(review.objectOrEmpty("spec"), errors);
        noMetadata(review, Set.of(), "must be empty", errors);
        return errors;
    }

    static List<FieldError> ofOthers(JsonObject review) {
        List<FieldError> errors = ofAnybody(review.objectOrEmpty("spec"));
        noMetadata(review, Set.of(), "must be empty", errors);
        return errors;
    }

    private static List<FieldError> ofAnybody(JsonObject spec) {
        List<FieldError> errors = subject(spec);
        if (spec.text("user").isEmpty() && spec.arrayOrEmpty("groups").isEmpty()) {
            errors.add(invalid("spec.user", JsonString.EMPTY, "at least one of user or group must be specified"));
        }
        selectors(spec, errors);
        return errors;
    }

    /** A question is no object, so it has no name or anything of that kind. */
    private static void noMetadata(JsonObject review, Set<String> allowed, String detail, List<FieldError> errors) {
        JsonObject metadata = review.objectOrEmpty("metadata");
        boolean empty =
                metadata.names().stream().allMatch(name -> name.equals("managedFields") || allowed.contains(name));
        if (!empty) {
            errors.add(invalid("metadata", metadata, detail));
        }
    }

    private static void selectors(JsonObject spec, List<FieldError> errors) {
        JsonObject resource = spec.objectOrEmpty("resourceAttributes");
        for (String name : List.of("fieldSelector", "labelSelector")) {
            JsonObject selector = resource.object(name);
            if (selector != null) {
                selector(selector, RESOURCE + "." + name, errors);
            }
        }
    }

    private static void selector(JsonObject selector, String path, List<FieldError> errors) {
        String raw = selector.text("rawSelector");
        List<JsonObject> requirements = selector.objects("requirements");
        if (!raw.isEmpty() && !requirements.isEmpty()) {
            errors.add(invalid(
                    path + ".rawSelector", new JsonString(raw), "may not specified at the same time as requirements"));
        }
        if (raw.isEmpty() && requirements.isEmpty()) {
            errors.add(new FieldError(
                    FieldError.Kind.REQUIRED,
                    path + ".requirements",
                    null,
                    "when " + path + " is specified, requirements or rawSelector is required"));
        }
        for (int i = 0; i < requirements.size(); i++) {
            requirement(requirements.get(i), path + ".requirements[" + i + "]", errors);
        }
    }

    private static void requirement(JsonObject requirement, String path, List<FieldError> errors) {
        if (requirement.text("key").isEmpty()) {
            errors.add(new FieldError(FieldError.Kind.REQUIRED, path + ".key", null, "must be specified"));
        }
        boolean values = !requirement.arrayOrEmpty("values").isEmpty();
        switch (requirement.text("operator")) {
            case "In", "NotIn" -> {
                if (!values) {
                    errors.add(new FieldError(
                            FieldError.Kind.REQUIRED,
                            path + ".values",
                            null,
                            "must be specified when `operator` is 'In' or 'NotIn'"));
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (values) {
                    errors.add(new FieldError(
                            FieldError.Kind.FORBIDDEN,
                            path + ".values",
                            null,
                            "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"));
                }
            }
            default -> {
                // Operators of later versions are let pass: who does not know them takes them for anything.
            }
        }
    }

    static List<FieldError> inNamespace(JsonObject review, String namespace) {
        JsonObject spec = review.objectOrEmpty("spec");
        List<FieldError> errors = ofAnybody(spec);
        noMetadata(review, Set.of("namespace"), "must be empty except for namespace", errors);
        JsonObject resource = spec.object("resourceAttributes");
        if (resource != null && !resource.text("namespace").equals(namespace)) {
            errors.add(invalid(
                    RESOURCE + ".namespace",
                    new JsonString(resource.text("namespace")),
                    "must match metadata.namespace"));
        }
        JsonObject other = spec.object("nonResourceAttributes");
        if (other != null) {
            errors.add(invalid(OTHER, shown(other), "disallowed on this kind of request"));
        }
        return errors;
    }

    private static FieldError invalid(String path, @Nullable JsonValue value, String detail) {
        return new FieldError(FieldError.Kind.INVALID, path, value, detail);
    }

    /** With the names that the fields have in Go, where they have no others. */
    private static JsonObject shown(JsonObject other) {
        return new JsonObject().put("Path", other.text("path")).put("Verb", other.text("verb"));
    }
}
