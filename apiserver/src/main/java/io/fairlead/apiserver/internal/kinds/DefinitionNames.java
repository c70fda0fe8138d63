// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.Names;
import java.util.List;
import java.util.Locale;

/** How the kind that a definition defines is called, and where it belongs. */
final class DefinitionNames {
    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final FieldPath METADATA = FieldPath.of("metadata");
    private static final String APPROVAL = "api-approved.kubernetes.io";
    private static final String PROPOSAL = "https://github.com/kubernetes/enhancements/pull/1111";

    private DefinitionNames() {}

    static void validate(JsonObject object, FieldErrors errors) {
        JsonObject metadata = object.objectOrEmpty("metadata");
        JsonObject spec = object.objectOrEmpty("spec");
        JsonObject names = spec.objectOrEmpty("names");
        String group = spec.text("group");
        String name = metadata.text("name");
        if (!name.isEmpty() && !name.equals(names.text("plural") + "." + group)) {
            errors.invalid(METADATA.child("name"), name, "must be spec.names.plural+\".\"+spec.group");
        }
        validateGroup(group, metadata.objectOrEmpty("annotations"), errors);
        String scope = spec.text("scope");
        if (scope.isEmpty()) {
            errors.required(SPEC.child("scope"), "");
        } else {
            errors.oneOf(SPEC.child("scope"), scope, List.of("Cluster", "Namespaced"));
        }
        FieldPath path = SPEC.child("names");
        for (String field : List.of("plural", "singular")) {
            validateLabel(names.text(field), path.child(field), errors);
        }
        for (String field : List.of("kind", "listKind")) {
            validateKind(names.text(field), path.child(field), errors);
        }
        String kind = names.text("kind");
        if (!kind.isEmpty() && kind.equals(names.text("listKind"))) {
            errors.invalid(path.child("listKind"), kind, "kind and listKind may not be the same");
        }
        for (String field : List.of("shortNames", "categories")) {
            List<String> more = names.texts(field);
            for (int i = 0; i < more.size(); i++) {
                errors.invalid(path.child(field).index(i), more.get(i), Names.dnsLabel1035(more.get(i)));
            }
        }
    }

    private static void validateGroup(String group, JsonObject annotations, FieldErrors errors) {
        FieldPath path = SPEC.child("group");
        if (group.isEmpty()) {
            errors.required(path, "");
            return;
        }
        List<String> problems = Names.dnsSubdomain(group);
        errors.invalid(path, group, problems);
        if (problems.isEmpty() && group.indexOf('.') < 0) {
            errors.invalid(path, group, "should be a domain with at least one dot");
        }
        if (!isProtected(group)) {
            return;
        }
        String approval = annotations.text(APPROVAL);
        FieldPath at = METADATA.child("annotations").key(APPROVAL);
        String wanted = "protected groups must have approval annotation \"" + APPROVAL + "\"";
        if (approval.isEmpty()) {
            errors.required(at, wanted + ", see " + PROPOSAL);
        } else if (!approval.startsWith("unapproved") && !approval.matches("https?://[^/]+.*")) {
            errors.invalid(
                    at,
                    approval,
                    wanted + " with either a URL or a reason starting with \"unapproved\", see " + PROPOSAL);
        }
    }

    private static boolean isProtected(String group) {
        return List.of("k8s.io", "kubernetes.io").stream()
                .anyMatch(domain -> group.equals(domain) || group.endsWith("." + domain));
    }

    private static void validateLabel(String name, FieldPath path, FieldErrors errors) {
        if (name.isEmpty()) {
            errors.required(path, "");
        } else {
            errors.invalid(path, name, Names.dnsLabel1035(name));
        }
    }

    private static void validateKind(String kind, FieldPath path, FieldErrors errors) {
        if (kind.isEmpty()) {
            errors.required(path, "");
            return;
        }
        List<String> problems = Names.dnsLabel1035(kind.toLowerCase(Locale.ROOT));
        if (!problems.isEmpty()) {
            errors.invalid(
                    path, kind, "may have mixed case, but should otherwise match: " + String.join(",", problems));
        }
    }
}
