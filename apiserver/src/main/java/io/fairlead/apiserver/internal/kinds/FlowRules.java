// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What is wrong with the rules by which a FlowSchema knows its requests. */
final class FlowRules {
    private static final String ANYTHING = "*";
    private static final List<String> VERBS =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "proxy", "update", "watch");

    /** Kinds of subjects with the members in which each says who it is. */
    private static final Map<String, String> SUBJECTS =
            new TreeMap<>(Map.of("Group", "group", "ServiceAccount", "serviceAccount", "User", "user"));

    /** A list in which a star stands alone: its name in objects and in messages, and what is said of an empty one. */
    private record Values(String field, String words, String ifEmpty) {}

    private static final Values VERB_LIST = new Values("verbs", "verbs", "verbs must contain at least one value");
    private static final Values GROUPS =
            new Values("apiGroups", "api groups", "resource rules must supply at least one api group");
    private static final Values RESOURCES =
            new Values("resources", "resources", "resource rules must supply at least one resource");
    private static final Values NAMESPACES = new Values(
            "namespaces",
            "namespaces",
            "resource rules that are not cluster scoped must supply at least one namespace");
    private static final Values URLS =
            new Values("nonResourceURLs", "non-resource URLs", "nonResourceURLs must contain at least one value");

    private FlowRules() {}

    static void validate(JsonObject rule, FieldPath path, FieldErrors errors) {
        List<JsonObject> subjects = rule.objects("subjects");
        if (subjects.isEmpty()) {
            errors.required(path.child("subjects"), "subjects must contain at least one value");
        }
        for (int i = 0; i < subjects.size(); i++) {
            validateSubject(subjects.get(i), path.child("subjects").index(i), errors);
        }
        List<JsonObject> resourceRules = rule.objects("resourceRules");
        List<JsonObject> otherRules = rule.objects("nonResourceRules");
        if (resourceRules.isEmpty() && otherRules.isEmpty()) {
            errors.required(path, "at least one of resourceRules and nonResourceRules has to be non-empty");
        }
        for (int i = 0; i < resourceRules.size(); i++) {
            validateResourceRule(
                    resourceRules.get(i), path.child("resourceRules").index(i), errors);
        }
        for (int i = 0; i < otherRules.size(); i++) {
            validateOtherRule(otherRules.get(i), path.child("nonResourceRules").index(i), errors);
        }
    }

    private static void validateSubject(JsonObject subject, FieldPath path, FieldErrors errors) {
        String kind = subject.text("kind");
        if (!SUBJECTS.containsKey(kind)) {
            errors.unsupported(path.child("kind"), kind, List.copyOf(SUBJECTS.keySet()));
            return;
        }
        SUBJECTS.forEach((other, member) -> {
            JsonObject body = subject.object(member);
            FieldPath at = path.child(member);
            if (!other.equals(kind)) {
                if (body != null) {
                    errors.forbidden(at, member + " is forbidden when subject kind is not '" + other + "'");
                }
            } else if (body == null) {
                errors.required(at, member + " is required when subject kind is '" + kind + "'");
            } else if (member.equals("serviceAccount")) {
                validateAccount(body, at, errors);
            } else if (body.text("name").isEmpty()) {
                errors.required(at.child("name"), "");
            }
        });
    }

    private static void validateAccount(JsonObject account, FieldPath path, FieldErrors errors) {
        String name = account.text("name");
        if (name.isEmpty()) {
            errors.required(path.child("name"), "");
        } else if (!name.equals(ANYTHING)) {
            errors.invalid(path.child("name"), name, Names.dnsSubdomain(name));
        }
        String namespace = account.text("namespace");
        if (namespace.isEmpty()) {
            errors.required(path.child("namespace"), "must specify namespace for service account");
        } else {
            errors.invalid(path.child("namespace"), namespace, Names.dnsLabel(namespace));
        }
    }

    private static void validateResourceRule(JsonObject rule, FieldPath path, FieldErrors errors) {
        validateVerbs(rule, path, errors);
        validateList(rule, GROUPS, path, errors);
        validateList(rule, RESOURCES, path, errors);
        List<String> namespaces = rule.texts("namespaces");
        FieldPath at = path.child("namespaces");
        if (!namespaces.isEmpty() || !rule.flag("clusterScope")) {
            validateList(rule, NAMESPACES, path, errors);
        }
        if (!namespaces.contains(ANYTHING)) {
            for (int i = 0; i < namespaces.size(); i++) {
                for (String problem : Names.dnsLabel(namespaces.get(i))) {
                    errors.invalid(
                            at.index(i),
                            namespaces.get(i),
                            "each member of this list must be '*' or a DNS-1123 label; " + problem);
                }
            }
        }
    }

    private static void validateOtherRule(JsonObject rule, FieldPath path, FieldErrors errors) {
        validateVerbs(rule, path, errors);
        List<String> urls = rule.texts("nonResourceURLs");
        validateList(rule, URLS, path, errors);
        for (int i = 0; i < urls.size() && !urls.contains(ANYTHING); i++) {
            String problem = urlProblem(urls.get(i));
            if (!problem.isEmpty()) {
                errors.invalid(path.child("nonResourceURLs").index(i), urls.get(i), problem);
            }
        }
    }

    /** The first thing that is wrong with {@code url}; empty if nothing is. */
    private static String urlProblem(String url) {
        if (url.isEmpty()) {
            return "must not be empty";
        }
        if (!url.startsWith("/")) {
            return "must start with slash";
        }
        if (url.indexOf(' ') >= 0) {
            return "must not contain white-space";
        }
        if (url.contains("//")) {
            return "must not contain double slash";
        }
        int star = url.indexOf('*');
        boolean suffix = star == url.length() - 1 && url.endsWith("/*");
        return star < 0 || suffix ? "" : "wildcard can only do suffix matching";
    }

    private static void validateVerbs(JsonObject rule, FieldPath path, FieldErrors errors) {
        List<String> verbs = rule.texts("verbs");
        validateList(rule, VERB_LIST, path, errors);
        if (!verbs.contains(ANYTHING) && !VERBS.containsAll(verbs)) {
            errors.unsupported(path.child("verbs"), rule.arrayOrEmpty("verbs"), VERBS);
        }
    }

    private static void validateList(JsonObject rule, Values list, FieldPath path, FieldErrors errors) {
        List<String> values = rule.texts(list.field());
        FieldPath at = path.child(list.field());
        if (values.isEmpty()) {
            errors.required(at, list.ifEmpty());
        } else if (values.size() > 1 && values.contains(ANYTHING)) {
            errors.invalid(at, rule.get(list.field()), "if '*' is present, must not specify other " + list.words());
        }
    }

    /** The conditions in the status of a FlowSchema or of a level of priority. */
    static void validateConditions(JsonObject status, FieldErrors errors) {
        List<JsonObject> conditions = status.objects("conditions");
        Set<String> types = new HashSet<>();
        for (int i = 0; i < conditions.size(); i++) {
            String type = conditions.get(i).text("type");
            FieldPath path = FieldPath.of("status").child("conditions").index(i).child("type");
            if (!types.add(type)) {
                errors.duplicate(path, type);
            }
            if (type.isEmpty()) {
                errors.required(path, "");
            }
        }
    }
}
