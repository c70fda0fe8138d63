// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.validation;

import io.fairlead.apiserver.internal.codec.GoText;
import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with an object's metadata.
 *
 * <p>The original checks metadata once for all kinds and, for most kinds, once more with the kind's own rules, so that clients
 * see some causes twice. To show the same, the registry calls {@link #validateForUpdate} before a strategy's own update
 * checks, and strategies call the {@code …OfKind} methods.
 */
public final class MetadataValidation {
    /** Upstream's limit for the keys and values of all annotations together. */
    private static final int ANNOTATIONS_BYTES_MAX = 256 * 1024;

    private static final FieldPath METADATA = FieldPath.of("metadata");
    private static final Set<String> STANDARD_FINALIZERS = Set.of("kubernetes", "orphan", "foregroundDeletion");
    private static final List<String> FIXED_FIELDS =
            List.of("name", "namespace", "uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds");

    private MetadataValidation() {}

    /** The generic checks of an update, which every kind gets from the registry before its own. */
    public static List<FieldError> validateForUpdate(JsonObject next, JsonObject old, boolean namespaced) {
        FieldErrors errors = new FieldErrors();
        validate(next.objectOrEmpty("metadata"), namespaced, NameRule.PATH_SEGMENT, METADATA, errors);
        validateUpdate(next.objectOrEmpty("metadata"), old.objectOrEmpty("metadata"), METADATA, errors);
        return errors.toList();
    }

    /** The checks of a built-in kind on a whole object: the generic ones, and that finalizers are known or qualified. */
    public static void validateOfKind(JsonObject object, boolean namespaced, NameRule rule, FieldErrors errors) {
        validateAlone(object, namespaced, rule, errors);
        validateKnownFinalizers(object.objectOrEmpty("metadata"), METADATA, errors);
    }

    /** The checks on a whole object of a kind for which any finalizer will do. */
    public static void validateAlone(JsonObject object, boolean namespaced, NameRule rule, FieldErrors errors) {
        validate(object.objectOrEmpty("metadata"), namespaced, rule, METADATA, errors);
    }

    /** The checks of a built-in kind on what changed in an update. */
    public static void validateUpdateOfKind(JsonObject next, JsonObject old, FieldErrors errors) {
        validateUpdateAlone(next, old, errors);
        validateKnownFinalizers(next.objectOrEmpty("metadata"), METADATA, errors);
    }

    /** The checks on what changed in an object of a kind for which any finalizer will do. */
    public static void validateUpdateAlone(JsonObject next, JsonObject old, FieldErrors errors) {
        validateUpdate(next.objectOrEmpty("metadata"), old.objectOrEmpty("metadata"), METADATA, errors);
    }

    /** The checks on {@code metadata} at {@code path} by itself. */
    public static void validate(
            JsonObject metadata, boolean namespaced, NameRule rule, FieldPath path, FieldErrors errors) {
        String generateName = metadata.text("generateName");
        if (!generateName.isEmpty()) {
            errors.invalid(path.child("generateName"), generateName, rule.problems(generateName, true));
        }
        String name = metadata.text("name");
        if (name.isEmpty()) {
            errors.required(path.child("name"), "name or generateName is required");
        } else {
            errors.invalid(path.child("name"), name, rule.problems(name, false));
        }
        String namespace = metadata.text("namespace");
        if (!namespaced) {
            if (!namespace.isEmpty()) {
                errors.forbidden(path.child("namespace"), "not allowed on this type");
            }
        } else if (namespace.isEmpty()) {
            errors.required(path.child("namespace"), "");
        } else {
            errors.invalid(path.child("namespace"), namespace, Names.dnsLabel(namespace));
        }
        errors.nonnegative(path.child("generation"), metadata.number("generation", 0));
        validateLabels(metadata.object("labels"), path.child("labels"), errors);
        validateAnnotations(metadata.object("annotations"), path.child("annotations"), errors);
        validateOwners(metadata.objects("ownerReferences"), path.child("ownerReferences"), errors);
        validateFinalizers(metadata, path.child("finalizers"), errors);
    }

    /** The checks on what an update does to {@code next}, the metadata at {@code path}. */
    public static void validateUpdate(JsonObject next, JsonObject old, FieldPath path, FieldErrors errors) {
        if (old.has("deletionTimestamp")) {
            Set<String> fresh = new TreeSet<>(next.texts("finalizers"));
            fresh.removeAll(old.texts("finalizers"));
            if (!fresh.isEmpty()) {
                errors.forbidden(
                        path.child("finalizers"),
                        "no new finalizers can be added if the object is being deleted, found new finalizers "
                                + GoText.stringSlice(fresh));
            }
        }
        if (next.number("generation", 0) < old.number("generation", 0)) {
            errors.invalid(path.child("generation"), next.number("generation", 0), "must not be decremented");
        }
        for (String field : FIXED_FIELDS) {
            immutable(next.get(field), old.get(field), path.child(field), errors);
        }
        validateLabels(next.object("labels"), path.child("labels"), errors);
        validateAnnotations(next.object("annotations"), path.child("annotations"), errors);
        validateOwners(next.objects("ownerReferences"), path.child("ownerReferences"), errors);
    }

    /** Complains unless both values are the same; absent is the same as null. */
    public static void immutable(
            @Nullable JsonValue next, @Nullable JsonValue old, FieldPath path, FieldErrors errors) {
        if (!Objects.equals(next == JsonNull.NULL ? null : next, old == JsonNull.NULL ? null : old)) {
            errors.invalid(path, next, "field is immutable");
        }
    }

    /** Keys and values of {@code labels}. */
    public static void validateLabels(@Nullable JsonObject labels, FieldPath path, FieldErrors errors) {
        for (int i = 0; labels != null && i < labels.size(); i++) {
            String key = labels.nameAt(i);
            errors.invalid(path, key, Names.qualified(key));
            String value = labels.valueAt(i) instanceof JsonString string ? string.value() : "";
            errors.invalid(path, value, Names.labelValue(value));
        }
    }

    /** Keys of {@code annotations}, and the size of it all. */
    public static void validateAnnotations(@Nullable JsonObject annotations, FieldPath path, FieldErrors errors) {
        long size = 0;
        for (int i = 0; annotations != null && i < annotations.size(); i++) {
            String key = annotations.nameAt(i);
            errors.invalid(path, key, Names.annotationKey(key));
            size += bytes(key);
            size += annotations.valueAt(i) instanceof JsonString string ? bytes(string.value()) : 0;
        }
        if (size > ANNOTATIONS_BYTES_MAX) {
            errors.tooLong(path, ANNOTATIONS_BYTES_MAX);
        }
    }

    private static void validateFinalizers(JsonObject metadata, FieldPath path, FieldErrors errors) {
        JsonArray finalizers = metadata.array("finalizers");
        if (finalizers == null) {
            return;
        }
        boolean orphan = false;
        boolean foreground = false;
        for (String finalizer : finalizers.texts()) {
            errors.invalid(path, finalizer, Names.qualified(finalizer));
            orphan |= finalizer.equals("orphan");
            foreground |= finalizer.equals("foregroundDeletion");
        }
        if (orphan && foreground) {
            errors.invalid(path, finalizers, "finalizer orphan and foregroundDeletion cannot be both set");
        }
    }

    private static void validateKnownFinalizers(JsonObject metadata, FieldPath path, FieldErrors errors) {
        List<String> finalizers = metadata.texts("finalizers");
        for (int i = 0; i < finalizers.size(); i++) {
            validateKnownFinalizer(finalizers.get(i), path.child("finalizers").index(i), errors);
        }
    }

    /** Complains if {@code finalizer} is neither one of the standard ones nor qualified with a domain. */
    public static void validateKnownFinalizer(String finalizer, FieldPath path, FieldErrors errors) {
        if (finalizer.indexOf('/') < 0 && !STANDARD_FINALIZERS.contains(finalizer)) {
            errors.invalid(path, finalizer, "name is neither a standard finalizer name nor is it fully qualified");
        }
    }

    private static void validateOwners(List<JsonObject> owners, FieldPath path, FieldErrors errors) {
        String controller = "";
        for (JsonObject owner : owners) {
            validateOwner(owner, path, errors);
            if (!owner.flag("controller")) {
                continue;
            }
            if (!controller.isEmpty()) {
                errors.invalid(
                        path,
                        ownersAsText(owners),
                        "Only one reference can have Controller set to true. Found \"true\" in references for "
                                + controller + " and " + kindAndName(owner));
            } else {
                controller = kindAndName(owner);
            }
        }
    }

    private static void validateOwner(JsonObject owner, FieldPath path, FieldErrors errors) {
        String apiVersion = owner.text("apiVersion");
        // With more than one slash it is no version at all.
        boolean readable = apiVersion.indexOf('/') == apiVersion.lastIndexOf('/');
        String version = readable ? apiVersion.substring(apiVersion.lastIndexOf('/') + 1) : "";
        if (version.isEmpty()) {
            errors.invalid(path.child("apiVersion"), apiVersion, "version must not be empty");
        }
        for (String field : List.of("kind", "name", "uid")) {
            if (owner.text(field).isEmpty()) {
                errors.invalid(path.child(field), "", "must not be empty");
            }
        }
        boolean event = owner.text("kind").equals("Event");
        if (event && (apiVersion.equals("v1") || apiVersion.equals("events.k8s.io/v1"))) {
            String group = apiVersion.equals("v1") ? "" : "events.k8s.io";
            errors.invalid(path, ownerAsText(owner), group + "/v1, Kind=Event is disallowed from being an owner");
        }
    }

    private static String kindAndName(JsonObject owner) {
        return owner.text("kind") + "/" + owner.text("name");
    }

    private static JsonArray ownersAsText(List<JsonObject> owners) {
        JsonArray all = new JsonArray();
        owners.forEach(owner -> all.add(ownerAsText(owner)));
        return all;
    }

    private static JsonObject ownerAsText(JsonObject owner) {
        JsonObject text = new JsonObject();
        for (String field : List.of("apiVersion", "kind", "name", "uid")) {
            text.put(field, owner.text(field));
        }
        for (String field : List.of("controller", "blockOwnerDeletion")) {
            JsonValue value = owner.get(field);
            if (value != null && value != JsonNull.NULL) {
                text.put(field, value);
            }
        }
        return text;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
