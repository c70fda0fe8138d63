// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.schema;

import static java.util.Objects.requireNonNull;

import io.fairlead.apiserver.internal.codec.JsonValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A struct of the Kubernetes API with its fields.
 *
 * <p>Its fields are read from the table when they are first asked for. Any thread may call it; what it answers never changes.
 * Two types are the same if they are the same object.
 */
public final class StructType {
    private final String name;
    private final int line;
    private final boolean atomic;
    private final boolean hasDefinition;
    private final boolean storedAsJson;
    private final TypeTable table;

    /** Written by whoever comes first; two threads that come at once read the same from the table. */
    private volatile @Nullable Fields fields;

    /** Like {@link #fields}. */
    private volatile @Nullable Boolean writesContainers;

    StructType(String name, int line, boolean atomic, boolean hasDefinition, TypeTable table) {
        this.name = requireNonNull(name, "name");
        this.line = line;
        this.atomic = atomic;
        this.hasDefinition = hasDefinition;
        this.storedAsJson = name.startsWith("apiextensions-apiserver/") || name.startsWith("kube-aggregator/");
        this.table = requireNonNull(table, "table");
    }

    /** The full name, such as {@code api/core/v1.Container}. */
    public String name() {
        return name;
    }

    /** The name as Go prints it in messages, such as {@code v1.Container}. */
    public String goName() {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** The name without its package, such as {@code Container}. */
    public String shortName() {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** Whether OpenAPI has a definition of its own for it; one that only occurs inlined has none. */
    public boolean hasDefinition() {
        return hasDefinition;
    }

    /** Whether server-side apply treats it as one value, unless the field that holds it says otherwise. */
    public boolean atomic() {
        return atomic;
    }

    /** The fields that JSON has, those of inlined structs among them. */
    public List<Field> fields() {
        return loaded().json;
    }

    /** The field that JSON calls {@code name}; upper and lower case differ. */
    public Optional<Field> field(String name) {
        Slot slot = slot(name);
        return slot == null ? Optional.empty() : Optional.of(slot.field());
    }

    /** The fields that protobuf has, by number; an inlined struct is one field, without a name. */
    public List<Field> protobufFields() {
        return loaded().protobuf;
    }

    /** Where it begins in the table. */
    int line() {
        return line;
    }

    /** The names of the required fields in the order of OpenAPI. */
    public List<String> required() {
        return table.required(this);
    }

    /** The unions that OpenAPI declares on it, if any. */
    public Optional<JsonValue> unions() {
        return table.unions(this);
    }

    /** The field that protobuf numbers {@code number}, or null if there is none. */
    @Nullable
    Field protobufField(int number) {
        @Nullable Field[] byNumber = loaded().byNumber;
        return number >= 0 && number < byNumber.length ? byNumber[number] : null;
    }

    /** A field and its place in {@link #fields}. */
    record Slot(Field field, int index) {}

    /** The field that JSON calls {@code name} with its place, or null if there is none. */
    @Nullable
    Slot slot(String fieldName) {
        return loaded().byName.get(fieldName);
    }

    /** Whether the original stores objects with it as JSON, not as protobuf, so that empty lists stay apart from absent ones. */
    boolean storedAsJson() {
        return storedAsJson;
    }

    /** Whether it, or a type below it, has lists or maps that are written even if they are empty, and not stored as JSON. */
    boolean writesContainers() {
        Boolean known = writesContainers;
        if (known == null) {
            known = StoredForm.concerns(this);
            writesContainers = known;
        }
        return known;
    }

    private Fields loaded() {
        Fields loaded = fields;
        if (loaded == null) {
            loaded = Fields.of(table.fields(this));
            fields = loaded;
        }
        return loaded;
    }

    @Override
    public String toString() {
        return name;
    }

    private record Fields(
            List<Field> json, Map<String, Slot> byName, List<Field> protobuf, @Nullable Field[] byNumber) {
        static Fields of(List<Field> declared) {
            List<Field> json = new ArrayList<>();
            for (Field field : declared) {
                if (field.inlined() && field.type() instanceof TypeRef.Struct struct) {
                    json.addAll(struct.type().fields());
                } else if (!field.inlined()) {
                    json.add(field);
                }
            }
            Map<String, Slot> byName = new HashMap<>(json.size() * 2);
            for (int i = 0; i < json.size(); i++) {
                byName.put(json.get(i).name(), new Slot(json.get(i), i));
            }
            List<Field> protobuf = declared.stream()
                    .filter(field -> field.number() > 0)
                    .sorted(Comparator.comparingInt(Field::number))
                    .toList();
            @Nullable
            Field[] byNumber = new @Nullable
                    Field[protobuf.isEmpty() ? 0 : protobuf.getLast().number() + 1];
            for (Field field : protobuf) {
                byNumber[field.number()] = field;
            }
            return new Fields(List.copyOf(json), byName, protobuf, byNumber);
        }
    }
}
