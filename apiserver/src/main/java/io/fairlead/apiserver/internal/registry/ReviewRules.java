// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.validation.FieldError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a question about access must say. Pure. */
final class ReviewRules {
    private static final String RESOURCE = "spec.resourceAttributes";
    private static final String OTHER = "spec.nonResourceAttributes";

    private ReviewRules() {}

    static List<FieldError> ofOneself(JsonObject spec) {
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

    static List<FieldError> ofOthers(JsonObject spec) {
        List<FieldError> errors = new ArrayList<>(ofOneself(spec));
        if (spec.text("user").isEmpty() && spec.arrayOrEmpty("groups").isEmpty()) {
            errors.add(invalid("spec.user", JsonString.EMPTY, "at least one of user or group must be specified"));
        }
        return errors;
    }

    static List<FieldError> inNamespace(JsonObject spec, String namespace) {
        List<FieldError> errors = new ArrayList<>(ofOthers(spec));
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
