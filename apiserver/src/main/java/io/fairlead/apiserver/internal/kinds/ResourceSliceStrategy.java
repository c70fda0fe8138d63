// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.MetadataValidation;
import io.fairlead.apiserver.internal.validation.Names;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** ResourceSlices: which devices a driver has where. */
final class ResourceSliceStrategy extends GenericStrategy {
    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final int DEVICES_MAX = 128;

    ResourceSliceStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    public void prepareForCreate(Context context, JsonObject next) {
        super.prepareForCreate(context, next);
        stampTaints(context, next);
    }

    @Override
    public void prepareForUpdate(Context context, JsonObject next, JsonObject old) {
        stampTaints(context, next);
        super.prepareForUpdate(context, next, old);
    }

    private static void stampTaints(Context context, JsonObject slice) {
        String now = context.now().truncatedTo(ChronoUnit.SECONDS).toString();
        for (JsonObject device : slice.objectOrEmpty("spec").objects("devices")) {
            device.objects("taints").forEach(taint -> Defaults.pointer(taint, "timeAdded", now));
        }
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        JsonObject spec = object.objectOrEmpty("spec");
        PodVolumes.validateCsiDriver(spec.text("driver"), SPEC.child("driver"), errors);
        JsonObject pool = spec.objectOrEmpty("pool");
        FieldPath path = SPEC.child("pool");
        SliceDevices.validatePoolName(pool.text("name"), path.child("name"), errors);
        if (pool.number("resourceSliceCount") <= 0) {
            errors.invalid(
                    path.child("resourceSliceCount"), pool.number("resourceSliceCount"), "must be greater than zero");
        }
        if (pool.number("generation") < 0) {
            errors.invalid(
                    path.child("generation"), pool.number("generation"), "must be greater than or equal to zero");
        }
        SliceNodes.validateSlice(spec, SPEC, errors);
        List<JsonObject> devices = spec.objects("devices");
        if (!DeviceClaims.tooMany(devices, DEVICES_MAX, SPEC.child("devices"), errors)) {
            Set<String> names = new HashSet<>();
            boolean perDevice = spec.flag("perDeviceNodeSelection");
            for (int i = 0; i < devices.size(); i++) {
                FieldPath at = SPEC.child("devices").index(i);
                SliceDevices.validate(devices.get(i), at, errors);
                SliceNodes.validateDevice(devices.get(i), perDevice, at, errors);
                DeviceClaims.duplicate(names, devices.get(i).text("name"), at, errors);
            }
        }
        validateCounters(spec.objects("sharedCounters"), SPEC.child("sharedCounters"), errors);
    }

    private static void validateCounters(List<JsonObject> sets, FieldPath path, FieldErrors errors) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < sets.size(); i++) {
            FieldPath at = path.index(i);
            String name = sets.get(i).text("name");
            errors.invalid(at.child("name"), name, Names.dnsLabel(name));
            JsonObject counters = sets.get(i).objectOrEmpty("counters");
            if (counters.isEmpty()) {
                errors.required(at.child("counters"), "");
            }
            for (String counter : counters.names()) {
                errors.invalid(at.child("counters"), counter, Names.dnsLabel(counter));
            }
            DeviceClaims.duplicate(names, name, at, errors);
        }
    }

    @Override
    void validateChange(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        JsonObject spec = next.objectOrEmpty("spec");
        JsonObject before = old.objectOrEmpty("spec");
        MetadataValidation.immutable(
                spec.objectOrEmpty("pool").get("name"),
                before.objectOrEmpty("pool").get("name"),
                SPEC.child("pool", "name"),
                errors);
        for (String field : List.of("driver", "nodeName")) {
            MetadataValidation.immutable(spec.get(field), before.get(field), SPEC.child(field), errors);
        }
    }
}
