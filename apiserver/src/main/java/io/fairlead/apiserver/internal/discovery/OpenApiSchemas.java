// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.discovery;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.Field;
import io.fairlead.apiserver.internal.schema.GroupVersionKind;
import io.fairlead.apiserver.internal.schema.Schema;
import io.fairlead.apiserver.internal.schema.StructType;
import io.fairlead.apiserver.internal.schema.TypeRef;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Types as OpenAPI schemas, in the forms of versions 2 and 3. The two differ in where definitions live, and in that version 3
 * shows defaults and may say more than one thing of a reference.
 */
final class OpenApiSchemas {

    private final boolean v3;
    private final Descriptions descriptions;
    private final String group;
    private final String version;
    private final Map<String, JsonObject> collected = new TreeMap<>();

    /**
     * @param group of the document, and so is {@code version}: types that are kinds of every group say only that they are
     *     of this one
     */
    OpenApiSchemas(boolean v3, Descriptions descriptions, String group, String version) {
        this.v3 = v3;
        this.descriptions = descriptions;
        this.group = group;
        this.version = version;
    }

    /** A reference to {@code type}; its definition, and those of all that it refers to, are collected. */
    JsonObject reference(StructType type) {
        return reference(type.name());
    }

    /** A reference to what stands for a patch. */
    JsonObject patch() {
        return reference(Schema.META + ".Patch");
    }

    /** The definitions of all that was referred to, by name. */
    JsonObject definitions() {
        JsonObject definitions = new JsonObject();
        collected.forEach(definitions::put);
        return definitions;
    }

    private JsonObject reference(String typeName) {
        String name = "io.k8s." + typeName.replace('/', '.');
        if (!collected.containsKey(name)) {
            JsonObject definition = new JsonObject();
            collected.put(name, definition); // before its fields: types refer to themselves
            define(typeName, definition);
        }
        return new JsonObject().put("$ref", (v3 ? "#/components/schemas/" : "#/definitions/") + name);
    }

    private void define(String typeName, JsonObject definition) {
        describe(definition, descriptions.ofType(typeName));
        String shortName = typeName.substring(typeName.lastIndexOf('.') + 1);
        switch (shortName) {
            case "Quantity" -> {
                if (v3) {
                    definition.put("oneOf", JsonArray.of(typed("string"), typed("number")));
                } else {
                    definition.put("type", "string");
                }
            }
            case "IntOrString" -> {
                definition.put("format", "int-or-string");
                if (v3) {
                    definition.put("oneOf", JsonArray.of(typed("integer"), typed("string")));
                } else {
                    definition.put("type", "string");
                }
            }
            case "Time", "MicroTime" -> definition.put("type", "string").put("format", "date-time");
            case "RawExtension", "FieldsV1", "Patch" -> definition.put("type", "object");
            case "JSON", "JSONSchemaPropsOrArray", "JSONSchemaPropsOrBool", "JSONSchemaPropsOrStringArray" -> {
                // Anything goes, and so nothing is said.
            }
            default -> struct(Schema.builtIn().typeNamed(typeName), definition);
        }
    }

    private void struct(StructType type, JsonObject definition) {
        definition.put("type", "object");
        JsonObject properties = new JsonObject();
        for (Field field : type.fields()) {
            properties.put(field.name(), property(type, field));
        }
        if (!properties.isEmpty()) {
            properties.sortNames();
            definition.put("properties", properties);
        }
        List<String> required = type.required();
        if (!required.isEmpty()) {
            definition.put("required", JsonArray.ofStrings(required));
        }
        if (type.atomic()) {
            definition.put("x-kubernetes-map-type", "atomic");
        }
        type.unions().ifPresent(unions -> definition.put("x-kubernetes-unions", unions));
        JsonArray kinds = new JsonArray();
        for (GroupVersionKind kind : Schema.builtIn().kindsOf(type)) {
            boolean everywhere = type.name().startsWith(Schema.META) && v3;
            boolean here = kind.group().equals(group) && kind.version().equals(version);
            if (!everywhere || here || kind.group().isEmpty()) {
                kinds.add(kind(kind));
            }
        }
        if (!kinds.isEmpty()) {
            definition.put("x-kubernetes-group-version-kind", kinds);
        }
    }

    static JsonObject kind(GroupVersionKind kind) {
        return new JsonObject()
                .put("group", kind.group())
                .put("kind", kind.kind())
                .put("version", kind.version());
    }

