// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.registry.Strategy;
import io.fairlead.apiserver.internal.schema.ObjectDecoder;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.schema.Schema;
import io.fairlead.apiserver.internal.validation.FieldError;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.MetadataValidation;
import io.fairlead.apiserver.internal.validation.NameRule;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is done with a kind that has no rules of its own, and the frame for those that have: a kind overrides what it knows
 * better.
 */
class GenericStrategy implements Strategy {
    /** What a status write to most kinds takes from the stored object. */
    private static final List<String> STATUS_KEEPS =
            List.of("labels", "annotations", "finalizers", "ownerReferences", "generation", "deletionTimestamp");

    /** Groups and kinds whose names may be anything that can stand in a path, such as {@code system:node} and addresses. */
    private static final String ROLES = "rbac.authorization.k8s.io";

    private static final String ADDRESSES = "ipaddresses.networking.k8s.io";

    private final Traits traits;
    private final NameRule names;
    private final boolean namespaced;

    /** The status that Go writes when nothing is in it; null if it then writes none. */
    private final @Nullable JsonObject emptyStatus;

    GenericStrategy(ResourceDefinition resource) {
        this.traits = Traits.of(resource);
        this.namespaced = resource.namespaced();
        boolean anyName =
                resource.group().equals(ROLES) || resource.qualifiedName().equals(ADDRESSES);
        this.names = anyName ? NameRule.PATH_SEGMENT : NameRule.SUBDOMAIN;
        this.emptyStatus = Schema.builtIn()
                .type(resource.kind())
                .map(ObjectDecoder::empty)
                .map(empty -> empty.object("status"))
                .orElse(null);
    }

    /** Which names objects of the kind may have. */
    NameRule nameRule() {
        return names;
    }

    /** What is wrong with an object beyond its metadata, whether it is new or not. */
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {}

    /** Like {@link #validateSpec}, where what is wrong with {@code next} depends on what was accepted before. */
    void validateUpdatedSpec(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        validateSpec(context, next, errors);
    }

    /** What is wrong with {@code next} as a successor of {@code old}, beyond what is wrong with it by itself. */
    void validateChange(Context context, JsonObject next, JsonObject old, FieldErrors errors) {}

    /** What is wrong with the status that {@code next} brings. */
    void validateStatus(Context context, JsonObject next, JsonObject old, FieldErrors errors) {}

    /** Whether updates check metadata a second time, as they do where they check the whole object again. */
    boolean checksWholeOnUpdate() {
        return false;
    }

    /** Whether {@code next} wishes something else than {@code old}: a member other than metadata and status differs. */
    boolean wishChanged(JsonObject next, JsonObject old) {
        for (int i = 0; i < next.size(); i++) {
            String name = next.nameAt(i);
            if (isWish(name) && !same(next.valueAt(i), old.get(name))) {
                return true;
            }
        }
        for (int i = 0; i < old.size(); i++) {
            String name = old.nameAt(i);
            if (isWish(name) && !next.has(name) && old.valueAt(i) != JsonNull.NULL) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void prepareForCreate(Context context, JsonObject next) {
        if (traits.hasStatus()) {
            clearStatus(next);
        }
        if (traits.countsGeneration()) {
            next.child("metadata").put("generation", 1);
        }
    }

    /** Puts an empty status in place of whatever was sent. */
    final void clearStatus(JsonObject next) {
        if (emptyStatus == null) {
            next.remove("status");
        } else {
            next.put("status", emptyStatus.deepCopy());
        }
    }

    @Override
    public void prepareForUpdate(Context context, JsonObject next, JsonObject old) {
        if (traits.hasStatus()) {
            copy("status", old, next);
        }
        JsonObject metadata = next.child("metadata");
        copy("generation", old.objectOrEmpty("metadata"), metadata);
        if (traits.countsGeneration() && wishChanged(next, old)) {
            metadata.put("generation", metadata.number("generation", 0) + 1);
        }
    }

    @Override
    public List<FieldError> validate(Context context, JsonObject object) {
        FieldErrors errors = new FieldErrors();
        validateMetadata(object, errors);
        validateSpec(context, object, errors);
        return errors.toList();
    }

    @Override
    public List<FieldError> validateUpdate(Context context, JsonObject next, JsonObject old) {
        FieldErrors errors = new FieldErrors();
        if (traits.checksMetadataChange()) {
            validateMetadataChange(next, old, errors);
        }
        if (checksWholeOnUpdate()) {
            validateMetadata(next, errors);
        }
        validateUpdatedSpec(context, next, old, errors);
        validateChange(context, next, old, errors);
        return errors.toList();
    }

    private void validateMetadata(JsonObject object, FieldErrors errors) {
        if (traits.checksFinalizers()) {
            MetadataValidation.validateOfKind(object, namespaced, nameRule(), errors);
        } else {
            MetadataValidation.validateAlone(object, namespaced, nameRule(), errors);
        }
    }

    private void validateMetadataChange(JsonObject next, JsonObject old, FieldErrors errors) {
        if (traits.checksFinalizers()) {
            MetadataValidation.validateUpdateOfKind(next, old, errors);
        } else {
            MetadataValidation.validateUpdateAlone(next, old, errors);
        }
    }

    @Override
    public void prepareForStatusUpdate(Context context, JsonObject next, JsonObject old) {
        for (String name : next.names()) {
            if (isWish(name)) {
                copy(name, old, next);
            }
        }
        for (String name : old.names()) {
            if (isWish(name)) {
                copy(name, old, next);
            }
        }
        JsonObject metadata = next.child("metadata");
        for (String name : statusKeeps()) {
            copy(name, old.objectOrEmpty("metadata"), metadata);
        }
    }

    /** The members of metadata that a status write cannot change. */
    List<String> statusKeeps() {
        return STATUS_KEEPS;
    }

    @Override
    public List<FieldError> validateStatusUpdate(Context context, JsonObject next, JsonObject old) {
        FieldErrors errors = new FieldErrors();
        if (traits.checksMetadataChange()) {
            validateMetadataChange(next, old, errors);
        }
        validateStatus(context, next, old, errors);
        return errors.toList();
    }

    @Override
    public boolean createsOnUpdate() {
        return traits.createsOnUpdate();
    }

    @Override
    public boolean allowsUnconditionalUpdate() {
        return traits.unconditional();
    }

    @Override
    public boolean answersDeletedObject() {
        return traits.answersDeletedObject();
    }

    @Override
    public List<String> resetFields() {
        return traits.hasStatus() ? List.of("status") : List.of();
    }

    @Override
    public List<String> statusResetFields() {
        return traits.hasStatus() ? List.of("spec") : List.of();
    }

    boolean namespaced() {
        return namespaced;
    }

    /** Gives {@code to} the member that {@code from} has, or none. */
    static void copy(String name, JsonObject from, JsonObject to) {
        JsonValue value = from.get(name);
        if (value == null) {
            to.remove(name);
        } else {
            to.put(name, value.deepCopy());
        }
    }

    /** Whether both are the same, absent and null being the same. */
    static boolean same(@Nullable JsonValue a, @Nullable JsonValue b) {
        return Objects.equals(a == JsonNull.NULL ? null : a, b == JsonNull.NULL ? null : b);
    }

    private static boolean isWish(String name) {
        return switch (name) {
            case "apiVersion", "kind", "metadata", "status" -> false;
            default -> true;
        };
    }
}
