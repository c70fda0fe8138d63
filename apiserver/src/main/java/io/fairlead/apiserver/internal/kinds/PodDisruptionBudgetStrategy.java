// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import static io.fairlead.apiserver.internal.kinds.SecurityProfiles.orNull;

import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.IntOrPercent;
import io.fairlead.apiserver.internal.validation.LabelSelectors;
import java.util.List;

/** PodDisruptionBudgets. */
final class PodDisruptionBudgetStrategy extends GenericStrategy {
    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final FieldPath STATUS = FieldPath.of("status");

    PodDisruptionBudgetStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    List<String> statusKeeps() {
        return List.of("generation", "deletionTimestamp");
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        JsonObject spec = object.objectOrEmpty("spec");
        boolean least = !Defaults.absent(spec, "minAvailable");
        boolean most = !Defaults.absent(spec, "maxUnavailable");
        if (least && most) {
            JsonObject selector = spec.object("selector");
            JsonObject text = new JsonObject()
                    .put("MinAvailable", orNull(spec.get("minAvailable")))
                    .put("Selector", selector == null ? JsonNull.NULL : LabelSelectors.asText(selector))
                    .put("MaxUnavailable", orNull(spec.get("maxUnavailable")))
                    .put("UnhealthyPodEvictionPolicy", orNull(spec.get("unhealthyPodEvictionPolicy")));
            errors.invalid(SPEC, text, "minAvailable and maxUnavailable cannot be both set");
        }
        for (String field : List.of("minAvailable", "maxUnavailable")) {
            if (!Defaults.absent(spec, field)) {
                IntOrPercent.validate(spec.get(field), SPEC.child(field), errors);
                IntOrPercent.atMostAll(spec.get(field), SPEC.child(field), errors);
            }
        }
        LabelSelectors.validate(spec.object("selector"), SPEC.child("selector"), errors);
        if (!Defaults.absent(spec, "unhealthyPodEvictionPolicy")) {
            errors.oneOf(
                    SPEC.child("unhealthyPodEvictionPolicy"),
                    spec.text("unhealthyPodEvictionPolicy"),
                    List.of("AlwaysAllow", "IfHealthyBudget"));
        }
    }

    @Override
    void validateStatus(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        JsonObject status = next.objectOrEmpty("status");
        Conditions.validate(status.objects("conditions"), STATUS.child("conditions"), errors);
        for (String count : List.of("disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods")) {
            errors.nonnegative(STATUS.child(count), status.number(count, 0));
        }
    }
}
