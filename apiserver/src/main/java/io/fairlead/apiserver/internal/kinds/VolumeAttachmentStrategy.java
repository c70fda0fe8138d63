// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.Names;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** VolumeAttachments: their spec never changes. */
final class VolumeAttachmentStrategy extends GenericStrategy {
    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final FieldPath STATUS = FieldPath.of("status");
    private static final int TEXT_BYTES_MAX = 256 * 1024;
    private static final String ONE_SOURCE = "must specify exactly one of inlineVolumeSpec and persistentVolumeName";

    VolumeAttachmentStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    boolean checksWholeOnUpdate() {
        return true;
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        JsonObject spec = object.objectOrEmpty("spec");
        PodVolumes.validateCsiDriver(spec.text("attacher"), SPEC.child("attacher"), errors);
        validateSource(spec.objectOrEmpty("source"), SPEC.child("source"), errors);
        String node = spec.text("nodeName");
        errors.invalid(SPEC.child("nodeName"), node, Names.dnsSubdomain(node));
        validateStatus(object.objectOrEmpty("status"), errors);
    }

    private static void validateSource(JsonObject source, FieldPath path, FieldErrors errors) {
        JsonObject inline = source.object("inlineVolumeSpec");
        boolean named = !Defaults.absent(source, "persistentVolumeName");
        if (inline == null && !named) {
            errors.required(path, ONE_SOURCE);
        } else if (inline != null && named) {
            errors.forbidden(path, ONE_SOURCE);
        } else if (inline != null) {
            PersistentVolumeStrategy.validateInline(inline, path.child("inlineVolumeSpec"), errors);
        } else {
            String name = source.text("persistentVolumeName");
            FieldPath at = path.child("persistentVolumeName");
            if (name.isEmpty()) {
                errors.required(at, "must specify non empty persistentVolumeName");
            }
            errors.invalid(at, name, Names.dnsSubdomain(name));
        }
    }

    private static void validateStatus(JsonObject status, FieldErrors errors) {
        if (StorageParameters.bytes(status.objectOrEmpty("attachmentMetadata")) > TEXT_BYTES_MAX) {
            errors.tooLong(STATUS.child("attachmentMetadata"), TEXT_BYTES_MAX);
        }
        for (String field : List.of("attachError", "detachError")) {
            JsonObject error = status.objectOrEmpty(field);
            if (error.text("message").getBytes(StandardCharsets.UTF_8).length > TEXT_BYTES_MAX) {
                errors.tooLong(STATUS.child(field, "message"), TEXT_BYTES_MAX);
            }
            long code = error.number("errorCode");
            if (code < 0) {
                errors.invalid(
                        STATUS.child(field, "errorCode"),
                        code,
                        "must be between 0 and " + Integer.MAX_VALUE + ", inclusive");
            }
        }
    }

    @Override
    void validateStatus(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        validateStatus(next.objectOrEmpty("status"), errors);
    }

    @Override
    void validateChange(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        if (!same(next.get("spec"), old.get("spec"))) {
            errors.invalid(
                    SPEC, GoStructs.of("VolumeAttachmentSpec", next.objectOrEmpty("spec")), "field is immutable");
        }
    }
}
