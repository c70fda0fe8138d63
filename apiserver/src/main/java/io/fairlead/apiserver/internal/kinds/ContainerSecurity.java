// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import static io.fairlead.apiserver.internal.kinds.SecurityProfiles.orNull;

import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wrong with the security context of a container. */
final class ContainerSecurity {
    private ContainerSecurity() {}

    static void validate(@Nullable JsonObject context, PodFacts pod, FieldPath path, FieldErrors errors) {
        if (context == null) {
            return;
        }
        SecurityProfiles.validateIds(context, path, errors, "runAsUser", "runAsGroup");
        SecurityProfiles.validate(context, path, errors);
        if (!Defaults.absent(context, "procMount")) {
            String mount = context.text("procMount");
            errors.oneOf(path.child("procMount"), mount, List.of("Default", "Unmasked"));
            if (mount.equals("Unmasked") && pod.hostUsers()) {
                errors.invalid(path.child("procMount"), mount, "`hostUsers` must be false to use `Unmasked`");
            }
        }
        boolean escalationRefused =
                context.has("allowPrivilegeEscalation") && !context.flag("allowPrivilegeEscalation");
        if (escalationRefused && context.flag("privileged")) {
            errors.invalid(
                    path, asText(context), "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
        }
        List<String> added = context.objectOrEmpty("capabilities").texts("add");
        if (escalationRefused && added.contains("CAP_SYS_ADMIN")) {
            errors.invalid(
                    path,
                    asText(context),
                    "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN");
        }
    }

    /** The context as Go writes the internal type. */
    private static JsonObject asText(JsonObject context) {
        JsonObject capabilities = context.object("capabilities");
        JsonValue capabilitiesText = capabilities == null
                ? JsonNull.NULL
                : new JsonObject()
                        .put("Add", orNull(capabilities.get("add")))
                        .put("Drop", orNull(capabilities.get("drop")));
        return new JsonObject()
                .put("Capabilities", capabilitiesText)
                .put("Privileged", orNull(context.get("privileged")))
                .put("SELinuxOptions", seLinuxAsText(context.object("seLinuxOptions")))
                .put("WindowsOptions", orNull(context.get("windowsOptions")))
                .put("RunAsUser", orNull(context.get("runAsUser")))
                .put("RunAsGroup", orNull(context.get("runAsGroup")))
                .put("RunAsNonRoot", orNull(context.get("runAsNonRoot")))
                .put("ReadOnlyRootFilesystem", orNull(context.get("readOnlyRootFilesystem")))
                .put("AllowPrivilegeEscalation", orNull(context.get("allowPrivilegeEscalation")))
                .put("ProcMount", orNull(context.get("procMount")))
                .put("SeccompProfile", SecurityProfiles.asText(context.object("seccompProfile")))
                .put("AppArmorProfile", SecurityProfiles.asText(context.object("appArmorProfile")));
    }

    private static JsonValue seLinuxAsText(@Nullable JsonObject options) {
        if (options == null) {
            return JsonNull.NULL;
        }
        JsonObject text = new JsonObject();
        for (String field : List.of("User", "Role", "Type", "Level")) {
            text.put(field, new JsonString(options.text(field.toLowerCase(java.util.Locale.ROOT))));
        }
        return text;
    }
}
