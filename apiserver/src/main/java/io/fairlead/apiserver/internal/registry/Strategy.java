// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import io.fairlead.apiserver.internal.auth.UserInfo;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldError;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is peculiar to one kind when its objects are written: defaults, what a create or an update may set, and what is valid.
 *
 * <p>Pure and without state: everything that an answer depends on is in the arguments, so any thread may call it. Rules
 * that need other objects (does the namespace exist, is the address free) are not here but in admission and allocation.
 * A strategy's checks include those on metadata, because names have rules of their kind; for updates the registry puts
 * {@code MetadataValidation.validateForUpdate} before them, so that some causes come twice, as they do from the original.
 * Each method takes the object in a served version and may change {@code next} only.
 *
 * <p>The order of a create is {@link #setDefaults}, the account of who set which field ({@code Ownership.update}), mutating
 * admission, {@link #prepareForCreate}, {@link #validate}, {@link #warnings}, {@link #canonicalize}, validating admission, the
 * store; of an update {@link #setDefaults}, the account (which an apply has kept itself, before the defaults), mutating
 * admission, {@link #prepareForUpdate}, {@link #validateUpdate}, {@link #warningsOnUpdate}, {@link #canonicalize}, validating
 * admission, the store.
 */
public interface Strategy {
    /** What the request knows beside the object. */
    record Context(ResourceDefinition resource, String namespace, Instant now, UserInfo user) {}

    /** Fills in what was left out, as the original's defaulting functions do: also on objects read from requests to update. */
    default void setDefaults(JsonObject object) {}

    /** Clears what a client may not set on create (the status, where it is a subresource) and sets what the server does. */
    default void prepareForCreate(Context context, JsonObject next) {}

    /** Keeps what an update through the main resource may not touch and counts the generation. */
    default void prepareForUpdate(Context context, JsonObject next, JsonObject old) {}

    /** What is wrong with an object to be created, its metadata included. */
    default List<FieldError> validate(Context context, JsonObject object) {
        return List.of();
    }

    /** What is wrong with {@code next} as a successor of {@code old}; includes what is wrong with it by itself. */
    default List<FieldError> validateUpdate(Context context, JsonObject next, JsonObject old) {
        return validate(context, next);
    }

    /** Like {@link #prepareForUpdate}, for a write to the {@code status} subresource: usually keeps all but the status. */
    default void prepareForStatusUpdate(Context context, JsonObject next, JsonObject old) {}

    /** Like {@link #validateUpdate}, for a write to the {@code status} subresource. */
    default List<FieldError> validateStatusUpdate(Context context, JsonObject next, JsonObject old) {
        return List.of();
    }

    /**
     * Like {@link #prepareForUpdate}, for a write to another subresource that takes whole objects, such as {@code finalize},
     * {@code approval} or {@code ephemeralcontainers}: usually keeps all but what the subresource is for.
     */
    default void prepareForSubresource(String subresource, Context context, JsonObject next, JsonObject old) {}

    /** Like {@link #validateUpdate}, for a write to another subresource that takes whole objects. */
    default List<FieldError> validateSubresource(String subresource, Context context, JsonObject next, JsonObject old) {
        return List.of();
    }

    /** Sentences for the {@code Warning} headers of an otherwise good request. */
    default List<String> warnings(Context context, JsonObject next) {
        return List.of();
    }

    /** Like {@link #warnings}, for an update. */
    default List<String> warningsOnUpdate(Context context, JsonObject next, JsonObject old) {
        return warnings(context, next);
    }

    /** Brings a valid object into the form in which it is stored. */
    default void canonicalize(JsonObject object) {}

    /** Whether a PUT to a name that does not exist creates it. */
    default boolean createsOnUpdate() {
        return false;
    }

    /** Whether a PUT without {@code resourceVersion} is accepted. */
    default boolean allowsUnconditionalUpdate() {
        return true;
    }

    /** Whether a delete that happens at once answers the object, not a {@code Status}. */
    default boolean answersDeletedObject() {
        return false;
    }

    /** Annotations that only served objects have: the original holds what they say in a field that no served version has. */
    default List<String> servedAnnotations() {
        return List.of();
    }

    /** Why the object {@code name} may not be deleted, whether it is there or not; deletions of collections do not ask. */
    default Optional<String> refusalOfDeletion(String name) {
        return Optional.empty();
    }

    /** The fields, as paths such as {@code status}, that a write to the main resource resets and so does not come to own. */
    default List<String> resetFields() {
        return List.of();
    }

    /** The fields that a write to another subresource resets and so does not come to own. */
    default List<String> subresourceResetFields(String subresource) {
        return List.of();
    }

    /** The fields that a write to {@code status} resets and so does not come to own. */
    default List<String> statusResetFields() {
        return List.of();
    }
}
