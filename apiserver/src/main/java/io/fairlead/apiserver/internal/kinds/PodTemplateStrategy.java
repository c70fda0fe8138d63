// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;

/** PodTemplates: a template that nobody makes pods from. */
final class PodTemplateStrategy extends TemplateStrategy {
    PodTemplateStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    JsonObject templateParent(JsonObject object) {
        return object;
    }

    @Override
    FieldPath templatePath() {
        return FieldPath.of("template");
    }

    @Override
    public void setDefaults(JsonObject object) {
        PodDefaults.ofTemplate(object);
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        PodValidation.validateTemplate(object.objectOrEmpty("template"), templatePath(), errors);
    }
}
