// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import java.util.List;

/** DeviceClasses. */
final class DeviceClassStrategy extends GenericStrategy {
    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final int CONFIGURATIONS_MAX = 32;

    DeviceClassStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    boolean checksWholeOnUpdate() {
        return true;
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        JsonObject spec = object.objectOrEmpty("spec");
        DeviceClaims.validateSelectors(spec.objects("selectors"), SPEC.child("selectors"), errors);
        List<JsonObject> configurations = spec.objects("config");
        FieldPath path = SPEC.child("config");
        if (!DeviceClaims.tooMany(configurations, CONFIGURATIONS_MAX, path, errors)) {
            for (int i = 0; i < configurations.size(); i++) {
                DeviceClaims.validateConfiguration(configurations.get(i), path.index(i), errors);
            }
        }
        if (!Defaults.absent(spec, "extendedResourceName")
                && !ResourceNames.isExtended(spec.text("extendedResourceName"))) {
            errors.invalid(
                    SPEC.child("extendedResourceName"),
                    spec.text("extendedResourceName"),
                    "must be a valid extended resource name");
        }
    }
}
