// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.Names;
import io.fairlead.apiserver.internal.validation.Quantity;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** PersistentVolumes. */
final class PersistentVolumeStrategy extends GenericStrategy {
    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final String TWO_SOURCES = "may not specify more than 1 volume type";

    /** In upstream's order: of two sources, the later one is one too many. */
    private static final List<String> SOURCES = List.of(
            "hostPath",
            "gcePersistentDisk",
            "awsElasticBlockStore",
            "glusterfs",
            "flocker",
            "nfs",
            "rbd",
            "quobyte",
            "cephfs",
            "iscsi",
            "cinder",
            "fc",
            "flexVolume",
            "azureFile",
            "vsphereVolume",
            "photonPersistentDisk",
            "portworxVolume",
            "azureDisk",
            "scaleIO",
            "local",
            "storageos",
            "csi");

    /** The secrets of a driver that must be named in full. */
    private static final List<String> SECRETS = List.of(
            "controllerPublishSecretRef", "controllerExpandSecretRef", "nodePublishSecretRef", "nodeExpandSecretRef");

    private static final List<String> NEVER_INLINE =
            List.of("claimRef", "capacity", "nodeAffinity", "storageClassName");

    PersistentVolumeStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    public void setDefaults(JsonObject object) {
        JsonObject spec = object.child("spec");
        Defaults.text(object.child("status"), "phase", "Pending");
        Defaults.text(spec, "persistentVolumeReclaimPolicy", "Retain");
        Defaults.pointer(spec, "volumeMode", "Filesystem");
        Defaults.roundResources(spec, "capacity");
        for (String type : SOURCES) {
            JsonObject source = spec.object(type);
            if (source != null) {
                VolumeDefaults.ofSource(type, source);
            }
        }
    }

    @Override
    public void prepareForCreate(Context context, JsonObject next) {
        next.put(
                "status",
                new JsonObject()
                        .put("phase", "Pending")
                        .put(
                                "lastPhaseTransitionTime",
                                context.now().truncatedTo(ChronoUnit.SECONDS).toString()));
    }