    private JsonObject property(StructType type, Field field) {
        JsonObject property = value(field, field.type());
        String description = description(type, field);
        if (property.has("$ref")) {
            property = sibling(property, field);
        }
        describe(property, description);
        if (v3 && field.defaultValue().isPresent()) {
            property.put("default", field.defaultValue().get());
        }
        putUnlessEmpty(property, "x-kubernetes-list-type", field.listType().orElse(""));
        putUnlessEmpty(property, "x-kubernetes-map-type", field.mapType().orElse(""));
        if (!field.listMapKeys().isEmpty()) {
            property.put("x-kubernetes-list-map-keys", JsonArray.ofStrings(field.listMapKeys()));
        }
        putUnlessEmpty(property, "x-kubernetes-patch-strategy", field.patchStrategy());
        putUnlessEmpty(property, "x-kubernetes-patch-merge-key", field.patchMergeKey());
        return property;
    }

    /** Where nothing is said of a field, what is said of its type serves: not every type's comments are published. */
    private String description(StructType type, Field field) {
        String own = descriptions.ofField(type.name(), field.name());
        boolean reference = field.type() instanceof TypeRef.Struct && !field.undocumented();
        return own.isEmpty() && reference && v3
                ? descriptions.ofType(((TypeRef.Struct) field.type()).type().name())
                : own;
    }

    /** Version 3 wraps a reference that has something said beside it. */
    private JsonObject sibling(JsonObject reference, Field field) {
        if (!v3 || field.undocumented()) {
            return reference;
        }
        JsonObject wrapped = new JsonObject().put("allOf", JsonArray.of(reference));
        boolean struct = field.type() instanceof TypeRef.Struct;
        return struct && !field.pointer() ? wrapped.put("default", new JsonObject()) : wrapped;
    }

    private JsonObject value(Field field, TypeRef type) {
        return switch (type) {
            case TypeRef.Scalar scalar -> scalar(field, scalar);
            case TypeRef.Struct struct -> reference(struct.type());
            case TypeRef.ListOf list -> new JsonObject().put("type", "array").put("items", item(field, list.items()));
            case TypeRef.MapOf map ->
                new JsonObject().put("type", "object").put("additionalProperties", item(field, map.values()));
        };
    }

    private JsonObject item(Field field, TypeRef type) {
        JsonObject item = value(field, type);
        if (!v3) {
            return item;
        }
        return switch (type) {
            case TypeRef.Struct ignored ->
                new JsonObject().put("allOf", JsonArray.of(item)).put("default", new JsonObject());
            case TypeRef.Scalar scalar ->
                scalar.kind()
                        .primitive()
                        .map(each -> item.put("default", each.zero()))
                        .orElse(item);
            case TypeRef.ListOf ignored -> item;
            case TypeRef.MapOf ignored -> item;
        };
    }

    private JsonObject scalar(Field field, TypeRef.Scalar scalar) {
        return switch (scalar.kind()) {
            case STRING, BYTES -> plain("string", field);
            case BOOL -> plain("boolean", field);
            case INT32, INT64 -> plain("integer", field);
            case FLOAT64 -> plain("number", field);
            case DURATION -> typed("string");
            case QUANTITY -> reference("apimachinery/pkg/api/resource.Quantity");
            case TIME -> reference("apimachinery/pkg/apis/meta/v1.Time");
            case MICRO_TIME -> reference("apimachinery/pkg/apis/meta/v1.MicroTime");
            case INT_OR_STRING -> reference("apimachinery/pkg/util/intstr.IntOrString");
            case RAW_EXTENSION -> reference("apimachinery/pkg/runtime.RawExtension");
            case FIELDS_V1 -> reference("apimachinery/pkg/apis/meta/v1.FieldsV1");
            case JSON -> reference(Schema.JSON_ANY);
            case SCHEMA_OR_ARRAY -> reference(Schema.JSON_SCHEMA + "OrArray");
            case SCHEMA_OR_BOOL -> reference(Schema.JSON_SCHEMA + "OrBool");
            case SCHEMA_OR_STRINGS -> reference(Schema.JSON_SCHEMA + "OrStringArray");
        };
    }

    private static JsonObject plain(String type, Field field) {
        JsonObject schema = typed(type);
        field.format().ifPresent(format -> schema.put("format", format));
        if (!field.enumValues().isEmpty()) {
            schema.put("enum", JsonArray.ofStrings(field.enumValues()));
        }
        return schema;
    }

    private static JsonObject typed(String type) {
        return new JsonObject().put("type", type);
    }

    private static void describe(JsonObject schema, String description) {
        putUnlessEmpty(schema, "description", description);
    }

    private static void putUnlessEmpty(JsonObject into, String name, String value) {
        if (!value.isEmpty()) {
            into.put(name, value);
        }
    }
}
