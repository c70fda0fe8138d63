// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.MetadataValidation;
import java.util.Map;
import java.util.Optional;

/** PriorityClasses. */
final class PriorityClassStrategy extends GenericStrategy {
    private static final long VALUE_MAX = 1_000_000_000;
    private static final Map<String, Long> SYSTEM_CLASSES =
            Map.of("system-node-critical", 2_000_001_000L, "system-cluster-critical", 2_000_000_000L);

    PriorityClassStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    public void setDefaults(JsonObject object) {
        Defaults.pointer(object, "preemptionPolicy", "PreemptLowerPriority");
    }

    @Override
    public Optional<String> refusalOfDeletion(String name) {
        return SYSTEM_CLASSES.containsKey(name)
                ? Optional.of("this is a system priority class and cannot be deleted")
                : Optional.empty();
    }

    @Override
    boolean wishChanged(JsonObject next, JsonObject old) {
        // Nothing that can change is a wish.
        return false;
    }

    @Override
    public java.util.List<io.fairlead.apiserver.internal.validation.FieldError> validate(
            Context context, JsonObject object) {
        FieldErrors errors = new FieldErrors();
        errors.addAll(super.validate(context, object));
        String name = object.objectOrEmpty("metadata").text("name");
        long value = object.number("value", 0);
        if (name.startsWith("system-")) {
            Long known = SYSTEM_CLASSES.get(name);
            if (known == null) {
                errors.forbidden(
                        FieldPath.of("metadata").child("name"),
                        "priority class names with 'system-' prefix are reserved for system use only. error: " + name
                                + " is not a known system priority class");
            } else if (known != value) {
                errors.forbidden(
                        FieldPath.of("metadata").child("name"),
                        "priority class names with 'system-' prefix are reserved for system use only. error: value of "
                                + name + " PriorityClass must be " + known);
            }
        } else if (value > VALUE_MAX) {
            errors.forbidden(FieldPath.of("value"), "maximum allowed value of a user defined priority is " + VALUE_MAX);
        }
        PodValidation.validatePreemption(object.text("preemptionPolicy"), FieldPath.of("preemptionPolicy"), errors);
        return errors.toList();
    }

    @Override
    void validateChange(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        if (next.number("value", 0) != old.number("value", 0)) {
            errors.forbidden(FieldPath.of("value"), "may not be changed in an update.");
        }
        MetadataValidation.immutable(
                next.get("preemptionPolicy"), old.get("preemptionPolicy"), FieldPath.of("preemptionPolicy"), errors);
    }
}
