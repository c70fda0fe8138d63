// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.apply;

import static java.util.Objects.requireNonNull;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What may stand at one place of an object, as far as ownership is concerned: a scalar, a list, a map or several of these.
 *
 * <p>Immutable to those who look at it; any thread may.
 */
public final class FieldType {
    /** Whatever stands there is one whole. */
    public static final FieldType ATOMIC = any(true);

    /** Nothing is known: maps are owned by member, lists as a whole. */
    public static final FieldType DEDUCED = any(false);

    final @Nullable Scalar scalar;
    final @Nullable ListShape list;
    final @Nullable MapShape map;

    private FieldType(@Nullable Scalar scalar, @Nullable ListShape list, @Nullable MapShape map) {
        this.scalar = scalar;
        this.list = list;
        this.map = map;
    }

    /** The kinds of scalars. */
    public enum Scalar {
        STRING,
        NUMERIC,
        BOOLEAN,
        /** Any of the others. */
        UNTYPED
    }

    /** Which of its shapes a value has. */
    enum Shape {
        SCALAR,
        LIST,
        MAP
    }

    /** A scalar. */
    public static FieldType scalar(Scalar scalar) {
        return new FieldType(requireNonNull(scalar, "scalar"), null, null);
    }

    /** A list. */
    public static FieldType list(ListShape list) {
        return new FieldType(null, requireNonNull(list, "list"), null);
    }

    /** An object. */
    public static FieldType map(MapShape map) {
        return new FieldType(null, null, requireNonNull(map, "map"));
    }

    private static FieldType any(boolean atomic) {
        // Items of lists of unknown type are wholes in any case.
        ListShape list = new ListShape(Keying.ATOMIC, List.of(), Map.of(), () -> FieldType.ATOMIC);
        Supplier<FieldType> rest = () -> atomic ? FieldType.ATOMIC : FieldType.DEDUCED;
        return new FieldType(Scalar.UNTYPED, list, new MapShape(atomic, Map.of(), rest));
    }

    /** This type with its objects owned as a whole. */
    public FieldType atomic() {
        return map == null ? this : new FieldType(scalar, list, new MapShape(true, map.suppliers, map.rest));
    }

    /** This type with its objects owned by member. */
    public FieldType granular() {
        return map == null ? this : new FieldType(scalar, list, new MapShape(false, map.suppliers, map.rest));
    }

    /** As which shape to treat {@code value}; one that fits none is treated as the first that there is. */
    Shape shapeOf(@Nullable JsonValue value) {
        Shape deduced = deduced(value);
        if (deduced != null) {
            return deduced;
        }
        if (map != null) {
            return Shape.MAP;
        }
        return scalar != null ? Shape.SCALAR : Shape.LIST;
    }

    /** The shape that {@code value} has and this type allows, or null. */
    @Nullable
    Shape deduced(@Nullable JsonValue value) {
        return switch (value) {
            case null -> null;
            case JsonNull ignored -> null;
            case JsonObject ignored -> map == null ? null : Shape.MAP;
            case JsonArray ignored -> list == null ? null : Shape.LIST;
            default -> scalar == null ? null : Shape.SCALAR;
        };
    }

    /** What makes items of a list the same. */
    public enum Keying {
        /** Nothing: the list is one whole. */
        ATOMIC,
        /** Their values: scalars. */
        SET,
        /** Some of their members. */
        KEYS
    }

    /** A list. */
    public static final class ListShape {
        final Keying keying;
        final String[] keys;

        /** Of each key, the value of items that leave it out; null if it has none. */
        final @Nullable JsonValue[] defaults;

        private final Supplier<FieldType> itemSupplier;
        private @Nullable FieldType item;

        /**
         * A list.
         *
         * @param keys that identify items, unless all are the same item
         * @param defaults of the keys that have one
         * @param item called once or more, not before the type is used; types may contain themselves
         */
        public ListShape(Keying keying, List<String> keys, Map<String, JsonValue> defaults, Supplier<FieldType> item) {
            this.keying = requireNonNull(keying, "keying");
            this.keys = keys.stream().sorted().toArray(String[]::new);
            this.defaults = new JsonValue[this.keys.length];
            for (int i = 0; i < this.keys.length; i++) {
                this.defaults[i] = defaults.get(this.keys[i]);
            }
            this.itemSupplier = requireNonNull(item, "item");
        }

        /** The type of the items. Racing threads may resolve it more than once, to equal types. */
        FieldType item() {
            FieldType known = item;
            if (known == null) {
                known = itemSupplier.get();
                item = known;
            }
            return known;
        }
    }

    /** A map or a struct. */
    public static final class MapShape {
        final boolean atomic;
        private final Map<String, Supplier<FieldType>> suppliers;
        private final Map<String, Field> fields;
        private final @Nullable Supplier<FieldType> rest;
        private @Nullable FieldType resolvedRest;

        /**
         * A map.
         *
         * @param fields that it declares
         * @param rest type of the members that it does not declare; null if it may have none
         */
        public MapShape(boolean atomic, Map<String, Supplier<FieldType>> fields, @Nullable Supplier<FieldType> rest) {
            this.atomic = atomic;
            this.suppliers = Map.copyOf(fields);
            HashMap<String, Field> byName = new HashMap<>(fields.size() * 2);
            fields.forEach((name, type) -> byName.put(name, new Field(PathElement.field(name), type)));
            this.fields = byName;
            this.rest = rest;
        }

        /** The declared field {@code name}, or null. */
        @Nullable
        Field field(String name) {
            return fields.isEmpty() ? null : fields.get(name);
        }

        boolean declaresNothing() {
            return fields.isEmpty();
        }

        /** The type of members that are not declared, or null if there may be none. */
        @Nullable
        FieldType rest() {
            FieldType known = resolvedRest;
            if (known == null && rest != null) {
                known = rest.get();
                resolvedRest = known;
            }
            return known;
        }

        /** The type of the member {@code name}; of one that may not be there, {@link #DEDUCED}. */
        FieldType typeOf(String name) {
            Field field = field(name);
            FieldType type = field == null ? rest() : field.type();
            return type == null ? DEDUCED : type;
        }
    }

    /** A declared field. */
    static final class Field {
        final PathElement element;
        private final Supplier<FieldType> supplier;
        private @Nullable FieldType type;

        Field(PathElement element, Supplier<FieldType> supplier) {
            this.element = element;
            this.supplier = supplier;
        }

        FieldType type() {
            FieldType known = type;
            if (known == null) {
                known = supplier.get();
                type = known;
            }
            return known;
        }
    }
}
