// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** CSINodes: drivers come and go, but only their limits change. */
final class CsiNodeStrategy extends GenericStrategy {
    private static final FieldPath DRIVERS = FieldPath.of("spec").child("drivers");
    private static final int NODE_ID_MAX = 256;

    CsiNodeStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    boolean checksWholeOnUpdate() {
        return true;
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        List<JsonObject> drivers = object.objectOrEmpty("spec").objects("drivers");
        Set<String> names = new HashSet<>();
        for (int i = 0; i < drivers.size(); i++) {
            JsonObject driver = drivers.get(i);
            FieldPath path = DRIVERS.index(i);
            String name = driver.text("name");
            PodVolumes.validateCsiDriver(name, path.child("name"), errors);
            String node = driver.text("nodeID");
            if (node.isEmpty()) {
                errors.required(path.child("nodeID"), "");
            } else if (node.length() > NODE_ID_MAX) {
                errors.invalid(path.child("nodeID"), node, "must be " + NODE_ID_MAX + " characters or less");
            }
            JsonObject allocatable = driver.objectOrEmpty("allocatable");
            errors.nonnegative(path.child("allocatable", "count"), allocatable.number("count"));
            validateKeys(driver.texts("topologyKeys"), path, errors);
            if (!names.add(name)) {
                errors.duplicate(path.child("name"), name);
            }
        }
    }

    private static void validateKeys(List<String> keys, FieldPath path, FieldErrors errors) {
        Set<String> seen = new HashSet<>();
        for (String key : keys) {
            if (key.isEmpty()) {
                errors.required(path, "");
            }
            if (!seen.add(key)) {
                errors.duplicate(path, key);
            }
            errors.invalid(path, key, Names.qualified(key));
        }
    }

    @Override
    void validateChange(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        for (JsonObject before : old.objectOrEmpty("spec").objects("drivers")) {
            for (JsonObject driver : next.objectOrEmpty("spec").objects("drivers")) {
                JsonObject fixed = fixedPart(driver);
                if (driver.text("name").equals(before.text("name")) && !fixed.equals(fixedPart(before))) {
                    errors.invalid(DRIVERS, fixed, "field is immutable");
                }
            }
        }
    }

    /** What the original compares, and shows: all but the limits. */
    private static JsonObject fixedPart(JsonObject driver) {
        JsonObject copy = driver.deepCopy();
        copy.remove("allocatable");
        return GoStructs.of("CSINodeDriver", copy);
    }
}
