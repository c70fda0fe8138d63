// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.registry.AutoscalerConversion;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldError;
import java.util.List;

/** HorizontalPodAutoscalers of {@code autoscaling/v1}: what the newer version says of them, said in the older one. */
final class HorizontalPodAutoscalerV1Strategy extends GenericStrategy {
    private final HorizontalPodAutoscalerStrategy newer;

    HorizontalPodAutoscalerV1Strategy(ResourceDefinition resource) {
        super(resource);
        this.newer = new HorizontalPodAutoscalerStrategy(resource);
    }

    @Override
    public void setDefaults(JsonObject object) {
        Defaults.pointer(object.child("spec"), "minReplicas", 1);
        // There and back: a metric is filled in, and annotations that cannot be read go.
        replace(object, newer(object));
    }

    @Override
    public void prepareForCreate(Context context, JsonObject next) {
        JsonObject converted = newer(next);
        newer.prepareForCreate(context, converted);
        converted.remove("status");
        replace(next, converted);
    }

    @Override
    public void prepareForUpdate(Context context, JsonObject next, JsonObject old) {
        JsonObject converted = newer(next);
        newer.prepareForUpdate(context, converted, newer(old));
        replace(next, converted);
    }

    @Override
    public void prepareForStatusUpdate(Context context, JsonObject next, JsonObject old) {
        JsonObject converted = newer(next);
        newer.prepareForStatusUpdate(context, converted, newer(old));
        replace(next, converted);
    }

    @Override
    public List<FieldError> validate(Context context, JsonObject object) {
        return newer.validate(context, newer(object));
    }

    @Override
    public List<FieldError> validateUpdate(Context context, JsonObject next, JsonObject old) {
        return newer.validateUpdate(context, newer(next), newer(old));
    }

    @Override
    public List<FieldError> validateStatusUpdate(Context context, JsonObject next, JsonObject old) {
        return newer.validateStatusUpdate(context, newer(next), newer(old));
    }

    /** What is stored has the newer version's defaults as well. */
    @Override
    public void canonicalize(JsonObject object) {
        JsonObject converted = newer(object);
        newer.setDefaults(converted);
        replace(object, converted);
    }

    private static JsonObject newer(JsonObject object) {
        return AutoscalerConversion.newer(object.deepCopy());
    }

    private static void replace(JsonObject object, JsonObject converted) {
        JsonObject older = AutoscalerConversion.older(converted);
        object.clear();
        older.forEach(object::put);
    }
}
