// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import java.util.List;

/** What is wrong with volumes on disks and file servers elsewhere; pods and persistent volumes share these types. */
final class RemoteVolumes {
    private static final List<String> BLOB_URIS =
            List.of("https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd");
    private static final List<String> MANAGED_URIS =
            List.of("/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}");

    private RemoteVolumes() {}

    static void validate(String type, JsonObject source, FieldPath path, FieldErrors errors) {
        switch (type) {
            case "gitRepo" -> {
                require(source, path, errors, "repository");
                Paths.descending(source.text("directory"), path.child("directory"), errors);
            }
            case "gcePersistentDisk" -> {
                require(source, path, errors, "pdName");
                range(source, "partition", "must be between 1 and 255, inclusive", path, errors);
            }
            case "awsElasticBlockStore" -> {
                require(source, path, errors, "volumeID");
                range(source, "partition", "must be between 0 and 255, inclusive", path, errors);
            }
            case "nfs" -> {
                require(source, path, errors, "server", "path");
                if (!source.text("path").startsWith("/")) {
                    errors.invalid(path.child("path"), source.text("path"), "must be an absolute path");
                }
            }
            case "iscsi" -> iscsi(source, path, errors);
            case "glusterfs" -> require(source, path, errors, "endpoints", "path");
            case "rbd" -> {
                requireList(source, "monitors", path, errors);
                require(source, path, errors, "image");
            }
            case "cephfs" -> requireList(source, "monitors", path, errors);
            case "cinder", "portworxVolume" -> require(source, path, errors, "volumeID");
            case "flexVolume" -> require(source, path, errors, "driver");
            case "azureFile" -> require(source, path, errors, "secretName", "shareName");
            case "vsphereVolume" -> require(source, path, errors, "volumePath");
            case "photonPersistentDisk" -> require(source, path, errors, "pdID");
            case "quobyte" -> require(source, path, errors, "registry", "volume");
            case "scaleIO" -> require(source, path, errors, "gateway", "system", "volumeName");
            case "azureDisk" -> azureDisk(source, path, errors);
            case "flocker" -> flocker(source, path, errors);
            case "fc" -> fibreChannel(source, path, errors);
            default -> {
                // The rest leaves everything to its driver.
            }
        }
    }

    private static void require(JsonObject source, FieldPath path, FieldErrors errors, String... fields) {
        for (String field : fields) {
            PodVolumes.required(source, field, path, errors);
        }
    }

    private static void requireList(JsonObject source, String field, FieldPath path, FieldErrors errors) {
        if (source.arrayOrEmpty(field).isEmpty()) {
            errors.required(path.child(field), "");
        }
    }

    private static void range(JsonObject source, String field, String message, FieldPath path, FieldErrors errors) {
        long value = source.number(field, 0);
        if (value < 0 || value > 255) {
            errors.invalid(path.child(field), value, message);
        }
    }

    private static void iscsi(JsonObject source, FieldPath path, FieldErrors errors) {
        require(source, path, errors, "targetPortal");
        String name = source.text("iqn");
        if (name.isEmpty()) {
            errors.required(path.child("iqn"), "");
        } else if (!name.startsWith("iqn") && !name.startsWith("eui") && !name.startsWith("naa")) {
            errors.invalid(path.child("iqn"), name, "must be valid format starting with iqn, eui, or naa");
        }
        range(source, "lun", "must be between 0 and 255, inclusive", path, errors);
        boolean chap = source.flag("chapAuthDiscovery") || source.flag("chapAuthSession");
        if (chap && source.object("secretRef") == null) {
            errors.required(path.child("secretRef"), "");
        }
    }

    private static void azureDisk(JsonObject source, FieldPath path, FieldErrors errors) {
        require(source, path, errors, "diskName", "diskURI");
        if (source.has("cachingMode")) {
            errors.oneOf(
                    path.child("cachingMode"), source.text("cachingMode"), List.of("None", "ReadOnly", "ReadWrite"));
        }
        if (source.has("kind")) {
            errors.oneOf(path.child("kind"), source.text("kind"), List.of("Dedicated", "Managed", "Shared"));
        }
        boolean managed = source.text("kind").equals("Managed");
        String uri = source.text("diskURI");
        if (managed && !uri.startsWith("/subscriptions/")) {
            errors.unsupported(path.child("diskURI"), uri, MANAGED_URIS);
        } else if (!managed && !uri.startsWith("https://")) {
            errors.unsupported(path.child("diskURI"), uri, BLOB_URIS);
        }
    }

    private static void flocker(JsonObject source, FieldPath path, FieldErrors errors) {
        boolean name = !source.text("datasetName").isEmpty();
        boolean uuid = !source.text("datasetUUID").isEmpty();
        if (!name && !uuid) {
            errors.required(path, "one of datasetName and datasetUUID is required");
        } else if (name && uuid) {
            errors.invalid(path, "resource", "datasetName and datasetUUID can not be specified simultaneously");
        }
        if (source.text("datasetName").indexOf('/') >= 0) {
            errors.invalid(path.child("datasetName"), source.text("datasetName"), "must not contain '/'");
        }
    }

    private static void fibreChannel(JsonObject source, FieldPath path, FieldErrors errors) {
        boolean targets = !source.arrayOrEmpty("targetWWNs").isEmpty();
        boolean wwids = !source.arrayOrEmpty("wwids").isEmpty();
        if (!targets && !wwids) {
            errors.required(path.child("targetWWNs"), "must specify either targetWWNs or wwids, but not both");
        } else if (targets && wwids) {
            errors.invalid(
                    path.child("targetWWNs"),
                    source.get("targetWWNs"),
                    "targetWWNs and wwids can not be specified simultaneously");
        }
        if (targets) {
            if (Defaults.absent(source, "lun")) {
                errors.required(path.child("lun"), "lun is required if targetWWNs is specified");
            } else {
                range(source, "lun", "must be between 0 and 255, inclusive", path, errors);
            }
        }
    }
}
