// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The versions of a defined kind: names, schema, printer columns, selectable fields, subresources.
 *
 * <p>What all versions have alike, the original moves to the top of the spec before it looks, and complains of there.
 */
final class DefinitionVersions {
    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final FieldPath VERSIONS = SPEC.child("versions");
    private static final List<String> SHARED =
            List.of("schema", "subresources", "additionalPrinterColumns", "selectableFields");
    private static final List<String> COLUMN_TYPES = List.of("boolean", "date", "integer", "number", "string");
    private static final List<String> COLUMN_FORMATS =
            List.of("byte", "date", "date-time", "double", "float", "int32", "int64", "password");
    private static final int SELECTABLE_MAX = 8;

    private DefinitionVersions() {}

    static void validate(JsonObject spec, FieldErrors errors) {
        List<JsonObject> versions = spec.objects("versions");
        Set<String> names = new HashSet<>();
        int storage = 0;
        for (int i = 0; i < versions.size(); i++) {
            JsonObject version = versions.get(i);
            FieldPath path = VERSIONS.index(i);
            String name = version.text("name");
            names.add(name);
            storage += version.flag("storage") ? 1 : 0;
            errors.invalid(path.child("name"), name, Names.dnsLabel1035(name));
            if (i == 0) {
                errors.invalid(SPEC.child("version"), name, Names.dnsLabel1035(name));
            }
            validateDeprecation(version, path.child("deprecationWarning"), errors);
            if (version.objectOrEmpty("schema").object("openAPIV3Schema") == null) {
                errors.required(path.child("schema", "openAPIV3Schema"), "");
            }
        }
        if (names.size() < versions.size()) {
            errors.invalid(VERSIONS, asText(versions), "must contain unique version names");
        }
        if (storage != 1) {
            errors.invalid(VERSIONS, asText(versions), "must have exactly one version marked as storage version");
        }
        for (String field : SHARED) {
            validateShared(field, versions, errors);
        }
    }

    private static void validateDeprecation(JsonObject version, FieldPath path, FieldErrors errors) {
        if (Defaults.absent(version, "deprecationWarning")) {
            return;
        }
        String warning = version.text("deprecationWarning");
        if (!version.flag("deprecated")) {
            errors.invalid(path, warning, "can only be set for deprecated versions");
        }
        if (warning.isEmpty()) {
            errors.invalid(path, warning, "must not be an empty string");
        }
    }

    private static JsonArray asText(List<JsonObject> versions) {
        JsonArray text = new JsonArray();
        for (JsonObject version : versions) {
            JsonObject copy = version.deepCopy();
            SHARED.stream().filter(field -> alike(field, versions)).forEach(copy::remove);
            text.add(GoStructs.of("CustomResourceDefinitionVersion", copy));
        }
        return text;
    }

    private static boolean alike(String field, List<JsonObject> versions) {
        return versions.stream()
                                .map(version -> version.get(field))
                                .filter(Objects::nonNull)
                                .distinct()
                                .count()
                        <= 1
                && versions.stream()
                                .map(version -> version.has(field))
                                .distinct()
                                .count()
                        <= 1;
    }

    private static void validateShared(String field, List<JsonObject> versions, FieldErrors errors) {
        boolean alike = alike(field, versions);
        for (int i = 0; i < versions.size() && (i == 0 || !alike); i++) {
            JsonObject version = versions.get(i);
            if (version.has(field)) {
                validateOne(field, version, alike ? SPEC : VERSIONS.index(i), errors);
            }
        }
    }

    private static void validateOne(String field, JsonObject version, FieldPath path, FieldErrors errors) {
        JsonObject schema = version.objectOrEmpty("schema").object("openAPIV3Schema");
        switch (field) {
            case "schema" -> {
                if (schema != null) {
                    StructuralSchemas.validate(
                            schema, path.child(path == SPEC ? "validation" : "schema", "openAPIV3Schema"), errors);
                }
            }
            case "subresources" -> {
                JsonObject scale = version.objectOrEmpty("subresources").object("scale");
                if (scale != null) {
                    validateScale(scale, path.child("subresources", "scale"), errors);
                }
            }
            case "additionalPrinterColumns" -> {
                List<JsonObject> columns = version.objects(field);
                for (int i = 0; i < columns.size(); i++) {
                    validateColumn(columns.get(i), path.child(field).index(i), errors);
                }
            }
            default -> validateSelectable(version.objects(field), schema, path.child(field), errors);
        }
    }

    private static void validateScale(JsonObject scale, FieldPath path, FieldErrors errors) {
        validatePath(scale.text("specReplicasPath"), List.of(".spec"), path.child("specReplicasPath"), errors);
        validatePath(scale.text("statusReplicasPath"), List.of(".status"), path.child("statusReplicasPath"), errors);
        String selector = scale.text("labelSelectorPath");
        if (!selector.isEmpty()) {
            validatePath(selector, List.of(".spec", ".status"), path.child("labelSelectorPath"), errors);
        }
    }

    private static void validatePath(String text, List<String> roots, FieldPath path, FieldErrors errors) {
        if (text.isEmpty()) {
            errors.required(path, "");
        } else if (!text.startsWith(".")) {
            errors.invalid(path, text, "must be a simple json path starting with .");
        } else if (roots.stream().noneMatch(root -> text.startsWith(root + "."))) {
            errors.invalid(
                    path,
                    text,
                    "should be a json path under " + (roots.size() > 1 ? "either " : "") + String.join(" or ", roots));
        }
    }

    private static void validateColumn(JsonObject column, FieldPath path, FieldErrors errors) {
        if (column.text("name").isEmpty()) {
            errors.required(path.child("name"), "");
        }
        String type = column.text("type");
        String types = "must be one of " + String.join(",", COLUMN_TYPES);
        if (type.isEmpty()) {
            errors.required(path.child("type"), types);
        } else if (!COLUMN_TYPES.contains(type)) {
            errors.invalid(path.child("type"), type, types);
        }
        String format = column.text("format");
        if (!format.isEmpty() && !COLUMN_FORMATS.contains(format)) {
            errors.invalid(path.child("format"), format, "must be one of " + String.join(",", COLUMN_FORMATS));
        }
        String jsonPath = column.text("jsonPath");
        if (jsonPath.isEmpty()) {
            errors.required(path.child("JSONPath"), "");
        } else if (!jsonPath.startsWith(".")) {
            errors.invalid(path.child("JSONPath"), jsonPath, "must be a simple json path starting with .");
        }
    }

    private static void validateSelectable(
            List<JsonObject> fields, @Nullable JsonObject schema, FieldPath path, FieldErrors errors) {
        if (DeviceClaims.tooMany(fields, SELECTABLE_MAX, path, errors)) {
            return;
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < fields.size(); i++) {
            String jsonPath = fields.get(i).text("jsonPath");
            FieldPath at = path.index(i).child("jsonPath");
            if (jsonPath.isEmpty()) {
                errors.required(at, "");
                continue;
            }
            if (jsonPath.indexOf('[') >= 0) {
                errors.invalid(at, jsonPath, "is an invalid path: array notation is not allowed");
                continue;
            }
            String problem = schema == null ? "" : SelectablePaths.problem(jsonPath, schema);
            if (!problem.isEmpty()) {
                errors.invalid(at, jsonPath, problem);
            }
            DeviceClaims.duplicate(seen, jsonPath, at, errors);
        }
    }
}
