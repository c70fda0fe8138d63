// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;

/** Leases: durations and counts. */
final class LeaseStrategy extends GenericStrategy {
    private static final FieldPath SPEC = FieldPath.of("spec");

    LeaseStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    public void prepareForCreate(Context context, JsonObject next) {
        super.prepareForCreate(context, next);
        dropDisabled(next);
    }

    @Override
    public void prepareForUpdate(Context context, JsonObject next, JsonObject old) {
        super.prepareForUpdate(context, next, old);
        dropDisabled(next);
    }

    /** Coordinated leader election is off by default in 1.36, and its fields are dropped silently. */
    private static void dropDisabled(JsonObject lease) {
        JsonObject spec = lease.object("spec");
        if (spec != null) {
            spec.remove("strategy");
            spec.remove("preferredHolder");
        }
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        JsonObject spec = object.objectOrEmpty("spec");
        long duration = spec.number("leaseDurationSeconds", 1);
        if (duration <= 0) {
            errors.invalid(SPEC.child("leaseDurationSeconds"), duration, "must be greater than 0");
        }
        errors.nonnegative(SPEC.child("leaseTransitions"), spec.number("leaseTransitions", 0));
    }
}
