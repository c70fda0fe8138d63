// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonBoolean;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with what a pod may do on its host: its security context, its operating system, its user namespace. */
final class PodSecurity {
    private static final String NOT_ON_WINDOWS = "cannot be set for a windows pod";
    private static final String NOT_ON_LINUX = "windows options cannot be set for a linux pod";
    private static final List<String> LINUX_POD_OPTIONS = List.of(
            "appArmorProfile",
            "seLinuxOptions",
            "seccompProfile",
            "fsGroup",
            "fsGroupChangePolicy",
            "sysctls",
            "runAsUser",
            "runAsGroup",
            "supplementalGroups",
            "supplementalGroupsPolicy");
    private static final List<String> LINUX_CONTAINER_OPTIONS = List.of(
            "appArmorProfile",
            "seLinuxOptions",
            "seccompProfile",
            "capabilities",
            "readOnlyRootFilesystem",
            "privileged",
            "allowPrivilegeEscalation",
            "procMount",
            "runAsUser",
            "runAsGroup");
    private static final List<String> CONTAINER_LISTS = List.of("containers", "initContainers", "ephemeralContainers");
    private static final String APPARMOR_ANNOTATION = "container.apparmor.security.beta.kubernetes.io/";

    private PodSecurity() {}

    static void validate(PodFacts pod, FieldPath path, FieldErrors errors) {
        JsonObject spec = pod.spec();
        JsonObject context = spec.object("securityContext");
        if (context != null) {
            validateContext(spec, context, path.child("securityContext"), errors);
        }
        if (!pod.hostUsers()) {
            for (String field : List.of("hostNetwork", "hostPID", "hostIPC")) {
                if (spec.flag(field)) {
                    errors.forbidden(path.child(field), "when `hostUsers` is false");
                }
            }
        }
        validateAppArmorAnnotations(pod, path, errors);
        JsonObject os = spec.object("os");
        if (os != null) {
            validateOs(spec, os, path, errors);
        }
    }

    private static void validateContext(JsonObject spec, JsonObject context, FieldPath path, FieldErrors errors) {
        SecurityProfiles.validateIds(context, path, errors, "fsGroup", "runAsUser", "runAsGroup");
        List<io.fairlead.apiserver.internal.codec.JsonValue> groups = new java.util.ArrayList<>();
        context.arrayOrEmpty("supplementalGroups").forEach(groups::add);
        for (int i = 0; i < groups.size(); i++) {
            long id = groups.get(i) instanceof io.fairlead.apiserver.internal.codec.JsonNumber number
                    ? number.longValue()
                    : 0;
            SecurityProfiles.validateId(id, path.child("supplementalGroups").index(i), errors);
        }
        if (spec.flag("shareProcessNamespace") && spec.flag("hostPID")) {
            errors.invalid(
                    path.child("shareProcessNamespace"),
                    JsonBoolean.TRUE,
                    "ShareProcessNamespace and HostPID cannot both be enabled");
        }
        validateSysctls(spec, context, path.child("sysctls"), errors);
        if (!Defaults.absent(context, "fsGroupChangePolicy")) {
            errors.oneOf(
                    path.child("fsGroupChangePolicy"),
                    context.text("fsGroupChangePolicy"),
                    List.of("Always", "OnRootMismatch"));
        }
        if (!Defaults.absent(context, "supplementalGroupsPolicy")) {
            errors.oneOf(
                    path.child("supplementalGroupsPolicy"),
                    context.text("supplementalGroupsPolicy"),
                    List.of("Merge", "Strict"));
        }
        if (!Defaults.absent(context, "seLinuxChangePolicy")) {
            errors.oneOf(
                    path.child("seLinuxChangePolicy"),
                    context.text("seLinuxChangePolicy"),
                    List.of("MountOption", "Recursive"));
        }
        SecurityProfiles.validate(context, path, errors);
    }

    private static void validateSysctls(JsonObject spec, JsonObject context, FieldPath path, FieldErrors errors) {
        Set<String> seen = new HashSet<>();
        List<JsonObject> sysctls = context.objects("sysctls");
        for (int i = 0; i < sysctls.size(); i++) {
            String name = sysctls.get(i).text("name");
            FieldPath at = path.index(i).child("name");
            String dotted = name.replace('/', '.');
            if (name.isEmpty()) {
                errors.required(at, "");
            } else if (!wellFormed(name)) {
                errors.invalid(
                        at,
                        name,
                        "must have at most 253 characters and match regex"
                                + " ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$");
            } else if (!seen.add(name)) {
                errors.duplicate(at, name);
            }
            if (spec.flag("hostNetwork") && dotted.startsWith("net.")) {
                errors.invalid(at, name, "may not be specified when 'hostNetwork' is true");
            }
            boolean ipc = dotted.startsWith("kernel.shm")
                    || dotted.startsWith("kernel.msg")
                    || dotted.equals("kernel.sem")
                    || dotted.startsWith("fs.mqueue.");
            if (spec.flag("hostIPC") && ipc) {
                errors.invalid(at, name, "may not be specified when 'hostIPC' is true");
            }
        }
    }

