// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.LabelSelectors;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pod templates inside other kinds, and the selectors beside them. */
final class PodTemplates {
    private PodTemplates() {}

    /** Drops the fields of the template in {@code parent} whose feature is off. */
    static void dropDisabled(JsonObject parent) {
        JsonObject spec = parent.objectOrEmpty("template").object("spec");
        if (spec != null) {
            PodFeatures.dropDisabled(spec);
        }
    }

    /** The checks of {@code spec} of a Deployment or ReplicaSet: selector, template, and that the one selects the other. */
    static void validateSelected(JsonObject spec, FieldPath path, FieldErrors errors) {
        JsonObject selector = spec.object("selector");
        FieldPath selectorPath = path.child("selector");
        if (selector == null) {
            errors.required(selectorPath, "");
        } else {
            LabelSelectors.validate(selector, selectorPath, errors);
            if (LabelSelectors.empty(selector)) {
                errors.invalid(
                        selectorPath, LabelSelectors.asText(selector), "empty selector is invalid for deployment");
            }
        }
        if (selector != null && LabelSelectors.malformed(selector)) {
            errors.invalid(selectorPath, LabelSelectors.asText(selector), "invalid label selector");
            return;
        }
        validateMatching(spec, path, errors);
    }

    private static void validateMatching(JsonObject spec, FieldPath path, FieldErrors errors) {
        JsonObject template = spec.objectOrEmpty("template");
        FieldPath templatePath = path.child("template");
        validateSelects(spec.object("selector"), template, templatePath, errors);
        PodValidation.validateTemplate(template, templatePath, errors);
        validateAlwaysRestarts(template, "ReplicaSet", templatePath, errors);
    }

    /** Complains unless {@code selector} selects the pods of {@code template}; one that selects everything does. */
    static void validateSelects(
            @Nullable JsonObject selector, JsonObject template, FieldPath path, FieldErrors errors) {
        JsonObject labels = template.objectOrEmpty("metadata").object("labels");
        boolean selectsAll = selector != null && LabelSelectors.empty(selector);
        if (!selectsAll && !LabelSelectors.matches(selector, labels == null ? new JsonObject() : labels)) {
            errors.invalid(
                    path.child("metadata", "labels"),
                    labelsAsText(labels),
                    "`selector` does not match template `labels`");
        }
    }

    /** Complains unless the pods of {@code template} restart always, as those of services must. */
    static void validateAlwaysRestarts(JsonObject template, String kind, FieldPath path, FieldErrors errors) {
        JsonObject spec = template.objectOrEmpty("spec");
        errors.oneOf(path.child("spec", "restartPolicy"), spec.text("restartPolicy"), List.of("Always"));
        if (!Defaults.absent(spec, "activeDeadlineSeconds")) {
            errors.forbidden(
                    path.child("spec", "activeDeadlineSeconds"),
                    "activeDeadlineSeconds in " + kind + " is not Supported");
        }
    }

    /** Complains if an update changes the selector. */
    static void validateFixedSelector(JsonObject next, JsonObject old, FieldErrors errors) {
        JsonObject selector = next.objectOrEmpty("spec").object("selector");
        if (!GenericStrategy.same(selector, old.objectOrEmpty("spec").object("selector"))) {
            errors.invalid(
                    FieldPath.of("spec").child("selector"),
                    selector == null ? null : LabelSelectors.asText(selector),
                    "field is immutable");
        }
    }

    /** Labels as messages quote them. */
    static JsonValue labelsAsText(@Nullable JsonObject labels) {
        JsonObject text = LabelSelectors.mapAsText(labels);
        return text == null || text.isEmpty() ? JsonNull.NULL : text;
    }
}
