// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.MetadataValidation;
import io.fairlead.apiserver.internal.validation.Names;
import java.util.List;
import java.util.Set;

/** RuntimeClasses. */
final class RuntimeClassStrategy extends GenericStrategy {
    private static final FieldPath HANDLER = FieldPath.of("handler");

    RuntimeClassStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    public void setDefaults(JsonObject object) {
        JsonObject overhead = object.object("overhead");
        if (overhead != null) {
            Defaults.roundResources(overhead, "podFixed");
        }
    }

    @Override
    boolean checksWholeOnUpdate() {
        return true;
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        String handler = object.text("handler");
        if (handler.isEmpty()) {
            errors.required(HANDLER, "");
        } else {
            errors.invalid(HANDLER, handler, Names.dnsLabel(handler));
        }
        JsonObject overhead = object.object("overhead");
        if (overhead != null) {
            JsonObject limits = new JsonObject().put("limits", overhead.objectOrEmpty("podFixed"));
            ResourceRequirements.validateContainer(limits, Set.of(), FieldPath.of("overhead"), errors);
        }
        JsonObject scheduling = object.object("scheduling");
        if (scheduling != null) {
            FieldPath path = FieldPath.of("scheduling");
            MetadataValidation.validateLabels(scheduling.object("nodeSelector"), path.child("nodeSelector"), errors);
            validateTolerations(scheduling.objects("tolerations"), path.child("tolerations"), errors);
        }
    }

    private static void validateTolerations(List<JsonObject> tolerations, FieldPath path, FieldErrors errors) {
        PodPlacement.validateTolerations(tolerations, path, errors);
        for (int i = 1; i < tolerations.size(); i++) {
            if (tolerations.subList(0, i).contains(tolerations.get(i))) {
                errors.duplicate(path.index(i), GoStructs.of("Toleration", tolerations.get(i)));
            }
        }
    }

    @Override
    void validateChange(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        MetadataValidation.immutable(next.get("handler"), old.get("handler"), HANDLER, errors);
    }
}
