// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.Names;
import java.util.List;

/** RoleBindings and ClusterRoleBindings. */
final class RoleBindingStrategy extends GenericStrategy {
    private static final String GROUP = "rbac.authorization.k8s.io";
    private static final FieldPath ROLE = FieldPath.of("roleRef");

    private final List<String> roleKinds;

    RoleBindingStrategy(ResourceDefinition resource) {
        super(resource);
        this.roleKinds = resource.namespaced() ? List.of("Role", "ClusterRole") : List.of("ClusterRole");
    }

    @Override
    public void setDefaults(JsonObject object) {
        Defaults.text(object.child("roleRef"), "apiGroup", GROUP);
        for (JsonObject subject : object.objects("subjects")) {
            if (isPerson(subject)) {
                Defaults.text(subject, "apiGroup", GROUP);
            }
        }
    }

    @Override
    boolean checksWholeOnUpdate() {
        return true;
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        JsonObject role = object.objectOrEmpty("roleRef");
        errors.oneOf(ROLE.child("apiGroup"), role.text("apiGroup"), List.of(GROUP));
        errors.oneOf(ROLE.child("kind"), role.text("kind"), roleKinds);
        String name = role.text("name");
        if (name.isEmpty()) {
            errors.required(ROLE.child("name"), "");
        } else {
            errors.invalid(ROLE.child("name"), name, Names.pathSegment(name));
        }
        List<JsonObject> subjects = object.objects("subjects");
        for (int i = 0; i < subjects.size(); i++) {
            validateSubject(subjects.get(i), FieldPath.of("subjects").index(i), errors);
        }
    }

    private void validateSubject(JsonObject subject, FieldPath path, FieldErrors errors) {
        String name = subject.text("name");
        String group = subject.text("apiGroup");
        if (name.isEmpty()) {
            errors.required(path.child("name"), "");
        }
        switch (subject.text("kind")) {
            case "ServiceAccount" -> {
                if (!name.isEmpty()) {
                    errors.invalid(path.child("name"), name, Names.dnsSubdomain(name));
                }
                errors.oneOf(path.child("apiGroup"), group, List.of(""));
                if (!namespaced() && subject.text("namespace").isEmpty()) {
                    errors.required(path.child("namespace"), "");
                }
            }
            case "User", "Group" -> errors.oneOf(path.child("apiGroup"), group, List.of(GROUP));
            default ->
                errors.unsupported(
                        path.child("kind"), subject.text("kind"), List.of("ServiceAccount", "User", "Group"));
        }
    }

    @Override
    void validateChange(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        if (!same(next.get("roleRef"), old.get("roleRef"))) {
            errors.invalid(ROLE, GoStructs.of("RoleRef", next.objectOrEmpty("roleRef")), "cannot change roleRef");
        }
    }

    private static boolean isPerson(JsonObject subject) {
        return subject.text("kind").equals("User") || subject.text("kind").equals("Group");
    }
}
