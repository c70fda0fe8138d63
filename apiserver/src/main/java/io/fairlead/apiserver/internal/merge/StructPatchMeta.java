// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.merge;

import static java.util.Objects.requireNonNull;

import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.schema.Field;
import io.fairlead.apiserver.internal.schema.StructType;
import io.fairlead.apiserver.internal.schema.TypeRef;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the fields of a built-in type merge. */
public final class StructPatchMeta implements PatchMeta {
    private final StructType type;

    private StructPatchMeta(StructType type) {
        this.type = type;
    }

    /** How objects of {@code type} merge. */
    public static PatchMeta of(StructType type) {
        return new StructPatchMeta(requireNonNull(type, "type"));
    }

    @Override
    public @Nullable Member member(String name) {
        Optional<Field> found = type.field(name);
        if (found.isEmpty()) {
            return null;
        }
        Field field = found.get();
        Strategy strategy = field.patchMerges()
                ? Strategy.MERGE
                : field.patchStrategy().equals("replace") ? Strategy.REPLACE : Strategy.DEFAULT;
        boolean list = field.type() instanceof TypeRef.ListOf;
        TypeRef items = field.type() instanceof TypeRef.ListOf of ? of.items() : field.type();
        return new Member(strategy, field.patchMergeKey(), meta(items), list);
    }

    private static PatchMeta meta(TypeRef type) {
        return switch (type) {
            case TypeRef.Struct struct -> of(struct.type());
            case TypeRef.MapOf ignored -> new Shapeless("map");
            case TypeRef.ListOf ignored -> new Shapeless("slice");
            case TypeRef.Scalar scalar -> new Shapeless(scalar.goName());
        };
    }

    @Override
    public String name() {
        return type.shortName();
    }

    @Override
    public boolean struct() {
        return true;
    }

    @Override
    public Optional<String> problem(JsonValue value) {
        return Unstructured.problem(value, type);
    }

    /** A type without fields of its own. */
    private record Shapeless(String name) implements PatchMeta {
        @Override
        public @Nullable Member member(String field) {
            return null;
        }

        @Override
        public boolean struct() {
            return false;
        }

        @Override
        public Optional<String> problem(JsonValue value) {
            return Optional.empty();
        }
    }
}
