// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.apply;

import static java.util.Objects.requireNonNull;

import io.fairlead.apiserver.internal.apply.FieldType.Field;
import io.fairlead.apiserver.internal.apply.FieldType.Keying;
import io.fairlead.apiserver.internal.apply.FieldType.ListShape;
import io.fairlead.apiserver.internal.apply.FieldType.MapShape;
import io.fairlead.apiserver.internal.apply.FieldType.Scalar;
import io.fairlead.apiserver.internal.codec.GoText;
import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonBoolean;
import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonNumber;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether an applied object has the shape of its type. */
final class TypeCheck {
    private final List<String> problems = new ArrayList<>();

    private TypeCheck() {}

    /** What is wrong with {@code value}, as one text, if anything is. Items of keyed lists and sets may not repeat. */
    static Optional<String> problem(FieldType type, JsonValue value) {
        TypeCheck check = new TypeCheck();
        check.check(type, value, "");
        if (check.problems.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                check.problems.size() == 1
                        ? check.problems.getFirst()
                        : "errors:\n  " + String.join("\n  ", check.problems));
    }

    private void report(String path, String problem) {
        problems.add(path.isEmpty() ? problem : path + ": " + problem);
    }

    private void check(FieldType type, JsonValue value, String path) {
        switch (type.shapeOf(value)) {
            case SCALAR -> scalar(requireNonNull(type.scalar), value, path);
            case LIST -> {
                if (value instanceof JsonArray items) {
                    items(requireNonNull(type.list), items, path);
                } else if (!(value instanceof JsonNull)) {
                    report(path, "expected list, got " + reference(value));
                }
            }
            case MAP -> {
                if (value instanceof JsonObject object) {
                    members(requireNonNull(type.map), object, path);
                } else if (!(value instanceof JsonNull)) {
                    report(path, "expected map, got " + reference(value));
                }
            }
        }
    }

    private void scalar(Scalar scalar, JsonValue value, String path) {
        if (value instanceof JsonNull) {
            return;
        }
        switch (scalar) {
            case NUMERIC -> {
                if (!(value instanceof JsonNumber)) {
                    report(path, "expected numeric (int or float), got " + GoText.type(value));
                }
            }
            case STRING -> {
                if (!(value instanceof JsonString)) {
                    report(path, "expected string, got &value.valueUnstructured{Value:" + literal(value) + "}");
                }
            }
            case BOOLEAN -> {
                if (!(value instanceof JsonBoolean)) {
                    report(path, "expected boolean, got " + reference(value));
                }
            }
            case UNTYPED -> {
                if (value instanceof JsonObject || value instanceof JsonArray) {
                    report(path, "expected any scalar, got " + reference(value));
                }
            }
        }
    }

    /** As Go's {@code %v} prints a reference to the value. */
    private static String reference(JsonValue value) {
        return "&{" + GoText.plain(value) + "}";
    }

    /** As Go's {@code %#v} prints the value. */
    private static String literal(JsonValue value) {
        return switch (value) {
            case JsonString string -> GoText.quote(string.value());
            case JsonObject object -> {
                List<String> members = new ArrayList<>();
                object.names().stream()
                        .sorted()
                        .forEach(name ->
                                members.add(GoText.quote(name) + ":" + literal(requireNonNull(object.get(name)))));
                yield "map[string]interface {}{" + String.join(", ", members) + "}";
            }
            case JsonArray array -> {
                List<String> items = new ArrayList<>();
                array.forEach(item -> items.add(literal(item)));
                yield "[]interface {}{" + String.join(", ", items) + "}";
            }
            default -> GoText.plain(value);
        };
    }

    private void items(ListShape list, JsonArray items, String path) {
        Set<PathElement> seen = new HashSet<>();
        for (int i = 0; i < items.size(); i++) {
            JsonValue item = items.get(i);
            String step = "[" + i + "]";
            if (list.keying != Keying.ATOMIC) {
                PathElement element;
                try {
                    element = ListItems.element(list, item);
                } catch (FieldTypeException e) {
                    report(path, "element " + i + ": " + e.getMessage());
                    return;
                }
                if (!seen.add(element)) {
                    report(path, "duplicate entries for key " + element);
                }
                step = element.toString();
            }
            check(list.item(), item, path + step);
        }
    }

    private void members(MapShape map, JsonObject object, String path) {
        for (int i = 0; i < object.size(); i++) {
            String name = object.nameAt(i);
            Field field = map.field(name);
            FieldType type = field == null ? map.rest() : field.type();
            if (type == null) {
                report(path + "." + name, "field not declared in schema");
                return;
            }
            check(type, object.valueAt(i), path + "." + name);
        }
    }
}
