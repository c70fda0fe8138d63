// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;

/** ConfigMaps: keys, sizes, immutability. */
final class ConfigMapStrategy extends GenericStrategy {
    ConfigMapStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    boolean checksWholeOnUpdate() {
        return true;
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        KeyedData.validateKeys(object, "data", errors);
        JsonObject data = object.objectOrEmpty("data");
        for (String key : object.objectOrEmpty("binaryData").names()) {
            if (data.has(key)) {
                errors.invalid(FieldPath.of("data").key(key), key, "duplicate of key present in binaryData");
            }
        }
        KeyedData.validateKeys(object, "binaryData", errors);
        long size = KeyedData.bytes(object, "data", false) + KeyedData.bytes(object, "binaryData", true);
        if (size > KeyedData.BYTES_MAX) {
            // The original names no field here.
            errors.tooLong(FieldPath.of(""), KeyedData.BYTES_MAX);
        }
    }

    @Override
    void validateChange(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        KeyedData.validateImmutable(next, old, errors, "data", "binaryData");
    }
}
