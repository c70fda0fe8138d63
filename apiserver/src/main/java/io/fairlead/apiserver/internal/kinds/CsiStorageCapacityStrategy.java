// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.LabelSelectors;
import io.fairlead.apiserver.internal.validation.Names;
import io.fairlead.apiserver.internal.validation.Quantity;

/** CSIStorageCapacities. */
final class CsiStorageCapacityStrategy extends GenericStrategy {
    CsiStorageCapacityStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    boolean checksWholeOnUpdate() {
        return true;
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        LabelSelectors.validate(object.object("nodeTopology"), FieldPath.of("nodeTopology"), errors);
        String storageClass = object.text("storageClassName");
        errors.invalid(FieldPath.of("storageClassName"), storageClass, Names.dnsSubdomain(storageClass));
        // The largest size of a volume may be anything.
        if (Quantity.orZero(object.get("capacity")).signum() < 0) {
            errors.invalid(FieldPath.of("capacity"), object.get("capacity"), "must be greater than or equal to 0");
        }
    }

    @Override
    void validateChange(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        if (!same(next.get("nodeTopology"), old.get("nodeTopology"))) {
            JsonObject topology = next.object("nodeTopology");
            errors.invalid(
                    FieldPath.of("nodeTopology"),
                    topology == null ? null : LabelSelectors.asText(topology),
                    "field is immutable");
        }
        if (!same(next.get("storageClassName"), old.get("storageClassName"))) {
            errors.invalid(FieldPath.of("storageClassName"), next.text("storageClassName"), "field is immutable");
        }
    }
}
