// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import java.util.List;

/** VolumeAttributesClasses: they never change. */
final class VolumeAttributesClassStrategy extends GenericStrategy {
    VolumeAttributesClassStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    boolean checksWholeOnUpdate() {
        return true;
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        StorageParameters.validateDriver(object.text("driverName"), FieldPath.of("driverName"), errors);
        StorageParameters.validate(object.objectOrEmpty("parameters"), false, FieldPath.of("parameters"), errors);
    }

    @Override
    void validateChange(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        for (String field : List.of("driverName", "parameters")) {
            if (!same(next.get(field), old.get(field))) {
                errors.forbidden(FieldPath.of(field), "updates to " + field + " are forbidden.");
            }
        }
    }
}
