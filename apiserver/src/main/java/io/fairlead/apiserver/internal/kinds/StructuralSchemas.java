// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonBoolean;
import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import java.util.List;
import java.util.Set;

/**
 * Whether the schema of a custom resource is structural: each field has one type, said outside of {@code allOf} and the like.
 *
 * <p>Not looked at are CEL expressions and whether defaults fit the schema.
 */
final class StructuralSchemas {
    /** Where a schema stands in the one that it is part of. */
    private enum Level {
        ROOT("at the root"),
        ITEM("for specified array items"),
        FIELD("for specified object fields");

        private final String words;

        Level(String words) {
            this.words = words;
        }
    }

    private static final String EXTENSION = "x-kubernetes-";
    private static final String PRESERVE = EXTENSION + "preserve-unknown-fields";
    private static final String EMBEDDED = EXTENSION + "embedded-resource";
    private static final String INT_OR_STRING = EXTENSION + "int-or-string";
    private static final List<String> TYPES = List.of("array", "boolean", "integer", "number", "object", "string");
    private static final List<String> UNSUPPORTED =
            List.of("$ref", "$schema", "id", "definitions", "dependencies", "patternProperties", "additionalItems");
    private static final List<String> JUNCTIONS = List.of("allOf", "anyOf", "oneOf");
    private static final Set<String> IMPLICIT = Set.of("name", "generateName");

    /** What only the schema itself may say, and not its conditions. */
    private static final List<String> STRUCTURE_TEXTS =
            List.of("type", "title", "description", "x-kubernetes-validations");

    private static final List<String> STRUCTURE_VALUES = List.of(
            "default",
            "additionalProperties",
            "x-kubernetes-list-type",
            "x-kubernetes-list-map-keys",
            "x-kubernetes-map-type");

    private static final List<String> STRUCTURE_FLAGS = List.of("nullable", EMBEDDED, INT_OR_STRING, PRESERVE);

    private final boolean structural;

    private StructuralSchemas(boolean structural) {
        this.structural = structural;
    }

    static void validate(JsonObject schema, FieldPath path, FieldErrors errors) {
        if (schema.flag("nullable")) {
            errors.forbidden(path.child("nullable"), "nullable cannot be true at the root");
        }
        new StructuralSchemas(expressible(schema)).validate(schema, Level.ROOT, path, errors);
    }

    /** Whether the schema has nothing that the original has no form for: else it does not ask whether it is structural. */
    private static boolean expressible(JsonObject schema) {
        if (UNSUPPORTED.stream().anyMatch(field -> says(schema, field))) {
            return false;
        }
        for (String part : List.of("properties", "items", "additionalProperties", "not")) {
            JsonObject object = schema.object(part);
            if (object == null) {
                continue;
            }
            boolean good = part.equals("properties")
                    ? object.names().stream().allMatch(name -> expressible(object.objectOrEmpty(name)))
                    : expressible(object);
            if (!good) {
                return false;
            }
        }
        return JUNCTIONS.stream()
                .flatMap(junction -> schema.objects(junction).stream())
                .allMatch(StructuralSchemas::expressible);
    }

    private static boolean says(JsonObject schema, String field) {
        JsonValue value = schema.get(field);
        return value != null && value != JsonNull.NULL && !(value instanceof JsonObject object && object.isEmpty());
    }

    private void validate(JsonObject schema, Level level, FieldPath path, FieldErrors errors) {
        validateUnsupported(schema, path, errors);
        validateTypeName(schema, path.child("type"), errors);
        if (schema.get(PRESERVE) == JsonBoolean.FALSE) {
            errors.invalid(path.child(PRESERVE), JsonBoolean.FALSE, "must be true or undefined");
        }
        ListSchemas.validate(schema, path, errors);
        if (structural) {
            validateStructure(schema, level, path, errors);
        }
        SchemaRules.validate(schema.objects(EXTENSION + "validations"), path.child(EXTENSION + "validations"), errors);
        JsonObject properties = schema.objectOrEmpty("properties");
        properties.forEach((name, property) -> {
            if (property instanceof JsonObject object) {
                validate(object, Level.FIELD, path.child("properties").key(name), errors);
            }
        });
        if (schema.get("additionalProperties") instanceof JsonObject more) {
            validate(more, Level.FIELD, path.child("additionalProperties"), errors);
        }
        if (schema.get("items") instanceof JsonObject items) {
            validate(items, Level.ITEM, path.child("items"), errors);
        }
    }

    private static void validateStructure(JsonObject schema, Level level, FieldPath path, FieldErrors errors) {
        validateType(schema, level, path, errors);
        if (level == Level.ROOT || schema.flag(EMBEDDED)) {
            validateImplicit(schema, level == Level.ROOT, path, errors);
        }
        for (String junction : JUNCTIONS) {
            List<JsonObject> conditions = schema.objects(junction);
            for (int i = 0; i < conditions.size(); i++) {
                validateCondition(
                        conditions.get(i),
                        schema.flag(INT_OR_STRING),
                        path.child(junction).index(i),
                        errors);
            }
        }
        JsonObject not = schema.object("not");
        if (not != null) {
            validateCondition(not, false, path.child("not"), errors);
        }
    }

