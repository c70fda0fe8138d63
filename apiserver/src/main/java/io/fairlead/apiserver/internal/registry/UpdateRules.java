// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.registry.Strategy.Context;
import io.fairlead.apiserver.internal.validation.FieldError;
import io.fairlead.apiserver.internal.validation.MetadataValidation;
import java.util.ArrayList;
import java.util.List;

/** Which part of an object an update may change, and what must hold for the result. */
enum UpdateRules {
    /** The object itself. */
    OBJECT,
    /** Its {@code status}. */
    STATUS,
    /** What another subresource is for. */
    SUBRESOURCE,
    /** Whatever the server itself has decided: metadata is checked, nothing else. */
    SERVER;

    static UpdateRules of(String subresource) {
        return switch (subresource) {
            case "" -> OBJECT;
            case "status" -> STATUS;
            default -> SUBRESOURCE;
        };
    }

    /** Takes back what {@code next} may not change, and says what is wrong with the rest. */
    List<FieldError> complete(WriteContext write, JsonObject next, JsonObject old) {
        Strategy strategy = write.strategy();
        Context context = write.strategyContext();
        switch (this) {
            case OBJECT -> strategy.prepareForUpdate(context, next, old);
            case STATUS -> strategy.prepareForStatusUpdate(context, next, old);
            case SUBRESOURCE -> strategy.prepareForSubresource(write.subresource(), context, next, old);
            case SERVER -> {
                // Nothing to take back.
            }
        }
        List<FieldError> errors = new ArrayList<>(MetadataValidation.validateForUpdate(
                next, old, write.resource().definition().namespaced()));
        switch (this) {
            case OBJECT -> errors.addAll(strategy.validateUpdate(context, next, old));
            case STATUS -> errors.addAll(strategy.validateStatusUpdate(context, next, old));
            case SUBRESOURCE -> errors.addAll(strategy.validateSubresource(write.subresource(), context, next, old));
            case SERVER -> {
                // Nothing to check.
            }
        }
        return errors;
    }
}
