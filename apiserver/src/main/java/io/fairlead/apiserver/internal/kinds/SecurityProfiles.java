// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wrong with parts that the security contexts of pods and of containers share. */
final class SecurityProfiles {
    private static final List<String> TYPES = List.of("Localhost", "RuntimeDefault", "Unconfined");
    private static final long ID_MAX = Integer.MAX_VALUE;
    private static final String WINDOWS_FORBIDDEN_CHARACTERS = "\"/[]:;|=,+*?<>";
    private static final int WINDOWS_USER_MAX = 104;
    private static final int WINDOWS_DOMAIN_MAX = 256;

    private SecurityProfiles() {}

    /** Numbers of users and groups. */
    static void validateIds(JsonObject context, FieldPath path, FieldErrors errors, String... fields) {
        for (String field : fields) {
            if (!Defaults.absent(context, field)) {
                validateId(context.number(field, 0), path.child(field), errors);
            }
        }
    }

    static void validateId(long id, FieldPath path, FieldErrors errors) {
        if (id < 0 || id > ID_MAX) {
            errors.invalid(path, id, "must be between 0 and 2147483647, inclusive");
        }
    }

    static void validate(JsonObject context, FieldPath path, FieldErrors errors) {
        validateProfile(context.object("seccompProfile"), "seccomp", path.child("seccompProfile"), errors);
        validateProfile(context.object("appArmorProfile"), "AppArmor", path.child("appArmorProfile"), errors);
        validateWindows(context.object("windowsOptions"), path.child("windowsOptions"), errors);
    }

    private static void validateProfile(@Nullable JsonObject profile, String name, FieldPath path, FieldErrors errors) {
        if (profile == null) {
            return;
        }
        String type = profile.text("type");
        boolean named = !Defaults.absent(profile, "localhostProfile");
        if (type.equals("Localhost")) {
            if (!named) {
                errors.required(path.child("localhostProfile"), "must be set when " + name + " type is Localhost");
            } else if (name.equals("seccomp")) {
                Paths.descending(profile.text("localhostProfile"), path.child("localhostProfile"), errors);
            } else if (profile.text("localhostProfile").isBlank()) {
                errors.required(path.child("localhostProfile"), "must be set when " + name + " type is Localhost");
            }
            return;
        }
        if (named) {
            JsonValue quoted = name.equals("seccomp")
                    ? asText(profile)
                    : new io.fairlead.apiserver.internal.codec.JsonString(profile.text("localhostProfile"));
            errors.invalid(
                    path.child("localhostProfile"), quoted, "can only be set when " + name + " type is Localhost");
        }
        if (type.isEmpty()) {
            String field = name.equals("seccomp") ? "seccompProfile" : "appArmorProfile";
            errors.required(path.child("type"), "type is required when " + field + " is set");
        } else {
            errors.oneOf(path.child("type"), type, TYPES);
        }
    }

    /** A profile as Go writes the internal type. */
    static JsonValue asText(@Nullable JsonObject profile) {
        if (profile == null) {
            return JsonNull.NULL;
        }
        return new JsonObject()
                .put("Type", profile.text("type"))
                .put("LocalhostProfile", orNull(profile.get("localhostProfile")));
    }

    static JsonValue orNull(@Nullable JsonValue value) {
        return value == null ? JsonNull.NULL : value;
    }

    private static void validateWindows(@Nullable JsonObject options, FieldPath path, FieldErrors errors) {
        if (options == null) {
            return;
        }
        for (String field : List.of("gmsaCredentialSpecName", "gmsaCredentialSpec")) {
            if (!Defaults.absent(options, field) && options.text(field).isEmpty()) {
                errors.invalid(path.child(field), "", field + " cannot be an empty string");
            }
        }
        if (!Defaults.absent(options, "runAsUserName")) {
            validateUserName(options.text("runAsUserName"), path.child("runAsUserName"), errors);
        }
    }

    private static void validateUserName(String name, FieldPath path, FieldErrors errors) {
        if (name.isEmpty()) {
            errors.invalid(path, name, "runAsUserName cannot be an empty string");
            return;
        }
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) < 0x20 || name.charAt(i) == 0x7f) {
                errors.invalid(path, name, "runAsUserName cannot contain control characters");
                return;
            }
        }
        String[] parts = name.split("\\\\", -1);
        if (parts.length > 2) {
            errors.invalid(path, name, "runAsUserName cannot contain more than one backslash");
            return;
        }
        String user = parts[parts.length - 1];
        if (parts.length == 2 && parts[0].length() >= WINDOWS_DOMAIN_MAX) {
            errors.invalid(
                    path, name, "runAsUserName's Domain length must be under " + WINDOWS_DOMAIN_MAX + " characters");
        }
        if (user.isEmpty()) {
            errors.invalid(path, name, "runAsUserName's User cannot be empty");
        } else if (user.length() > WINDOWS_USER_MAX) {
            errors.invalid(
                    path,
                    name,
                    "runAsUserName's User length must not be longer than " + WINDOWS_USER_MAX + " characters");
        }
        if (user.chars().anyMatch(c -> WINDOWS_FORBIDDEN_CHARACTERS.indexOf(c) >= 0)) {
            errors.invalid(
                    path,
                    name,
                    "runAsUserName's User cannot contain the following characters: " + WINDOWS_FORBIDDEN_CHARACTERS);
        }
    }
}
