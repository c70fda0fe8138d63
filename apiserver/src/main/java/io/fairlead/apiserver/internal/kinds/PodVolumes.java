// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.Names;
import io.fairlead.apiserver.internal.validation.Quantity;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is wrong with the volumes of a pod. */
final class PodVolumes {
    private static final long MODE_MAX = 0777;
    private static final String MODE_RANGE = "must be a number between 0 and 0777 (octal), both inclusive";
    private static final String TWO_SOURCES = "may not specify more than 1 volume type";
    private static final long TOKEN_SECONDS_MIN = 10 * 60;
    private static final long TOKEN_SECONDS_MAX = 1L << 32;
    private static final List<String> HOST_PATH_TYPES = List.of(
            "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket");

    /** In upstream's order: of two sources, the later one is one too many. */
    private static final List<String> SOURCES = List.of(
            "emptyDir",
            "hostPath",
            "gitRepo",
            "gcePersistentDisk",
            "awsElasticBlockStore",
            "secret",
            "nfs",
            "iscsi",
            "glusterfs",
            "flocker",
            "persistentVolumeClaim",
            "rbd",
            "cinder",
            "cephfs",
            "quobyte",
            "downwardAPI",
            "fc",
            "flexVolume",
            "configMap",
            "azureFile",
            "vsphereVolume",
            "photonPersistentDisk",
            "portworxVolume",
            "azureDisk",
            "storageos",
            "projected",
            "scaleIO",
            "csi",
            "ephemeral",
            "image");

    private PodVolumes() {}

    /** Complains about the volumes of {@code spec} and answers those that are good, by name. */
    static Map<String, JsonObject> validate(JsonObject spec, FieldPath path, FieldErrors errors) {
        Map<String, JsonObject> good = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        List<JsonObject> volumes = spec.objects("volumes");
        for (int i = 0; i < volumes.size(); i++) {
            JsonObject volume = volumes.get(i);
            FieldPath at = path.index(i);
            int before = errors.size();
            validateSources(volume, at, errors);
            String name = volume.text("name");
            if (name.isEmpty()) {
                errors.required(at.child("name"), "");
            } else {
                errors.invalid(at.child("name"), name, Names.dnsLabel(name));
            }
            if (names.contains(name)) {
                errors.duplicate(at.child("name"), name);
            }
            if (errors.size() == before) {
                names.add(name);
                good.put(name, volume);
            }
        }
        return good;
    }

    private static void validateSources(JsonObject volume, FieldPath path, FieldErrors errors) {
        int sources = 0;
        for (String type : SOURCES) {
            JsonObject source = volume.object(type);
            if (source == null) {
                continue;
            }
            sources++;
            FieldPath at = path.child(type.equals("gcePersistentDisk") ? "persistentDisk" : type);
            if (sources > 1) {
                errors.forbidden(at, TWO_SOURCES);
            } else {
                validateSource(type, source, at, errors);
            }
        }
        if (sources == 0) {
            errors.required(path, "must specify a volume type");
        }
    }

    private static void validateSource(String type, JsonObject source, FieldPath path, FieldErrors errors) {
        switch (type) {
            case "emptyDir" -> {
                if (!Defaults.absent(source, "sizeLimit")
                        && Quantity.orZero(source.get("sizeLimit")).signum() < 0) {
                    errors.forbidden(path.child("sizeLimit"), "SizeLimit field must be a valid resource quantity");
                }
            }
            case "hostPath" -> hostPath(source, path, errors);
            case "secret" -> files(source, "secretName", path, errors);
            case "configMap" -> files(source, "name", path, errors);
            case "persistentVolumeClaim" -> required(source, "claimName", path, errors);
            case "downwardAPI" -> {
                mode(source, "defaultMode", path, errors);
                source.objects("items").forEach(file -> downwardFile(file, path, errors));
            }
            case "projected" -> projected(source, path, errors);
            case "csi" -> csi(source, path, errors);
            case "ephemeral" -> ephemeral(source, path, errors);
            case "image" -> {
                required(source, "reference", path, errors);
                PodContainers.validatePullPolicy(source.text("pullPolicy"), path.child("pullPolicy"), errors);
            }
            default -> RemoteVolumes.validate(type, source, path, errors);
        }
    }

    static void required(JsonObject source, String field, FieldPath path, FieldErrors errors) {
        if (source.text(field).isEmpty()) {
            errors.required(path.child(field), "");
        }
    }

    static void hostPath(JsonObject source, FieldPath path, FieldErrors errors) {
        required(source, "path", path, errors);
        Paths.noBacksteps(source.text("path"), path.child("path"), errors);
        if (!Defaults.absent(source, "type")) {
            errors.oneOf(path.child("type"), source.text("type"), HOST_PATH_TYPES);
        }
    }

    private static void files(JsonObject source, String name, FieldPath path, FieldErrors errors) {
        required(source, name, path, errors);
        mode(source, "defaultMode", path, errors);
        List<JsonObject> items = source.objects("items");
        for (int i = 0; i < items.size(); i++) {
            file(items.get(i), path.child("items").index(i), errors);
        }
    }

