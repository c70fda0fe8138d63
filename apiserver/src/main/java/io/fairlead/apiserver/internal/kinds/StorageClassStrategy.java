// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.LabelSelectors;
import io.fairlead.apiserver.internal.validation.MetadataValidation;
import io.fairlead.apiserver.internal.validation.Names;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** StorageClasses. */
final class StorageClassStrategy extends GenericStrategy {
    StorageClassStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    public void setDefaults(JsonObject object) {
        Defaults.pointer(object, "reclaimPolicy", "Delete");
        Defaults.pointer(object, "volumeBindingMode", "Immediate");
    }

    @Override
    boolean checksWholeOnUpdate() {
        return true;
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        StorageParameters.validateDriver(object.text("provisioner"), FieldPath.of("provisioner"), errors);
        StorageParameters.validate(object.objectOrEmpty("parameters"), true, FieldPath.of("parameters"), errors);
        errors.oneOf(FieldPath.of("reclaimPolicy"), object.text("reclaimPolicy"), List.of("Delete", "Retain"));
        errors.oneOf(
                FieldPath.of("volumeBindingMode"),
                object.text("volumeBindingMode"),
                List.of("Immediate", "WaitForFirstConsumer"));
        validateTopologies(object.objects("allowedTopologies"), errors);
    }

    private static void validateTopologies(List<JsonObject> topologies, FieldErrors errors) {
        List<JsonValue> seen = new ArrayList<>();
        for (int i = 0; i < topologies.size(); i++) {
            FieldPath path = FieldPath.of("allowedTopologies").index(i).child("matchLabelExpressions");
            List<JsonObject> expressions = topologies.get(i).objects("matchLabelExpressions");
            JsonObject terms = new JsonObject();
            for (int j = 0; j < expressions.size(); j++) {
                JsonObject expression = expressions.get(j);
                FieldPath at = path.index(j);
                String key = expression.text("key");
                List<String> values = expression.texts("values");
                if (values.isEmpty()) {
                    errors.required(at.child("values"), "");
                }
                Set<String> known = new HashSet<>();
                for (int k = 0; k < values.size(); k++) {
                    if (!known.add(values.get(k))) {
                        errors.duplicate(at.child("values").index(k), values.get(k));
                    }
                }
                errors.invalid(at.child("key"), key, Names.qualified(key));
                if (terms.has(key)) {
                    errors.duplicate(at.child("key"), key);
                }
                terms.put(key, String.join("\n", values.stream().sorted().toList()));
            }
            // One without terms looks to the original like one that it has not looked at yet.
            if (terms.isEmpty() || seen.contains(terms)) {
                errors.duplicate(path, JsonString.EMPTY);
            }
            seen.add(terms);
        }
    }

    @Override
    void validateChange(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        if (!same(next.get("parameters"), old.get("parameters"))) {
            errors.invalid(
                    FieldPath.of("parameters"),
                    LabelSelectors.mapAsText(next.object("parameters")),
                    "field is immutable");
        }
        for (String field : List.of("provisioner", "reclaimPolicy", "volumeBindingMode")) {
            MetadataValidation.immutable(next.get(field), old.get(field), FieldPath.of(field), errors);
        }
    }
}
