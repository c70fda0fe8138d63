// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.MetadataValidation;
import io.fairlead.apiserver.internal.validation.Quantity;
import java.util.List;

/** PersistentVolumeClaims. */
final class PersistentVolumeClaimStrategy extends GenericStrategy {
    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final List<String> RESIZE_STATES = List.of(
            "ControllerResizeInProgress",
            "ControllerResizeInfeasible",
            "NodeResizeInProgress",
            "NodeResizeInfeasible",
            "NodeResizePending");
    private static final String CLASS_ANNOTATION = "volume.beta.kubernetes.io/storage-class";

    PersistentVolumeClaimStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    public void setDefaults(JsonObject object) {
        VolumeDefaults.ofClaimSpec(object.child("spec"));
        Defaults.text(object.child("status"), "phase", "Pending");
    }

    @Override
    public void prepareForCreate(Context context, JsonObject next) {
        next.put("status", new JsonObject().put("phase", "Pending"));
        dropForeignSource(next.child("spec"));
        agreeOnSource(next.child("spec"));
    }

    /** The old field takes claims and snapshots only; anything else alone in it is passed over. */
    private static void dropForeignSource(JsonObject spec) {
        JsonObject source = spec.object("dataSource");
        if (source == null || spec.object("dataSourceRef") != null) {
            return;
        }
        String kind = source.text("apiGroup") + "/" + source.text("kind");
        if (!kind.equals("/PersistentVolumeClaim") && !kind.equals("snapshot.storage.k8s.io/VolumeSnapshot")) {
            spec.remove("dataSource");
        }
    }

    /** The source of the data stands in an old field and a new one, which say the same where the old one can say it. */
    private static void agreeOnSource(JsonObject spec) {
        JsonObject source = spec.object("dataSource");
        JsonObject reference = spec.object("dataSourceRef");
        if (source != null && reference == null) {
            spec.put("dataSourceRef", source.deepCopy());
        } else if (source == null && reference != null && Defaults.absent(reference, "namespace")) {
            spec.put("dataSource", reference.deepCopy());
        }
    }

    @Override
    List<String> statusKeeps() {
        return List.of("generation", "deletionTimestamp");
    }

    @Override
    boolean checksWholeOnUpdate() {
        return true;
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        JsonObject spec = object.objectOrEmpty("spec");
        Claims.validateSpec(spec, SPEC, errors);
        JsonObject source = spec.object("dataSource");
        JsonObject reference = spec.object("dataSourceRef");
        if (source != null
                && reference != null
                && Defaults.absent(reference, "namespace")
                && !source.equals(reference)) {
            errors.invalid(SPEC, new JsonObject(), "must match dataSourceRef");
        }
    }

    @Override
    void validateChange(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        JsonObject spec = next.objectOrEmpty("spec").deepCopy();
        JsonObject before = old.objectOrEmpty("spec").deepCopy();
        boolean bound = old.objectOrEmpty("status").text("phase").equals("Bound");
        if (before.text("volumeName").isEmpty()) {
            copy("volumeName", spec, before);
        }
        if (before.text("storageClassName").isEmpty() && Defaults.absent(before, "storageClassName")) {
            copy("storageClassName", spec, before);
        }
        if (bound) {
            copy("volumeAttributesClassName", spec, before);
            copyRequest(spec, before);
        }
        if (!spec.equals(before)) {
            errors.forbidden(
                    SPEC,
                    "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound"
                            + " claims\n" + LineDifference.between(asText(before), asText(spec)));
        }
        validateSize(next, old, errors);
        MetadataValidation.immutable(
                next.objectOrEmpty("spec").get("volumeMode"),
                old.objectOrEmpty("spec").get("volumeMode"),
                FieldPath.of("volumeMode"),
                errors);
    }

    private static void copyRequest(JsonObject spec, JsonObject before) {
        JsonObject requests = spec.objectOrEmpty("resources").object("requests");
        if (requests != null) {
            copy("storage", requests, before.child("resources").child("requests"));
        }
    }

    private static void validateSize(JsonObject next, JsonObject old, FieldErrors errors) {
        Quantity wanted = request(next);
        Quantity before = request(old);
        Quantity capacity = Quantity.orZero(
                old.objectOrEmpty("status").objectOrEmpty("capacity").get("storage"));
        FieldPath path = SPEC.child("resources", "requests").child("storage");
        if (wanted.compareTo(before) < 0 && wanted.compareTo(capacity) <= 0) {
            errors.forbidden(path, "field can not be less than status.capacity");
        }
    }

    private static Quantity request(JsonObject claim) {
        return Quantity.orZero(claim.objectOrEmpty("spec")
                .objectOrEmpty("resources")
                .objectOrEmpty("requests")
                .get("storage"));
    }

    private static JsonObject asText(JsonObject spec) {
        JsonObject text = GoStructs.of("PersistentVolumeClaimSpec", spec);
        for (String field : List.of("DataSource", "DataSourceRef")) {
            if (text.get(field) instanceof JsonObject source) {
                JsonValue group = source.get("apiGroup");
                JsonObject typed = new JsonObject()
                        .put("APIGroup", group == null ? JsonNull.NULL : group)
                        .put("Kind", source.text("kind"))
                        .put("Name", source.text("name"));
                if (field.equals("DataSourceRef")) {
                    JsonValue namespace = source.get("namespace");
                    typed.put("Namespace", namespace == null ? JsonNull.NULL : namespace);
                }
                text.put(field, typed);
            }
        }
        return text;
    }

    @Override
    void validateStatus(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        JsonObject status = next.objectOrEmpty("status");
        FieldPath path = FieldPath.of("status");
        validateAmounts(status.objectOrEmpty("capacity"), path.child("capacity"), errors);
        validateAmounts(status.objectOrEmpty("allocatedResources"), path.child("allocatedResources"), errors);
        JsonObject states = status.objectOrEmpty("allocatedResourceStatuses");
        for (String field : List.of("allocatedResources", "allocatedResourceStatuses")) {
            for (String name : status.objectOrEmpty(field).names()) {
                if (name.indexOf('/') < 0) {
                    errors.oneOf(path.child(field), name, List.of("storage"));
                }
            }
        }
        for (String name : states.names()) {
            if (!RESIZE_STATES.contains(states.text(name))) {
                errors.unsupported(path.child("allocatedResourceStatuses"), name, RESIZE_STATES);
            }
        }
    }

    private static void validateAmounts(JsonObject amounts, FieldPath path, FieldErrors errors) {
        amounts.forEach((name, amount) -> {
            if (Quantity.orZero(amount).signum() < 0) {
                errors.invalid(
                        path.key(name),
                        Quantity.orZero(amount).value().longValue(),
                        "must be a valid resource quantity");
            }
        });
    }

    @Override
    public List<String> warnings(Context context, JsonObject next) {
        boolean old =
                next.objectOrEmpty("metadata").objectOrEmpty("annotations").has(CLASS_ANNOTATION);
        return old
                ? List.of("metadata.annotations[" + CLASS_ANNOTATION
                        + "]: deprecated since v1.8; use \"storageClassName\" attribute instead")
                : List.of();
    }
}
