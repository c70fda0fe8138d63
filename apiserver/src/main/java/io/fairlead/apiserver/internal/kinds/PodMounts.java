// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is wrong with the mounts and devices of a container. */
final class PodMounts {
    private static final List<String> PROPAGATIONS = List.of("Bidirectional", "HostToContainer", "None");

    private PodMounts() {}

    static void validate(JsonObject container, FieldPath path, PodFacts pod, FieldErrors errors) {
        List<JsonObject> mounts = container.objects("volumeMounts");
        List<JsonObject> devices = container.objects("volumeDevices");
        Map<String, String> mountPaths = new HashMap<>();
        mounts.forEach(mount -> mountPaths.put(mount.text("name"), mount.text("mountPath")));
        Map<String, String> devicePaths = new HashMap<>();
        devices.forEach(device -> devicePaths.put(device.text("name"), device.text("devicePath")));
        Set<String> seen = new HashSet<>();
        FieldPath mountsPath = path.child("volumeMounts");
        for (int i = 0; i < mounts.size(); i++) {
            JsonObject mount = mounts.get(i);
            FieldPath at = mountsPath.index(i);
            validateTarget(mount, "mountPath", at, pod, errors);
            if (!seen.add(mount.text("mountPath"))) {
                errors.invalid(at.child("mountPath"), mount.text("mountPath"), "must be unique");
            }
            validateNotIn(mount, new Others("volumeDevices", "mountPath", devicePaths), at, errors);
            validateMount(mount, container, mountsPath, at, errors);
        }
        validateDevices(devices, mountPaths, path.child("volumeDevices"), pod, errors);
    }

    private static void validateTarget(
            JsonObject mount, String pathField, FieldPath at, PodFacts pod, FieldErrors errors) {
        String name = mount.text("name");
        if (name.isEmpty()) {
            errors.required(at.child("name"), "");
        }
        if (!pod.volumes().containsKey(name)) {
            errors.notFound(at.child("name"), name);
        }
        if (mount.text(pathField).isEmpty()) {
            errors.required(at.child(pathField), "");
        }
    }

    /** The other list of a container's volumes: its name, the field with a path, and the paths by name. */
    private record Others(String list, String pathField, Map<String, String> paths) {}

    private static void validateNotIn(JsonObject mount, Others others, FieldPath at, FieldErrors errors) {
        String own = others.pathField();
        if (others.paths().containsKey(mount.text("name"))) {
            errors.invalid(at.child("name"), mount.text("name"), "must not already exist in " + others.list());
        }
        if (others.paths().containsValue(mount.text(own))) {
            errors.invalid(at.child(own), mount.text(own), "must not already exist as a path in " + others.list());
        }
    }

    private static void validateMount(
            JsonObject mount, JsonObject container, FieldPath list, FieldPath at, FieldErrors errors) {
        String subPath = mount.text("subPath");
        if (!subPath.isEmpty()) {
            Paths.descending(subPath, list.child("subPath"), errors);
        }
        String expression = mount.text("subPathExpr");
        if (!expression.isEmpty()) {
            if (!subPath.isEmpty()) {
                errors.invalid(at.child("subPathExpr"), expression, "subPathExpr and subPath are mutually exclusive");
            }
            Paths.descending(expression, list.child("subPathExpr"), errors);
        }
        String propagation = mount.text("mountPropagation");
        if (mount.has("mountPropagation")) {
            errors.oneOf(list.child("mountPropagation"), propagation, PROPAGATIONS);
            if (propagation.equals("Bidirectional")
                    && !container.objectOrEmpty("securityContext").flag("privileged")) {
                errors.forbidden(
                        list.child("mountPropagation"),
                        "Bidirectional mount propagation is available only to privileged containers");
            }
        }
        validateRecursive(mount, list.child("recursiveReadOnly"), errors);
    }

    private static void validateRecursive(JsonObject mount, FieldPath path, FieldErrors errors) {
        String recursive = mount.text("recursiveReadOnly");
        switch (recursive) {
            case "", "Disabled" -> {
                // Nothing is asked for.
            }
            case "Enabled", "IfPossible" -> {
                if (!mount.flag("readOnly")) {
                    errors.forbidden(path, "may only be specified when readOnly is true");
                }
                String propagation = mount.text("mountPropagation");
                if (!propagation.isEmpty() && !propagation.equals("None")) {
                    errors.forbidden(path, "may only be specified when mountPropagation is None or not specified");
                }
            }
            default -> errors.unsupported(path, recursive, List.of("Disabled", "Enabled", "IfPossible"));
        }
    }

    private static void validateDevices(
            List<JsonObject> devices,
            Map<String, String> mountPaths,
            FieldPath path,
            PodFacts pod,
            FieldErrors errors) {
        if (!devices.isEmpty() && !pod.hostUsers()) {
            errors.forbidden(path, "when `hostUsers` is false");
        }
        Set<String> names = new HashSet<>();
        Set<String> files = new HashSet<>();
        for (int i = 0; i < devices.size(); i++) {
            JsonObject device = devices.get(i);
            FieldPath at = path.index(i);
            String name = device.text("name");
            validateTarget(device, "devicePath", at, pod, errors);
            if (!names.add(name)) {
                errors.invalid(at.child("name"), name, "must be unique");
            }
            JsonObject volume = pod.volumes().get(name);
            if (volume != null
                    && volume.object("persistentVolumeClaim") == null
                    && volume.object("ephemeral") == null) {
                errors.invalid(
                        at.child("name"),
                        name,
                        "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode");
            }
            String file = device.text("devicePath");
            if (!files.add(file)) {
                errors.invalid(at.child("devicePath"), file, "must be unique");
            } else {
                Paths.noBacksteps(file, at.child("devicePath"), errors);
            }
            validateNotIn(device, new Others("volumeMounts", "devicePath", mountPaths), at, errors);
        }
    }
}
