// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.LabelSelectors;
import java.util.List;

/** Roles and ClusterRoles. */
final class RoleStrategy extends GenericStrategy {
    RoleStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    boolean checksWholeOnUpdate() {
        return true;
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        List<JsonObject> rules = object.objects("rules");
        for (int i = 0; i < rules.size(); i++) {
            validateRule(rules.get(i), FieldPath.of("rules").index(i), errors);
        }
        JsonObject aggregation = object.object("aggregationRule");
        if (aggregation != null) {
            validateAggregation(aggregation, FieldPath.of("aggregationRule").child("clusterRoleSelectors"), errors);
        }
    }

    private void validateRule(JsonObject rule, FieldPath path, FieldErrors errors) {
        if (isEmpty(rule, "verbs")) {
            errors.required(path.child("verbs"), "verbs must contain at least one value");
        }
        if (!isEmpty(rule, "nonResourceURLs")) {
            FieldPath urls = path.child("nonResourceURLs");
            if (namespaced()) {
                errors.invalid(urls, rule.get("nonResourceURLs"), "namespaced rules cannot apply to non-resource URLs");
            }
            if (!isEmpty(rule, "apiGroups") || !isEmpty(rule, "resources") || !isEmpty(rule, "resourceNames")) {
                errors.invalid(
                        urls,
                        rule.get("nonResourceURLs"),
                        "rules cannot apply to both regular resources and non-resource URLs");
            }
            return;
        }
        if (isEmpty(rule, "apiGroups")) {
            errors.required(path.child("apiGroups"), "resource rules must supply at least one api group");
        }
        if (isEmpty(rule, "resources")) {
            errors.required(path.child("resources"), "resource rules must supply at least one resource");
        }
    }

    private static void validateAggregation(JsonObject aggregation, FieldPath path, FieldErrors errors) {
        List<JsonObject> selectors = aggregation.objects("clusterRoleSelectors");
        if (selectors.isEmpty()) {
            errors.required(path, "at least one clusterRoleSelector required if aggregationRule is non-nil");
        }
        for (int i = 0; i < selectors.size(); i++) {
            LabelSelectors.validate(selectors.get(i), path.index(i), errors);
            if (LabelSelectors.malformed(selectors.get(i))) {
                errors.invalid(path.index(i), JsonNull.NULL, "invalid label selector.");
            }
        }
    }

    private static boolean isEmpty(JsonObject rule, String field) {
        return rule.arrayOrEmpty(field).isEmpty();
    }
}
