// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldPath;
import java.util.List;

/** The frame for kinds that make pods from a template. */
abstract class TemplateStrategy extends GenericStrategy {
    TemplateStrategy(ResourceDefinition resource) {
        super(resource);
    }

    /** The object in which the template stands as {@code template}. */
    JsonObject templateParent(JsonObject object) {
        return object.child("spec");
    }

    /** Where that object stands. */
    FieldPath templatePath() {
        return FieldPath.of("spec").child("template");
    }

    @Override
    public void prepareForCreate(Context context, JsonObject next) {
        super.prepareForCreate(context, next);
        PodTemplates.dropDisabled(templateParent(next));
    }

    @Override
    public void prepareForUpdate(Context context, JsonObject next, JsonObject old) {
        PodTemplates.dropDisabled(templateParent(next));
        super.prepareForUpdate(context, next, old);
    }

    @Override
    List<String> statusKeeps() {
        return List.of("generation", "deletionTimestamp");
    }

    @Override
    public List<String> warnings(Context context, JsonObject next) {
        return PodWarnings.ofTemplate(templateParent(next).objectOrEmpty("template"), templatePath());
    }

    /** Nobody wants to be warned again of what does not change. */
    @Override
    public List<String> warningsOnUpdate(Context context, JsonObject next, JsonObject old) {
        boolean same = next.objectOrEmpty("metadata").number("generation", 0)
                == old.objectOrEmpty("metadata").number("generation", 0);
        return same ? List.of() : warnings(context, next);
    }
}
