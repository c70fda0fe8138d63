// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;

/** Fills in what the volumes of a pod, and persistent volumes, leave out. */
final class VolumeDefaults {
    /** Octal 0644: everybody may read files from ConfigMaps and the like. */
    private static final long FILE_MODE = 0644;

    private static final long TOKEN_SECONDS = 60 * 60;

    private VolumeDefaults() {}

    /** A volume of a pod; one without any source is an empty directory. */
    static void ofVolume(JsonObject volume) {
        boolean sourced = false;
        for (int i = 0; i < volume.size(); i++) {
            if (volume.valueAt(i) instanceof JsonObject source) {
                sourced = true;
                ofSource(volume.nameAt(i), source);
            }
        }
        if (!sourced) {
            volume.put("emptyDir", new JsonObject());
        }
    }

    /** A source of a volume, by the name of its field. */
    static void ofSource(String type, JsonObject source) {
        switch (type) {
            case "secret", "configMap" -> Defaults.pointer(source, "defaultMode", FILE_MODE);
            case "downwardAPI" -> {
                Defaults.pointer(source, "defaultMode", FILE_MODE);
                downwardFiles(source);
            }
            case "projected" -> projected(source);
            case "hostPath" -> Defaults.pointer(source, "type", "");
            case "iscsi" -> Defaults.text(source, "iscsiInterface", "default");
            case "rbd" -> {
                Defaults.text(source, "pool", "rbd");
                Defaults.text(source, "user", "admin");
                Defaults.text(source, "keyring", "/etc/ceph/keyring");
            }
            case "azureDisk" -> {
                Defaults.pointer(source, "cachingMode", "ReadWrite");
                Defaults.pointer(source, "kind", "Shared");
                Defaults.pointer(source, "fsType", "ext4");
                Defaults.pointer(source, "readOnly", false);
            }
            case "scaleIO" -> {
                Defaults.text(source, "storageMode", "ThinProvisioned");
                Defaults.text(source, "fsType", "xfs");
            }
            case "image" -> Defaults.text(source, "pullPolicy", ContainerDefaults.pullPolicy(source.text("reference")));
            case "ephemeral" -> ephemeral(source);
            default -> {
                // The other types leave nothing out.
            }
        }
    }

    private static void downwardFiles(JsonObject source) {
        for (JsonObject file : source.objects("items")) {
            ContainerDefaults.fieldRef(file.object("fieldRef"));
        }
    }

    private static void projected(JsonObject projected) {
        Defaults.pointer(projected, "defaultMode", FILE_MODE);
        for (JsonObject source : projected.objects("sources")) {
            if (source.get("downwardAPI") instanceof JsonObject downward) {
                downwardFiles(downward);
            }
            if (source.get("serviceAccountToken") instanceof JsonObject token) {
                Defaults.pointer(token, "expirationSeconds", TOKEN_SECONDS);
            }
            if (source.get("podCertificate") instanceof JsonObject certificate) {
                Defaults.pointer(certificate, "maxExpirationSeconds", 24 * TOKEN_SECONDS);
            }
        }
    }

    private static void ephemeral(JsonObject source) {
        JsonObject template = source.object("volumeClaimTemplate");
        if (template != null) {
            template.child("metadata");
            ofClaimSpec(template.child("spec"));
        }
    }

    /** The wish for a volume, in a claim or in a template of one. */
    static void ofClaimSpec(JsonObject spec) {
        Defaults.pointer(spec, "volumeMode", "Filesystem");
        if (spec.get("resources") instanceof JsonObject resources) {
            Defaults.roundResources(resources, "limits");
            Defaults.roundResources(resources, "requests");
        }
    }
}