    private static void file(JsonObject item, FieldPath path, FieldErrors errors) {
        required(item, "key", path, errors);
        required(item, "path", path, errors);
        Paths.nonReserved(item.text("path"), path.child("path"), errors);
        mode(item, "mode", path, errors);
    }

    private static void mode(JsonObject object, String field, FieldPath path, FieldErrors errors) {
        if (!Defaults.absent(object, field)) {
            long mode = object.number(field, 0);
            if (mode < 0 || mode > MODE_MAX) {
                errors.invalid(path.child(field), mode, MODE_RANGE);
            }
        }
    }

    private static void downwardFile(JsonObject file, FieldPath path, FieldErrors errors) {
        required(file, "path", path, errors);
        Paths.nonReserved(file.text("path"), path.child("path"), errors);
        JsonObject field = file.object("fieldRef");
        JsonObject resource = file.object("resourceFieldRef");
        if (field != null) {
            PodEnvironment.validateFieldRef(field, PodEnvironment.FILE_FIELDS, path.child("fieldRef"), errors);
            if (resource != null) {
                errors.invalid(path, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously");
            }
        } else if (resource != null) {
            PodEnvironment.validateResourceRef(resource, true, path.child("resourceFieldRef"), errors);
        } else {
            errors.required(path, "one of fieldRef and resourceFieldRef is required");
        }
        mode(file, "mode", path, errors);
    }

    private static void projected(JsonObject projected, FieldPath path, FieldErrors errors) {
        mode(projected, "defaultMode", path, errors);
        Set<String> taken = new HashSet<>();
        List<JsonObject> sources = projected.objects("sources");
        for (int i = 0; i < sources.size(); i++) {
            JsonObject source = sources.get(i);
            FieldPath at = path.child("sources").index(i);
            int types = 0;
            for (String type : List.of("secret", "configMap", "downwardAPI", "serviceAccountToken")) {
                JsonObject part = source.object(type);
                if (part == null) {
                    continue;
                }
                types++;
                if (types > 1) {
                    errors.forbidden(at, "may not specify more than 1 volume type per source");
                } else {
                    projectedPart(type, part, at.child(type), new ProjectedFiles(path, taken), errors);
                }
            }
        }
    }

    /** The files of one projected volume so far, and where to complain about two of one name. */
    private record ProjectedFiles(FieldPath path, Set<String> taken) {
        void add(String file, String culprit, FieldErrors errors) {
            if (!file.isEmpty() && !taken.add(file)) {
                errors.invalid(path, culprit, "conflicting duplicate paths");
            }
        }
    }

    private static void projectedPart(
            String type, JsonObject part, FieldPath at, ProjectedFiles files, FieldErrors errors) {
        switch (type) {
            case "secret", "configMap" -> {
                required(part, "name", at, errors);
                List<JsonObject> items = part.objects("items");
                for (int i = 0; i < items.size(); i++) {
                    file(items.get(i), at.child("items").index(i), errors);
                    files.add(items.get(i).text("path"), part.text("name"), errors);
                }
            }
            case "downwardAPI" -> {
                for (JsonObject file : part.objects("items")) {
                    downwardFile(file, at, errors);
                    files.add(file.text("path"), file.text("path"), errors);
                }
            }
            default -> {
                long seconds = part.number("expirationSeconds", 0);
                if (seconds < TOKEN_SECONDS_MIN) {
                    errors.invalid(
                            at.child("expirationSeconds"), seconds, "may not specify a duration less than 10 minutes");
                } else if (seconds > TOKEN_SECONDS_MAX) {
                    errors.invalid(
                            at.child("expirationSeconds"),
                            seconds,
                            "may not specify a duration larger than 2^32 seconds");
                }
                String file = part.text("path");
                if (file.isEmpty()) {
                    errors.required(files.path().child("path"), "");
                } else {
                    Paths.nonReserved(file, files.path().child("path"), errors);
                    files.add(file, file, errors);
                }
            }
        }
    }

    private static void csi(JsonObject source, FieldPath path, FieldErrors errors) {
        validateCsiDriver(source.text("driver"), path.child("driver"), errors);
        JsonObject secret = source.object("nodePublishSecretRef");
        if (secret != null && secret.text("name").isEmpty()) {
            errors.required(path.child("nodePublishSecretRef", "name"), "");
        }
    }

    static void validateCsiDriver(String driver, FieldPath path, FieldErrors errors) {
        if (driver.isEmpty()) {
            errors.required(path, "");
            return;
        }
        if (driver.length() > Names.LABEL_MAX) {
            errors.tooLong(path, Names.LABEL_MAX);
        }
        errors.invalid(path, driver, Names.dnsSubdomain(driver.toLowerCase(java.util.Locale.ROOT)));
    }

    private static void ephemeral(JsonObject source, FieldPath path, FieldErrors errors) {
        JsonObject template = source.object("volumeClaimTemplate");
        if (template == null) {
            errors.required(path.child("volumeClaimTemplate"), "");
        } else {
            Claims.validateTemplate(template, path.child("volumeClaimTemplate"), errors);
        }
    }
}