    @Override
    public void prepareForStatusUpdate(Context context, JsonObject next, JsonObject old) {
        super.prepareForStatusUpdate(context, next, old);
        JsonObject status = next.child("status");
        JsonObject before = old.objectOrEmpty("status");
        boolean moved = !status.text("phase").equals(before.text("phase"));
        boolean said = !Defaults.absent(status, "lastPhaseTransitionTime");
        if (!moved && !said) {
            copy("lastPhaseTransitionTime", before, status);
        } else if (moved
                && (!said || same(status.get("lastPhaseTransitionTime"), before.get("lastPhaseTransitionTime")))) {
            status.put(
                    "lastPhaseTransitionTime",
                    context.now().truncatedTo(ChronoUnit.SECONDS).toString());
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
        validateModes(spec, SPEC.child("accessModes"), errors);
        validateCapacity(spec, errors);
        errors.oneOf(
                SPEC.child("persistentVolumeReclaimPolicy"),
                spec.text("persistentVolumeReclaimPolicy"),
                List.of("Delete", "Recycle", "Retain"));
        validateSources(spec, SPEC, errors);
        JsonObject affinity = spec.object("nodeAffinity");
        if (affinity != null) {
            JsonObject required = affinity.object("required");
            FieldPath path = SPEC.child("nodeAffinity", "required");
            if (required == null) {
                errors.required(path, "must specify required node constraints");
            } else {
                PodAffinity.validateNodeSelector(required, path, errors);
            }
        }
        String storageClass = spec.text("storageClassName");
        if (!storageClass.isEmpty()) {
            errors.invalid(SPEC.child("storageClassName"), storageClass, Names.dnsSubdomain(storageClass));
        }
        if (!Defaults.absent(spec, "volumeMode")) {
            errors.oneOf(SPEC.child("volumeMode"), spec.text("volumeMode"), Claims.VOLUME_MODES);
        }
        validateAttributesClass(spec, errors);
    }

    /** The spec of a volume that has no object of its own, because a pod brings it along. */
    static void validateInline(JsonObject spec, FieldPath path, FieldErrors errors) {
        for (String field : NEVER_INLINE) {
            if (!Defaults.absent(spec, field)) {
                errors.forbidden(path.child(field), "may not be specified in the context of inline volumes");
            }
        }
        if (spec.object("csi") == null) {
            errors.required(path.child("csi"), "has to be specified in the context of inline volumes");
        }
        String policy = spec.text("persistentVolumeReclaimPolicy");
        if (!policy.isEmpty() && !policy.equals("Retain")) {
            errors.forbidden(
                    path.child("persistentVolumeReclaimPolicy"), "may only be Retain in the context of inline volumes");
        }
        String mode = spec.text("volumeMode");
        if (!mode.isEmpty() && !mode.equals("Filesystem")) {
            errors.forbidden(
                    path.child("volumeMode"),
                    "may not specify volumeMode other than Filesystem in the context of inline volumes");
        }
        validateModes(spec, path.child("accessModes"), errors);
        validateSources(spec, path, errors);
    }

    private static void validateModes(JsonObject spec, FieldPath path, FieldErrors errors) {
        List<String> modes = spec.texts("accessModes");
        if (modes.isEmpty()) {
            errors.required(path, "");
        }
        modes.forEach(mode -> errors.oneOf(path, mode, Claims.ACCESS_MODES));
        if (modes.size() > 1 && modes.contains("ReadWriteOncePod")) {
            errors.forbidden(path, "may not use ReadWriteOncePod with other access modes");
        }
    }

    private static void validateCapacity(JsonObject spec, FieldErrors errors) {
        JsonObject capacity = spec.objectOrEmpty("capacity");
        FieldPath path = SPEC.child("capacity");
        if (capacity.isEmpty()) {
            errors.required(path, "");
        }
        if (!capacity.has("storage") || capacity.size() > 1) {
            errors.unsupported(
                    path,
                    capacity.isEmpty() ? io.fairlead.apiserver.internal.codec.JsonNull.NULL : capacity,
                    List.of("storage"));
        }
        capacity.forEach((name, amount) -> {
            Quantity quantity = Quantity.orZero(amount);
            if (quantity.signum() < 0) {
                errors.invalid(path.key(name), quantity.value().longValue(), "must be a valid resource quantity");
            }
            if (quantity.signum() <= 0) {
                errors.invalid(path.key(name), ResourceRequirements.text(amount), "must be greater than zero");
            }
        });
    }

    private static void validateSources(JsonObject spec, FieldPath base, FieldErrors errors) {
        int sources = 0;
        for (String type : SOURCES) {
            JsonObject source = spec.object(type);
            if (source == null) {
                continue;
            }
            sources++;
            FieldPath path = base.child(type);
            if (sources > 1) {
                errors.forbidden(path, TWO_SOURCES);
                continue;
            }
            switch (type) {
                case "hostPath" -> {
                    PodVolumes.hostPath(source, path, errors);
                    if (source.text("path").equals("/")
                            && spec.text("persistentVolumeReclaimPolicy").equals("Recycle")) {
                        errors.forbidden(
                                base.child("persistentVolumeReclaimPolicy"),
                                "may not be 'recycle' for a hostPath mount of '/'");
                    }
                }
                case "local" -> {
                    PodVolumes.required(source, "path", path, errors);
                    Paths.noBacksteps(source.text("path"), path.child("path"), errors);
                    if (spec.object("nodeAffinity") == null) {
                        errors.required(base.child("nodeAffinity"), "Local volume requires node affinity");
                    }
                }
                case "csi" -> {
                    PodVolumes.validateCsiDriver(source.text("driver"), path.child("driver"), errors);
                    PodVolumes.required(source, "volumeHandle", path, errors);
                    validateSecrets(source, path, errors);
                }
                default -> RemoteVolumes.validate(type, source, path, errors);
            }
        }
        if (sources == 0) {
            errors.required(base, "must specify a volume type");
        }
    }

    private static void validateSecrets(JsonObject source, FieldPath path, FieldErrors errors) {
        for (String field : SECRETS) {
            JsonObject secret = source.object(field);
            if (secret != null) {
                PodVolumes.required(secret, "name", path.child(field), errors);
                PodVolumes.required(secret, "namespace", path.child(field), errors);
            }
        }
    }

    private static void validateAttributesClass(JsonObject spec, FieldErrors errors) {
        if (Defaults.absent(spec, "volumeAttributesClassName")) {
            return;
        }
        String name = spec.text("volumeAttributesClassName");
        FieldPath path = SPEC.child("volumeAttributesClassName");
        if (name.isEmpty()) {
            errors.required(path, "an empty string is disallowed");
        } else {
            errors.invalid(path, name, Names.dnsSubdomain(name));
        }
        if (spec.object("csi") == null) {
            errors.required(SPEC.child("csi"), "has to be specified when using volumeAttributesClassName");
        }
    }

    @Override
    void validateChange(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        JsonObject spec = next.objectOrEmpty("spec");
        JsonObject before = old.objectOrEmpty("spec");
        for (String type : SOURCES) {
            JsonValue source = spec.get(type);
            if (!same(source, before.get(type))) {
                errors.forbidden(
                        SPEC.child("persistentvolumesource"),
                        "spec.persistentvolumesource is immutable after creation\n"
                                + LineDifference.between(
                                        GoStructs.of("PersistentVolumeSource", before),
                                        GoStructs.of("PersistentVolumeSource", spec)));
                return;
            }
        }
    }

    @Override
    public List<String> warnings(Context context, JsonObject next) {
        List<String> warnings = new ArrayList<>();
        JsonObject spec = next.objectOrEmpty("spec");
        if (spec.text("persistentVolumeReclaimPolicy").equals("Recycle")) {
            warnings.add("spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the"
                    + " recommended approach is to use dynamic provisioning.");
        }
        for (String type : SOURCES) {
            String deprecation = PodWarnings.volumeDeprecation(type);
            if (spec.object(type) != null && !deprecation.isEmpty()) {
                warnings.add("spec." + (type.equals("storageos") ? "storageOS" : type) + ": " + deprecation);
            }
        }
        return warnings;
    }
}
