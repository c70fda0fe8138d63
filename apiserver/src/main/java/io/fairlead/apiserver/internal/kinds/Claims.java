// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.LabelSelectors;
import io.fairlead.apiserver.internal.validation.MetadataValidation;
import io.fairlead.apiserver.internal.validation.Names;
import io.fairlead.apiserver.internal.validation.Quantity;
import java.util.List;

/** What is wrong with the wish for a persistent volume, in a claim or in a template of one. */
final class Claims {
    static final List<String> ACCESS_MODES =
            List.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod");
    static final List<String> VOLUME_MODES = List.of("Block", "Filesystem");

    private Claims() {}

    /** A template of claims; of its metadata only labels and annotations may be set. */
    static void validateTemplate(JsonObject template, FieldPath path, FieldErrors errors) {
        JsonObject metadata = template.objectOrEmpty("metadata");
        FieldPath metadataPath = path.child("metadata");
        MetadataValidation.validateAnnotations(
                metadata.object("annotations"), metadataPath.child("annotations"), errors);
        MetadataValidation.validateLabels(metadata.object("labels"), metadataPath.child("labels"), errors);
        for (String field : metadata.names()) {
            if (!field.equals("annotations") && !field.equals("labels") && !Defaults.absent(metadata, field)) {
                errors.forbidden(metadataPath.child(field), "cannot be set");
            }
        }
        validateSpec(template.objectOrEmpty("spec"), path.child("spec"), errors);
    }

    static void validateSpec(JsonObject spec, FieldPath path, FieldErrors errors) {
        validateAccessModes(spec, path, errors);
        LabelSelectors.validate(spec.object("selector"), path.child("selector"), errors);
        JsonObject requests = spec.objectOrEmpty("resources").objectOrEmpty("requests");
        FieldPath amountPath = path.child("resources").key("storage");
        if (!requests.has("storage")) {
            errors.required(amountPath, "");
        } else if (Quantity.orZero(requests.get("storage")).signum() <= 0) {
            errors.invalid(amountPath, ResourceRequirements.text(requests.get("storage")), "must be greater than zero");
        }
        String storageClass = spec.text("storageClassName");
        if (!storageClass.isEmpty()) {
            errors.invalid(path.child("storageClassName"), storageClass, Names.dnsSubdomain(storageClass));
        }
        if (!Defaults.absent(spec, "volumeMode")) {
            errors.oneOf(path.child("volumeMode"), spec.text("volumeMode"), VOLUME_MODES);
        }
        String attributes = spec.text("volumeAttributesClassName");
        if (!attributes.isEmpty()) {
            errors.invalid(path.child("volumeAttributesClassName"), attributes, Names.dnsSubdomain(attributes));
        }
        for (String source : List.of("dataSource", "dataSourceRef")) {
            validateSource(spec.object(source), path.child(source), errors);
        }
    }

    static void validateAccessModes(JsonObject spec, FieldPath path, FieldErrors errors) {
        List<String> modes = spec.texts("accessModes");
        if (modes.isEmpty()) {
            errors.required(path.child("accessModes"), "at least 1 access mode is required");
        }
        for (String mode : modes) {
            errors.oneOf(path.child("accessModes"), mode, ACCESS_MODES);
        }
        if (modes.size() > 1 && modes.contains("ReadWriteOncePod")) {
            errors.forbidden(path.child("accessModes"), "may not use ReadWriteOncePod with other access modes");
        }
    }

    private static void validateSource(
            @org.jspecify.annotations.Nullable JsonObject source, FieldPath path, FieldErrors errors) {
        if (source == null) {
            return;
        }
        if (source.text("name").isEmpty()) {
            errors.required(path.child("name"), "");
        }
        if (source.text("kind").isEmpty()) {
            errors.required(path.child("kind"), "");
        }
        if (source.text("apiGroup").isEmpty() && !source.text("kind").equals("PersistentVolumeClaim")) {
            errors.invalid(
                    path, source.text("kind"), "must be 'PersistentVolumeClaim' when referencing the default apiGroup");
        }
    }
}
