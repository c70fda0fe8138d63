// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import java.util.List;

/** PriorityLevelConfigurations: how many requests of a level run at once, and what becomes of more. */
final class PriorityLevelConfigurationStrategy extends GenericStrategy {
    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final int SHARES = 30;
    private static final int QUEUES = 64;
    private static final int HAND_SIZE = 8;
    private static final int QUEUE_LENGTH = 50;
    private static final int QUEUES_MAX = 10 * 1000 * 1000;

    /** Dealing hands takes its chance from one number of 64 bits, of which 60 are sure to be good. */
    private static final int ENTROPY_BITS_MAX = 60;

    PriorityLevelConfigurationStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    public void setDefaults(JsonObject object) {
        JsonObject spec = object.child("spec");
        JsonObject exempt = spec.object("exempt");
        if (exempt != null) {
            Defaults.pointer(exempt, "nominalConcurrencyShares", 0);
            Defaults.pointer(exempt, "lendablePercent", 0);
        }
        JsonObject limited = spec.object("limited");
        if (limited != null) {
            Defaults.pointer(limited, "nominalConcurrencyShares", SHARES);
            Defaults.pointer(limited, "lendablePercent", 0);
            JsonObject queuing = limited.child("limitResponse").object("queuing");
            if (queuing != null) {
                Defaults.number(queuing, "queues", QUEUES);
                Defaults.number(queuing, "handSize", HAND_SIZE);
                Defaults.number(queuing, "queueLengthLimit", QUEUE_LENGTH);
            }
        }
    }

    @Override
    boolean checksWholeOnUpdate() {
        return true;
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        String name = object.objectOrEmpty("metadata").text("name");
        JsonObject spec = object.objectOrEmpty("spec");
        String type = spec.text("type");
        JsonObject exempt = spec.object("exempt");
        JsonObject limited = spec.object("limited");
        if (name.equals(MandatoryFlows.EXEMPT) != type.equals("Exempt")) {
            errors.invalid(SPEC.child("type"), type, "must be 'Exempt' if and only if `name` is 'exempt'");
        }
        switch (type) {
            case "Exempt" -> {
                if (limited != null) {
                    errors.forbidden(SPEC.child("limited"), "must be nil if the type is not Limited");
                }
                if (exempt != null) {
                    validateShares(exempt, SPEC.child("exempt"), errors);
                }
            }
            case "Limited" -> {
                if (exempt != null) {
                    errors.forbidden(SPEC.child("exempt"), "must be nil if the type is Limited");
                }
                if (limited == null) {
                    errors.required(SPEC.child("limited"), "must not be empty when type is Limited");
                } else {
                    validateLimited(limited, SPEC.child("limited"), errors);
                }
            }
            case "" -> errors.required(SPEC.child("type"), "");
            default -> errors.unsupported(SPEC.child("type"), type, List.of("Exempt", "Limited"));
        }
        MandatoryFlows.validateLevel(name, spec, SPEC, errors);
        FlowRules.validateConditions(object.objectOrEmpty("status"), errors);
    }

    private static void validateShares(JsonObject level, FieldPath path, FieldErrors errors) {
        long shares = level.number("nominalConcurrencyShares");
        if (shares < 0) {
            errors.invalid(path.child("nominalConcurrencyShares"), shares, "must be a non-negative integer");
        }
        long lendable = level.number("lendablePercent");
        if (lendable < 0 || lendable > 100) {
            errors.invalid(path.child("lendablePercent"), lendable, "must be between 0 and 100, inclusive");
        }
    }

    private static void validateLimited(JsonObject limited, FieldPath path, FieldErrors errors) {
        validateShares(limited, path, errors);
        long borrowing = limited.number("borrowingLimitPercent");
        if (borrowing < 0) {
            errors.invalid(
                    path.child("borrowingLimitPercent"), borrowing, "if specified, must be a non-negative integer");
        }
        JsonObject response = limited.objectOrEmpty("limitResponse");
        FieldPath at = path.child("limitResponse");
        JsonObject queuing = response.object("queuing");
        switch (response.text("type")) {
            case "Reject" -> {
                if (queuing != null) {
                    errors.forbidden(at.child("queuing"), "must be nil if limited.limitResponse.type is not Limited");
                }
            }
            case "Queue" -> {
                if (queuing == null) {
                    errors.required(at.child("queuing"), "must not be empty if limited.limitResponse.type is Limited");
                } else {
                    validateQueuing(queuing, at.child("queuing"), errors);
                }
            }
            case "" -> errors.required(at.child("type"), "");
            default -> errors.unsupported(at.child("type"), response.text("type"), List.of("Queue", "Reject"));
        }
    }

    private static void validateQueuing(JsonObject queuing, FieldPath path, FieldErrors errors) {
        for (String field : List.of("queueLengthLimit", "queues", "handSize")) {
            if (queuing.number(field) <= 0) {
                errors.invalid(path.child(field), queuing.number(field), "must be positive");
            }
        }
        long queues = queuing.number("queues");
        long hand = queuing.number("handSize");
        if (queues > QUEUES_MAX) {
            errors.invalid(path.child("queues"), queues, "must not be greater than " + QUEUES_MAX);
        }
        if (hand <= 0) {
            return;
        }
        if (hand > queues) {
            errors.invalid(path.child("handSize"), hand, "should not be greater than queues (" + queues + ")");
        } else if (Math.ceil(Math.log((double) queues) / Math.log(2) * (double) hand) > ENTROPY_BITS_MAX) {
            errors.invalid(
                    path.child("handSize"),
                    hand,
                    "required entropy bits of deckSize " + queues + " and handSize " + hand
                            + " should not be greater than " + ENTROPY_BITS_MAX);
        }
    }

    @Override
    void validateStatus(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        FlowRules.validateConditions(next.objectOrEmpty("status"), errors);
    }
}
