// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.table;

import io.fairlead.apiserver.internal.codec.JsonBoolean;
import io.fairlead.apiserver.internal.codec.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rows of volumes and of what provides them, and of devices. */
final class StorageRows {
    static final Map<String, TableFormat.Printer> PRINTERS = Map.ofEntries(
            Map.entry("/PersistentVolume", StorageRows::volume),
            Map.entry("/PersistentVolumeClaim", StorageRows::claim),
            Map.entry("storage.k8s.io/StorageClass", StorageRows::storageClass),
            Map.entry("storage.k8s.io/CSIDriver", StorageRows::driver),
            Map.entry("storage.k8s.io/CSINode", StorageRows::node),
            Map.entry("storage.k8s.io/VolumeAttachment", StorageRows::attachment),
            Map.entry("storage.k8s.io/VolumeAttributesClass", StorageRows::attributesClass),
            Map.entry("resource.k8s.io/ResourceClaim", StorageRows::resourceClaim),
            Map.entry("resource.k8s.io/ResourceSlice", StorageRows::resourceSlice));

    private static final String CLASS_ANNOTATION = "volume.beta.kubernetes.io/storage-class";
    private static final List<String> DEFAULT_ANNOTATIONS =
            List.of("storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class");

    private StorageRows() {}

    private static void volume(JsonObject object, Row row) {
        JsonObject spec = object.objectOrEmpty("spec");
        JsonObject status = object.objectOrEmpty("status");
        JsonObject claim = spec.object("claimRef");
        row.name(object)
                .text(Row.value(spec.objectOrEmpty("capacity").get("storage"), "0"))
                .text(accessModes(spec.texts("accessModes")))
                .text(spec.text("persistentVolumeReclaimPolicy"))
                .text(Texts.isDeleting(object) ? "Terminating" : status.text("phase"))
                .text(claim == null ? "" : claim.text("namespace") + "/" + claim.text("name"))
                .text(className(object, spec))
                .text(Row.value(spec.get("volumeAttributesClassName"), Row.UNSET))
                .text(status.text("reason"))
                .age(object)
                .text(Row.value(spec.get("volumeMode"), Row.UNSET));
    }

    private static String className(JsonObject object, JsonObject spec) {
        JsonObject annotations = object.objectOrEmpty("metadata").objectOrEmpty("annotations");
        return annotations.has(CLASS_ANNOTATION) ? annotations.text(CLASS_ANNOTATION) : spec.text("storageClassName");
    }

    private static String accessModes(List<String> modes) {
        List<String> shown = new ArrayList<>();
        Map<String, String> shortNames = Map.of(
                "ReadWriteOnce", "RWO", "ReadOnlyMany", "ROX", "ReadWriteMany", "RWX", "ReadWriteOncePod", "RWOP");
        for (String mode : List.of("ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod")) {
            if (modes.contains(mode)) {
                shown.add(shortNames.getOrDefault(mode, mode));
            }
        }
        return String.join(",", shown);
    }

    private static void claim(JsonObject object, Row row) {
        JsonObject spec = object.objectOrEmpty("spec");
        JsonObject status = object.objectOrEmpty("status");
        boolean bound = !spec.text("volumeName").isEmpty();
        String capacity = Row.value(status.objectOrEmpty("capacity").get("storage"), "0");
        row.name(object)
                .text(Texts.isDeleting(object) ? "Terminating" : status.text("phase"))
                .text(spec.text("volumeName"))
                .text(bound ? capacity : "")
                .text(bound ? accessModes(status.texts("accessModes")) : "")
                .text(className(object, spec))
                .text(Row.value(spec.get("volumeAttributesClassName"), Row.UNSET))
                .age(object)
                .text(Row.value(spec.get("volumeMode"), Row.UNSET));
    }

    private static void storageClass(JsonObject object, Row row) {
        String name = object.objectOrEmpty("metadata").text("name");
        boolean isDefault = DEFAULT_ANNOTATIONS.stream()
                .anyMatch(each -> Texts.annotation(object, each).equals("true"));
        row.text(isDefault ? name + " (default)" : name)
                .text(object.text("provisioner"))
                .text(Row.value(object.get("reclaimPolicy"), "Delete"))
                .text(Row.value(object.get("volumeBindingMode"), "Immediate"))
                .flag(object.flag("allowVolumeExpansion"))
                .age(object);
    }

    private static void driver(JsonObject object, Row row) {
        JsonObject spec = object.objectOrEmpty("spec");
        List<String> audiences = spec.objects("tokenRequests").stream()
                .map(request -> request.text("audience"))
                .toList();
        row.name(object)
                .flag(spec.get("attachRequired") != JsonBoolean.FALSE)
                .flag(spec.flag("podInfoOnMount"))
                .flag(spec.flag("storageCapacity"))
                .text(spec.array("tokenRequests") == null ? Row.UNSET : String.join(",", audiences))
                .flag(spec.flag("requiresRepublish"))
                .textOr(String.join(",", spec.texts("volumeLifecycleModes")), Row.NONE)
                .age(object);
    }

    private static void node(JsonObject object, Row row) {
        row.name(object)
                .number(object.objectOrEmpty("spec").arrayOrEmpty("drivers").size())
                .age(object);
    }

    private static void attachment(JsonObject object, Row row) {
        JsonObject spec = object.objectOrEmpty("spec");
        row.name(object)
                .text(spec.text("attacher"))
                .text(spec.objectOrEmpty("source").text("persistentVolumeName"))
                .text(spec.text("nodeName"))
                .flag(object.objectOrEmpty("status").flag("attached"))
                .age(object);
    }

    private static void attributesClass(JsonObject object, Row row) {
        row.name(object).text(object.text("driverName")).age(object);
    }

    private static void resourceClaim(JsonObject object, Row row) {
        JsonObject status = object.objectOrEmpty("status");
        List<String> states = new ArrayList<>();
        if (Texts.isDeleting(object)) {
            states.add("deleted");
        }
        if (status.object("allocation") != null) {
            states.add("allocated");
            if (!status.arrayOrEmpty("reservedFor").isEmpty()) {
                states.add("reserved");
            }
        } else if (states.isEmpty()) {
            states.add("pending");
        }
        row.name(object).text(String.join(",", states)).age(object);
    }

    private static void resourceSlice(JsonObject object, Row row) {
        JsonObject spec = object.objectOrEmpty("spec");
        row.name(object)
                .text(spec.text("nodeName"))
                .text(spec.text("driver"))
                .text(spec.objectOrEmpty("pool").text("name"))
                .age(object);
    }
}
