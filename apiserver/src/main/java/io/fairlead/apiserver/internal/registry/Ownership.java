// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import io.fairlead.apiserver.internal.apply.ApplyResult;
import io.fairlead.apiserver.internal.apply.FieldSet;
import io.fairlead.apiserver.internal.apply.FieldWrite;
import io.fairlead.apiserver.internal.apply.ManagedFields;
import io.fairlead.apiserver.internal.apply.ServerSideApply;
import io.fairlead.apiserver.internal.apply.Versions;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.GroupVersionKind;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Keeps account of who set which field, in the terms of the registry. Pure but for the trees that it is given to change. */
final class Ownership {
    /** The resource of the same objects that serves another {@code apiVersion}; null if there is none. */
    private final BiFunction<Resource, String, @Nullable Resource> versions;

    Ownership(BiFunction<Resource, String, @Nullable Resource> versions) {
        this.versions = versions;
    }

    /** Brings the managed fields of {@code next} up to date; {@code old} is null for a creation. */
    void update(WriteContext write, @Nullable JsonObject old, JsonObject next) {
        Resource resource = write.resource();
        ManagedFields.update(
                fieldWrite(write, resource.type()),
                old == null ? resource.type().empty() : old,
                next);
    }

    /** Lays {@code applied}, of {@code type}, over {@code live}, which is null if there is no such object. */
    ApplyResult apply(WriteContext write, ObjectType type, @Nullable JsonObject live, JsonObject applied) {
        JsonObject empty = type.empty();
        return ServerSideApply.apply(
                fieldWrite(write, type),
                live == null ? empty : live,
                empty,
                applied,
                write.options().force());
    }

    /** A write of an object of {@code type}, which differs from the resource's own for a {@code Scale}. */
    FieldWrite fieldWrite(WriteContext write, ObjectType type) {
        List<String> resets =
                switch (write.subresource()) {
                    case "" -> write.strategy().resetFields();
                    case "status" -> write.strategy().statusResetFields();
                    default -> write.strategy().subresourceResetFields(write.subresource());
                };
        Resource resource = write.resource();
        return new FieldWrite(
                type.fields(),
                type.kind(),
                write.subresource(),
                resets.isEmpty() ? FieldSet.EMPTY : FieldSet.ofPaths(resets),
                write.options().manager(),
                write.request().now(),
                resource.servedAsStored() && versions.apply(resource, "") == null
                        ? Versions.NONE
                        : (object, apiVersion) -> converted(resource, object, apiVersion));
    }

    private Versions.@Nullable Versioned converted(Resource resource, JsonObject object, String apiVersion) {
        GroupVersionKind from = GroupVersionKind.of(object.text("apiVersion"), object.text("kind"));
        Resource source = versions.apply(resource, from.apiVersion());
        Resource target = versions.apply(resource, apiVersion);
        if (source == null || target == null) {
            return null;
        }
        return new Versions.Versioned(target.type().fields(), source.convert(object.deepCopy(), target));
    }
}