    private static void validateUnsupported(JsonObject schema, FieldPath path, FieldErrors errors) {
        for (String field : UNSUPPORTED) {
            if (says(schema, field)) {
                errors.forbidden(path.child(field), field + " is not supported");
            }
        }
        if (schema.flag("uniqueItems")) {
            errors.forbidden(
                    path.child("uniqueItems"),
                    "uniqueItems cannot be set to true since the runtime complexity becomes quadratic");
        }
        JsonValue more = schema.get("additionalProperties");
        boolean open = more instanceof JsonObject || more == JsonBoolean.TRUE;
        if (open && !schema.objectOrEmpty("properties").isEmpty()) {
            errors.forbidden(
                    path.child("additionalProperties"), "additionalProperties and properties are mutual exclusive");
        }
        if (schema.get("items") instanceof JsonArray) {
            errors.forbidden(path.child("items"), "items must be a schema object and not an array");
        }
        String pattern = schema.text("pattern");
        if (!pattern.isEmpty()) {
            String problem = RegexSyntax.problem(pattern);
            if (!problem.isEmpty()) {
                errors.invalid(
                        path.child("pattern"), pattern, "must be a valid regular expression, but isn't: " + problem);
            }
        }
    }

    private static void validateTypeName(JsonObject schema, FieldPath path, FieldErrors errors) {
        String type = schema.text("type");
        if (type.equals("null")) {
            errors.forbidden(path, "type cannot be set to null, use nullable as an alternative");
        }
        if (!type.isEmpty() && !TYPES.contains(type)) {
            errors.unsupported(path, type, TYPES);
        }
    }

    private static void validateType(JsonObject schema, Level level, FieldPath path, FieldErrors errors) {
        String type = schema.text("type");
        FieldPath at = path.child("type");
        boolean embedded = schema.flag(EMBEDDED);
        boolean free = level != Level.ROOT && (schema.flag(INT_OR_STRING) || schema.flag(PRESERVE));
        if (type.isEmpty() && !free) {
            errors.required(at, "must not be empty " + level.words);
        }
        if (embedded && !type.equals("object")) {
            String wanted = "must be object if " + EMBEDDED + " is true";
            if (type.isEmpty()) {
                errors.required(at, wanted);
            } else {
                errors.invalid(at, type, wanted);
            }
        } else if (level == Level.ROOT && !type.isEmpty() && !type.equals("object")) {
            errors.invalid(at, type, "must be object at the root");
        }
        if (embedded
                && !schema.flag(PRESERVE)
                && schema.objectOrEmpty("properties").isEmpty()) {
            errors.required(
                    path.child("properties"), "must not be empty if " + EMBEDDED + " is true without " + PRESERVE);
        }
        if (type.equals("array") && Defaults.absent(schema, "items")) {
            errors.required(path.child("items"), "must be specified");
        }
    }

    /** What every object has anyway, and the schema may only narrow down. */
    private static void validateImplicit(JsonObject schema, boolean top, FieldPath path, FieldErrors errors) {
        JsonObject properties = schema.objectOrEmpty("properties");
        for (String field : List.of("apiVersion", "kind", "metadata")) {
            JsonObject property = properties.object(field);
            if (property == null) {
                continue;
            }
            FieldPath at = path.child("properties").key(field);
            String wanted = field.equals("metadata") ? "object" : "string";
            String type = property.text("type");
            if (!type.isEmpty() && !type.equals(wanted)) {
                errors.invalid(at.child("type"), type, "must be " + wanted);
            }
            if (top) {
                forbidDefaults(property, field, at, errors);
            }
        }
        JsonObject metadata = properties.object("metadata");
        if (metadata != null && metadata.text("type").equals("object")) {
            boolean more = !IMPLICIT.containsAll(
                            metadata.objectOrEmpty("properties").names())
                    || metadata.names().stream().anyMatch(name -> !List.of("type", "properties", "description", "title")
                            .contains(name));
            if (more) {
                errors.forbidden(
                        path.child("properties").key("metadata"),
                        "must not specify anything other than name and generateName, but metadata is implicitly"
                                + " specified");
            }
        }
    }

    private static void forbidDefaults(JsonObject property, String top, FieldPath path, FieldErrors errors) {
        if (!Defaults.absent(property, "default")) {
            errors.forbidden(path.child("default"), "must not be set in top-level " + top);
        }
        property.objectOrEmpty("properties").forEach((name, inner) -> {
            if (inner instanceof JsonObject object) {
                forbidDefaults(object, top, path.child("properties").key(name), errors);
            }
        });
    }

    /** A part of a condition says what values are good, and nothing else. */
    private static void validateCondition(
            JsonObject condition, boolean intOrString, FieldPath path, FieldErrors errors) {
        validateUnsupported(condition, path, errors);
        ListSchemas.validate(condition, path, errors);
        for (String field : STRUCTURE_TEXTS) {
            boolean excused = intOrString && field.equals("type");
            if (!excused && condition.has(field)) {
                errors.forbidden(path.child(field), "must be empty to be structural");
            }
        }
        for (String field : STRUCTURE_VALUES) {
            if (condition.has(field)) {
                errors.forbidden(path.child(field), "must be undefined to be structural");
            }
        }
        for (String field : STRUCTURE_FLAGS) {
            if (condition.flag(field)) {
                errors.forbidden(path.child(field), "must be false to be structural");
            }
        }
        for (String junction : JUNCTIONS) {
            List<JsonObject> more = condition.objects(junction);
            for (int i = 0; i < more.size(); i++) {
                validateCondition(more.get(i), intOrString, path.child(junction).index(i), errors);
            }
        }
        condition.objectOrEmpty("properties").forEach((name, property) -> {
            if (property instanceof JsonObject object) {
                validateCondition(object, false, path.child("properties").key(name), errors);
            }
        });
        if (condition.get("items") instanceof JsonObject items) {
            validateCondition(items, false, path.child("items"), errors);
        }
    }
}