    /** Parts like DNS labels, with underscores, between dots or slashes. */
    private static boolean wellFormed(String name) {
        if (name.length() > Names.SUBDOMAIN_MAX) {
            return false;
        }
        for (String part : name.split("[./]", -1)) {
            if (!Names.dnsSubdomain(part.replace('_', '-')).isEmpty() || part.startsWith("_") || part.endsWith("_")) {
                return false;
            }
        }
        return true;
    }

    private static void validateAppArmorAnnotations(PodFacts pod, FieldPath path, FieldErrors errors) {
        JsonObject annotations = pod.metadata().object("annotations");
        if (annotations == null) {
            return;
        }
        for (String list : CONTAINER_LISTS) {
            List<JsonObject> containers = pod.spec().objects(list);
            for (int i = 0; i < containers.size(); i++) {
                String annotated =
                        annotations.text(APPARMOR_ANNOTATION + containers.get(i).text("name"));
                JsonObject profile =
                        containers.get(i).objectOrEmpty("securityContext").object("appArmorProfile");
                if (annotated.isEmpty() || profile == null) {
                    continue;
                }
                FieldPath at = path.child(list).index(i).child("securityContext", "appArmorProfile");
                if (!profileType(annotated).equals(profile.text("type"))) {
                    errors.forbidden(at.child("type"), "apparmor type in annotation and field must match");
                } else if (annotated.startsWith("localhost/")
                        && !annotated.substring("localhost/".length()).equals(profile.text("localhostProfile"))) {
                    errors.forbidden(
                            at.child("localhostProfile"), "apparmor profile in annotation and field must match");
                }
            }
        }
    }

    private static String profileType(String annotated) {
        return switch (annotated) {
            case "unconfined" -> "Unconfined";
            case "runtime/default" -> "RuntimeDefault";
            default -> annotated.startsWith("localhost/") ? "Localhost" : "";
        };
    }

    private static void validateOs(JsonObject spec, JsonObject os, FieldPath path, FieldErrors errors) {
        String name = os.text("name");
        switch (name) {
            case "" -> errors.required(path.child("os", "name"), "cannot be empty");
            case "linux" -> {
                forbidOption(
                        spec.objectOrEmpty("securityContext"),
                        "windowsOptions",
                        NOT_ON_LINUX,
                        path.child("securityContext"),
                        errors);
                forEachContext(
                        spec, path, (context, at) -> forbidOption(context, "windowsOptions", NOT_ON_LINUX, at, errors));
            }
            case "windows" -> validateWindows(spec, path, errors);
            default -> errors.unsupported(path.child("os"), name, List.of("linux", "windows"));
        }
    }

    private static void validateWindows(JsonObject spec, FieldPath path, FieldErrors errors) {
        JsonObject context = spec.objectOrEmpty("securityContext");
        for (String option : LINUX_POD_OPTIONS) {
            forbidOption(context, option, NOT_ON_WINDOWS, path.child("securityContext"), errors);
        }
        for (String flag : List.of("hostPID", "hostIPC")) {
            if (spec.flag(flag)) {
                errors.forbidden(path.child(flag), NOT_ON_WINDOWS);
            }
        }
        for (String option : List.of("shareProcessNamespace", "hostUsers")) {
            forbidOption(spec, option, NOT_ON_WINDOWS, path, errors);
        }
        forEachContext(
                spec,
                path,
                (each, at) -> LINUX_CONTAINER_OPTIONS.forEach(
                        option -> forbidOption(each, option, NOT_ON_WINDOWS, at, errors)));
    }

    private interface ContextCheck {
        void check(JsonObject context, FieldPath path);
    }

    private static void forEachContext(JsonObject spec, FieldPath path, ContextCheck check) {
        for (String list : CONTAINER_LISTS) {
            List<JsonObject> containers = spec.objects(list);
            for (int i = 0; i < containers.size(); i++) {
                JsonObject context = containers.get(i).object("securityContext");
                if (context != null) {
                    check.check(context, path.child(list).index(i).child("securityContext"));
                }
            }
        }
    }

    private static void forbidOption(
            JsonObject object, String option, String detail, FieldPath path, FieldErrors errors) {
        if (!Defaults.absent(object, option)) {
            errors.forbidden(path.child(option), detail);
        }
    }
}
