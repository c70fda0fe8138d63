// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.LabelSelectors;
import io.fairlead.apiserver.internal.validation.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What webhooks and admission policies have in common: which requests they are asked about. */
final class AdmissionRules {
    private static final String ANYTHING = "*";
    private static final List<String> OPERATIONS = List.of(ANYTHING, "CONNECT", "CREATE", "DELETE", "UPDATE");
    private static final List<String> SCOPES = List.of(ANYTHING, "Cluster", "Namespaced");
    private static final int CONDITIONS_MAX = 64;

    private AdmissionRules() {}

    static void setDefaults(List<JsonObject> rules) {
        rules.forEach(rule -> Defaults.pointer(rule, "scope", ANYTHING));
    }

    /** The selectors and the policy of matching that go with rules. */
    static void setMatchDefaults(JsonObject matching) {
        Defaults.pointer(matching, "matchPolicy", "Equivalent");
        Defaults.pointer(matching, "namespaceSelector", new JsonObject());
        Defaults.pointer(matching, "objectSelector", new JsonObject());
    }

    static void validateMatching(JsonObject matching, FieldPath path, FieldErrors errors) {
        if (!Defaults.absent(matching, "matchPolicy")) {
            errors.oneOf(path.child("matchPolicy"), matching.text("matchPolicy"), List.of("Equivalent", "Exact"));
        }
        for (String selector : List.of("namespaceSelector", "objectSelector")) {
            LabelSelectors.validate(matching.object(selector), path.child(selector), errors);
        }
    }

    /** What the resources of a policy are: rules with names, and rules that except some again. */
    static void setResourceDefaults(JsonObject resources) {
        setMatchDefaults(resources);
        setDefaults(resources.objects("resourceRules"));
        setDefaults(resources.objects("excludeResourceRules"));
    }

    static void validateMatchResources(JsonObject resources, FieldPath path, FieldErrors errors) {
        validateMatching(resources, path, errors);
        for (String field : List.of("resourceRules", "excludeResourceRules")) {
            List<JsonObject> rules = resources.objects(field);
            for (int i = 0; i < rules.size(); i++) {
                FieldPath at = path.child(field).index(i);
                validateNames(rules.get(i).texts("resourceNames"), at.child("resourceNames"), errors);
                validate(rules.get(i), at, errors);
            }
        }
    }

    private static void validateNames(List<String> names, FieldPath path, FieldErrors errors) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            errors.invalid(path.index(i), names.get(i), Names.pathSegment(names.get(i)));
            if (!seen.add(names.get(i))) {
                errors.duplicate(path.index(i), names.get(i));
            }
        }
    }

    static void validate(JsonObject rule, FieldPath path, FieldErrors errors) {
        List<String> operations = rule.texts("operations");
        validateList(rule, "operations", "operations", path, errors);
        for (int i = 0; i < operations.size(); i++) {
            errors.oneOf(path.child("operations").index(i), operations.get(i), OPERATIONS);
        }
        validateList(rule, "apiGroups", "API groups", path, errors);
        validateList(rule, "apiVersions", "API versions", path, errors);
        List<String> versions = rule.texts("apiVersions");
        for (int i = 0; i < versions.size(); i++) {
            if (versions.get(i).isEmpty()) {
                errors.required(path.child("apiVersions").index(i), "");
            }
        }
        validateResources(rule, path.child("resources"), errors);
        if (!Defaults.absent(rule, "scope")) {
            errors.oneOf(path.child("scope"), rule.text("scope"), SCOPES);
        }
    }

    /** A list that must not be empty, and in which a star stands alone. */
    private static void validateList(JsonObject rule, String field, String words, FieldPath path, FieldErrors errors) {
        List<String> values = rule.texts(field);
        if (values.isEmpty()) {
            errors.required(path.child(field), "");
        } else if (values.size() > 1 && values.contains(ANYTHING)) {
            errors.invalid(path.child(field), rule.get(field), "if '*' is present, must not specify other " + words);
        }
    }

    private static void validateResources(JsonObject rule, FieldPath path, FieldErrors errors) {
        List<String> resources = rule.texts("resources");
        if (resources.isEmpty()) {
            errors.required(path, "");
        }
        Set<String> withAllSubresources = new HashSet<>();
        Set<String> subresourcesOfAll = new HashSet<>();
        boolean plain = false;
        for (int i = 0; i < resources.size(); i++) {
            String resource = resources.get(i);
            int slash = resource.indexOf('/');
            if (resource.isEmpty()) {
                errors.required(path.index(i), "");
                continue;
            }
            if (slash < 0) {
                // As in the original, the last one counts.
                plain = !resource.equals(ANYTHING);
                continue;
            }
            String name = resource.substring(0, slash);
            String subresource = resource.substring(slash + 1);
            if (withAllSubresources.contains(name)) {
                errors.invalid(path.index(i), resource, "if '" + name + "/*' is present, must not specify " + resource);
            }
            if (subresourcesOfAll.contains(subresource)) {
                errors.invalid(
                        path.index(i), resource, "if '*/" + subresource + "' is present, must not specify " + resource);
            }
            if (subresource.equals(ANYTHING)) {
                withAllSubresources.add(name);
            }
            if (name.equals(ANYTHING)) {
                subresourcesOfAll.add(subresource);
            }
        }
        if (resources.size() > 1 && resources.contains("*/*")) {
            errors.invalid(path, rule.get("resources"), "if '*/*' is present, must not specify other resources");
        }
        if (plain && resources.contains(ANYTHING)) {
            errors.invalid(
                    path,
                    rule.get("resources"),
                    "if '*' is present, must not specify other resources without subresources");
        }
    }

    /** Conditions beyond rules. Whether their expressions compile is not looked at. */
    static void validateConditions(List<JsonObject> conditions, FieldPath path, FieldErrors errors) {
        if (conditions.size() > CONDITIONS_MAX) {
            errors.tooMany(path, conditions.size(), CONDITIONS_MAX);
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < conditions.size(); i++) {
            JsonObject condition = conditions.get(i);
            FieldPath at = path.index(i);
            String name = condition.text("name");
            if (condition.text("expression").isBlank()) {
                errors.required(at.child("expression"), "");
            }
            if (name.isEmpty()) {
                errors.required(at.child("name"), "");
                continue;
            }
            errors.invalid(at.child("name"), name, Names.qualified(name));
            if (!names.add(name)) {
                errors.duplicate(at.child("name"), name);
            }
        }
    }
}
