// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;

/** ControllerRevisions: their data never changes. */
final class ControllerRevisionStrategy extends GenericStrategy {
    private static final FieldPath DATA = FieldPath.of("data");

    ControllerRevisionStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        if (Defaults.absent(object, "data")) {
            errors.required(DATA, "data is mandatory");
        } else if (object.object("data") == null) {
            errors.required(DATA, "data must be a valid JSON object");
        }
        errors.nonnegative(FieldPath.of("revision"), object.number("revision", 0));
    }

    @Override
    void validateChange(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        if (!same(next.get("data"), old.get("data"))) {
            errors.invalid(DATA, next.get("data"), "field is immutable");
        }
    }
}
