// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import static java.util.Objects.requireNonNull;

import io.fairlead.apiserver.internal.apply.FieldType;
import io.fairlead.apiserver.internal.apply.FieldTypes;
import io.fairlead.apiserver.internal.apply.ManagedFields;
import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.merge.PatchMeta;
import io.fairlead.apiserver.internal.merge.StructPatchMeta;
import io.fairlead.apiserver.internal.schema.Decoded;
import io.fairlead.apiserver.internal.schema.GroupVersionKind;
import io.fairlead.apiserver.internal.schema.ObjectDecoder;
import io.fairlead.apiserver.internal.schema.StoredForm;
import io.fairlead.apiserver.internal.schema.StructType;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The type of objects of one kind, as decoding, patches and field ownership need it. Any thread may call it. */
public final class ObjectType {
    private final GroupVersionKind kind;
    private final StructType struct;

    /** Made when the first object is written; two threads that come at once make the same. */
    private volatile @Nullable FieldType fields;

    ObjectType(GroupVersionKind kind, StructType struct) {
        this.kind = requireNonNull(kind, "kind");
        this.struct = requireNonNull(struct, "struct");
    }

    public GroupVersionKind kind() {
        return kind;
    }

    public StructType struct() {
        return struct;
    }

    /** Decodes {@code tree}, which must not be used any more, and gives it the kind's name. */
    public Decoded decode(JsonValue tree, Collection<String> duplicates) {
        // Decoding leaves empty lists out, but an empty list of managers is a wish.
        boolean resets = tree instanceof JsonObject given
                && ManagedFields.resets(given.objectOrEmpty("metadata").get("managedFields"));
        Decoded decoded = ObjectDecoder.decode(tree, struct, duplicates, "");
        if (decoded instanceof Decoded.Accepted(JsonObject object, var ignored)) {
            name(object);
            if (resets) {
                object.child("metadata").put("managedFields", new JsonArray());
            }
        }
        return decoded;
    }

    /** The kind's empty object as Go would write it; the caller's own. */
    public JsonObject empty() {
        JsonObject object = ObjectDecoder.empty(struct);
        name(object);
        return object;
    }

    /** Brings what is stored of {@code object} into the form in which it will be read again; see {@link StoredForm}. */
    void settle(JsonObject object) {
        StoredForm.settle(object, struct);
    }

    private void name(JsonObject object) {
        object.put("kind", kind.kind());
        object.put("apiVersion", kind.apiVersion());
    }

    FieldType fields() {
        FieldType made = fields;
        if (made == null) {
            made = FieldTypes.of(struct);
            fields = made;
        }
        return made;
    }

    PatchMeta patchMeta() {
        return StructPatchMeta.of(struct);
    }
}
