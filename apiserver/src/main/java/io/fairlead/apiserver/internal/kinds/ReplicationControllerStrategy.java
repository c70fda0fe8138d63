// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import java.util.List;

/** ReplicationControllers, whose selector is a plain map. */
final class ReplicationControllerStrategy extends TemplateStrategy {
    private static final FieldPath SPEC = FieldPath.of("spec");

    ReplicationControllerStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    public void setDefaults(JsonObject object) {
        JsonObject spec = object.child("spec");
        Defaults.pointer(spec, "replicas", 1);
        JsonObject template = spec.object("template");
        if (template == null) {
            return;
        }
        PodDefaults.ofTemplate(spec);
        JsonObject labels = template.objectOrEmpty("metadata").objectOrEmpty("labels");
        if (labels.isEmpty()) {
            return;
        }
        if (spec.objectOrEmpty("selector").isEmpty()) {
            spec.put("selector", labels.deepCopy());
        }
        JsonObject metadata = object.child("metadata");
        if (metadata.objectOrEmpty("labels").isEmpty()) {
            metadata.put("labels", labels.deepCopy());
        }
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        JsonObject spec = object.objectOrEmpty("spec");
        JsonObject selector = spec.objectOrEmpty("selector");
        errors.nonnegative(SPEC.child("minReadySeconds"), spec.number("minReadySeconds", 0));
        errors.nonnegative(SPEC.child("replicas"), spec.number("replicas", 0));
        if (selector.isEmpty()) {
            errors.required(SPEC.child("selector"), "");
        }
        FieldPath path = SPEC.child("template");
        JsonObject template = spec.object("template");
        if (template == null) {
            errors.required(path, "");
            return;
        }
        PodTemplates.validateSelects(new JsonObject().put("matchLabels", selector), template, path, errors);
        PodValidation.validateTemplate(template, path, errors);
        PodTemplates.validateAlwaysRestarts(template, "ReplicationController", path, errors);
    }

    @Override
    void validateStatus(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        ReplicaCounts.validateReplicaSetStatus(next.objectOrEmpty("status"), errors);
    }

    @Override
    public List<String> warnings(Context context, JsonObject next) {
        return next.objectOrEmpty("spec").object("template") == null ? List.of() : super.warnings(context, next);
    }
}
