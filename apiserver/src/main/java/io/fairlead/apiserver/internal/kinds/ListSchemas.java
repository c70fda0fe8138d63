// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;

/** How lists and maps of a custom resource are merged, and what that asks of their schema. */
final class ListSchemas {
    private static final String LIST_TYPE = "x-kubernetes-list-type";
    private static final String KEYS = "x-kubernetes-list-map-keys";
    private static final String MAP_TYPE = "x-kubernetes-map-type";

    private ListSchemas() {}

    static void validate(JsonObject schema, FieldPath path, FieldErrors errors) {
        String type = schema.text("type");
        String list = schema.text(LIST_TYPE);
        List<String> keys = schema.texts(KEYS);
        JsonObject items = schema.objectOrEmpty("items");
        if (!list.isEmpty() && !type.equals("array")) {
            mustBe(type, "array if " + LIST_TYPE + " is specified", path, errors);
        }
        if (!list.isEmpty()) {
            errors.oneOf(path.child(LIST_TYPE), list, List.of("atomic", "set", "map"));
        }
        if (list.equals("set")) {
            validateSetItems(items, path.child("items"), errors);
        }
        if (list.equals("map")) {
            validateKeyed(items, keys, path, errors);
        } else if (!keys.isEmpty()) {
            String wanted = "must be map if " + KEYS + " is non-empty";
            if (list.isEmpty()) {
                errors.required(path.child(LIST_TYPE), wanted);
            } else {
                errors.invalid(path.child(LIST_TYPE), list, wanted);
            }
        }
        if (!Defaults.absent(schema, MAP_TYPE)) {
            if (!type.equals("object")) {
                mustBe(type, "object if " + MAP_TYPE + " is specified", path, errors);
            }
            errors.oneOf(path.child(MAP_TYPE), schema.text(MAP_TYPE), List.of("atomic", "granular"));
        }
    }

    private static void mustBe(String type, String wanted, FieldPath path, FieldErrors errors) {
        if (type.isEmpty()) {
            errors.required(path.child("type"), "must be " + wanted);
        } else {
            errors.invalid(path.child("type"), type, "must be " + wanted);
        }
    }

    /** Items of a set are told apart as wholes. */
    private static void validateSetItems(JsonObject items, FieldPath path, FieldErrors errors) {
        String wanted = "must be atomic as item of a list with " + LIST_TYPE + "=set";
        String type = items.text("type");
        if (type.equals("object") && !items.text(MAP_TYPE).equals("atomic")) {
            JsonValue found = items.get(MAP_TYPE);
            errors.invalid(path.child(MAP_TYPE), found == null ? JsonNull.NULL : found, wanted);
        }
        boolean atomicList = items.text(LIST_TYPE).equals("atomic") || Defaults.absent(items, LIST_TYPE);
        if (type.equals("array") && !atomicList) {
            errors.invalid(path.child(LIST_TYPE), items.get(LIST_TYPE), wanted);
        }
        if (items.flag("nullable")) {
            errors.forbidden(path.child("nullable"), "cannot be nullable when " + LIST_TYPE + " is set");
        }
    }

    private static void validateKeyed(JsonObject items, List<String> keys, FieldPath path, FieldErrors errors) {
        if (keys.isEmpty()) {
            errors.required(path.child(KEYS), "must not be empty if " + LIST_TYPE + " is map");
            return;
        }
        FieldPath at = path.child("items");
        if (items.isEmpty()) {
            errors.required(at, "must have a schema if " + LIST_TYPE + " is map");
            return;
        }
        if (!items.text("type").equals("object")) {
            mustBe(items.text("type"), "object if parent array's " + LIST_TYPE + " is map", at, errors);
            return;
        }
        if (new HashSet<>(keys).size() < keys.size()) {
            errors.invalid(path.child(KEYS), JsonArray.ofStrings(keys), "must not contain duplicate entries");
        }
        if (!items.objectOrEmpty("properties").names().containsAll(keys)) {
            errors.invalid(path.child(KEYS), JsonArray.ofStrings(keys), "entries must all be names of item properties");
        }
        for (String key : new LinkedHashSet<>(keys)) {
            JsonObject property = items.objectOrEmpty("properties").object(key);
            if (property != null) {
                validateKey(items, key, property, at.child("properties").key(key), errors);
            }
        }
    }

    private static void validateKey(
            JsonObject items, String key, JsonObject property, FieldPath at, FieldErrors errors) {
        String type = property.text("type");
        if (type.equals("object") || type.equals("array")) {
            errors.invalid(at.child("type"), type, "must be a scalar type if parent array's " + LIST_TYPE + " is map");
        }
        if (property.flag("nullable")) {
            errors.forbidden(at.child("nullable"), "this property is in " + KEYS + ", so it cannot be nullable");
        }
        if (!items.texts("required").contains(key) && Defaults.absent(property, "default")) {
            errors.required(
                    at.child("default"),
                    "this property is in " + KEYS + ", so it must have a default or be a required property");
        }
    }
}
