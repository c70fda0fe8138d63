// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.LabelSelectors;
import io.fairlead.apiserver.internal.validation.Names;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What validating and mutating policies, and what their bindings, have in common. Whether expressions compile is not looked at. */
final class AdmissionPolicyRules {
    private static final FieldPath SPEC = FieldPath.of("spec");

    /** Words that the expression language keeps for itself. */
    private static final Set<String> RESERVED = Set.of(
            "true",
            "false",
            "null",
            "in",
            "as",
            "break",
            "const",
            "continue",
            "else",
            "for",
            "function",
            "if",
            "import",
            "let",
            "loop",
            "package",
            "namespace",
            "return",
            "var",
            "void",
            "while");

    private AdmissionPolicyRules() {}

    static void setDefaults(JsonObject object) {
        JsonObject spec = object.child("spec");
        Defaults.pointer(spec, "failurePolicy", "Fail");
        JsonObject constraints = spec.object("matchConstraints");
        if (constraints != null) {
            AdmissionRules.setResourceDefaults(constraints);
        }
    }

    static void setBindingDefaults(JsonObject object) {
        JsonObject resources = object.child("spec").object("matchResources");
        if (resources != null) {
            AdmissionRules.setResourceDefaults(resources);
        }
    }

    static void validate(JsonObject spec, FieldErrors errors) {
        errors.oneOf(SPEC.child("failurePolicy"), spec.text("failurePolicy"), List.of("Fail", "Ignore"));
        JsonObject kind = spec.object("paramKind");
        if (kind != null) {
            validateParameterKind(kind, SPEC.child("paramKind"), errors);
        }
        JsonObject constraints = spec.object("matchConstraints");
        FieldPath path = SPEC.child("matchConstraints");
        if (constraints == null) {
            errors.required(path, "");
        } else {
            AdmissionRules.validateMatchResources(constraints, path, errors);
            if (constraints.objects("resourceRules").isEmpty()) {
                errors.required(path.child("resourceRules"), "");
            }
        }
        AdmissionRules.validateConditions(spec.objects("matchConditions"), SPEC.child("matchConditions"), errors);
        List<JsonObject> variables = spec.objects("variables");
        for (int i = 0; i < variables.size(); i++) {
            validateVariable(variables.get(i), SPEC.child("variables").index(i), errors);
        }
    }

    private static void validateParameterKind(JsonObject parameters, FieldPath path, FieldErrors errors) {
        String text = parameters.text("apiVersion");
        FieldPath at = path.child("apiVersion");
        int slash = text.indexOf('/');
        String group = slash < 0 ? "" : text.substring(0, slash);
        String version = text.substring(slash + 1);
        if (text.isEmpty()) {
            errors.required(at, "");
        } else if (version.indexOf('/') >= 0) {
            errors.invalid(at, text, "unexpected GroupVersion string: " + text);
        } else {
            if (!group.isEmpty()) {
                joined(at, group, "", Names.dnsSubdomain(group), errors);
            }
            if (version.isEmpty()) {
                errors.invalid(at, text, "version must be specified");
            } else {
                joined(at, version, "", Names.dnsLabel1035(version), errors);
            }
        }
        String kind = parameters.text("kind");
        if (kind.isEmpty()) {
            errors.required(path.child("kind"), "");
        } else {
            List<String> problems = Names.dnsLabel1035(kind.toLowerCase(Locale.ROOT));
            joined(path.child("kind"), kind, "may have mixed case, but should otherwise match: ", problems, errors);
        }
    }

    private static void joined(
            FieldPath path, String value, String introduction, List<String> problems, FieldErrors errors) {
        if (!problems.isEmpty()) {
            errors.invalid(path, value, introduction + String.join(",", problems));
        }
    }

    private static void validateVariable(JsonObject variable, FieldPath path, FieldErrors errors) {
        String name = variable.text("name");
        if (name.isBlank()) {
            errors.required(path.child("name"), "name is not specified");
        } else if (RESERVED.contains(name) || !Names.cIdentifier(name).isEmpty()) {
            errors.invalid(path.child("name"), name, "must be a valid CEL identifier");
        }
        if (variable.text("expression").isBlank()) {
            errors.required(path.child("expression"), "expression is not specified");
        }
    }

    static void validateBinding(JsonObject spec, FieldErrors errors) {
        String policy = spec.text("policyName");
        if (policy.isEmpty()) {
            errors.required(SPEC.child("policyName"), "");
        } else {
            errors.invalid(SPEC.child("policyName"), policy, Names.dnsSubdomain(policy));
        }
        JsonObject parameters = spec.object("paramRef");
        if (parameters != null) {
            validateParameters(parameters, SPEC.child("paramRef"), errors);
        }
        JsonObject resources = spec.object("matchResources");
        if (resources != null) {
            AdmissionRules.validateMatchResources(resources, SPEC.child("matchResources"), errors);
        }
    }

    private static void validateParameters(JsonObject parameters, FieldPath path, FieldErrors errors) {
        String name = parameters.text("name");
        JsonObject selector = parameters.object("selector");
        if (!name.isEmpty()) {
            errors.invalid(path.child("name"), name, Names.pathSegment(name));
        }
        LabelSelectors.validate(selector, path.child("selector"), errors);
        if (!name.isEmpty() && selector != null) {
            errors.forbidden(path.child("name"), "name and selector are mutually exclusive");
            errors.forbidden(path.child("selector"), "name and selector are mutually exclusive");
        } else if (name.isEmpty() && selector == null) {
            errors.required(path, "one of name or selector must be specified");
        }
        String action = parameters.text("parameterNotFoundAction");
        if (action.isEmpty()) {
            errors.required(path.child("parameterNotFoundAction"), "");
        } else {
            errors.oneOf(path.child("parameterNotFoundAction"), action, List.of("Deny", "Allow"));
        }
    }
}
