// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.Addresses;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** ResourceClaims: the wish never changes, and neither does an allocation, but to none. */
final class ResourceClaimStrategy extends GenericStrategy {
    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final FieldPath STATUS = FieldPath.of("status");
    private static final FieldPath ALLOCATION = STATUS.child("allocation");
    private static final int USERS_MAX = 256;
    private static final int INTERFACE_NAME_MAX = 256;
    private static final int HARDWARE_ADDRESS_MAX = 128;

    ResourceClaimStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    public void setDefaults(JsonObject object) {
        DeviceClaims.setDefaults(object.child("spec"));
    }

    @Override
    boolean checksWholeOnUpdate() {
        return true;
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        DeviceClaims.validate(object.objectOrEmpty("spec"), SPEC, errors);
    }

    /** What was accepted once is not looked at again: it cannot change. */
    @Override
    void validateUpdatedSpec(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        if (!same(next.get("spec"), old.get("spec"))) {
            errors.invalid(SPEC, GoStructs.of("ResourceClaimSpec", next.objectOrEmpty("spec")), "field is immutable");
        }
    }

    @Override
    void validateStatus(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        JsonObject status = next.objectOrEmpty("status");
        JsonObject allocation = status.object("allocation");
        JsonObject before = old.objectOrEmpty("status").object("allocation");
        List<JsonObject> users = status.objects("reservedFor");
        validateUsers(users, errors);
        if (!users.isEmpty() && allocation == null) {
            errors.forbidden(STATUS.child("reservedFor"), "may not be specified when `allocated` is not set");
        }
        if (allocation != null && before == null) {
            validateAllocation(allocation, DeviceClaims.namesOf(next.objectOrEmpty("spec")), errors);
        } else if (allocation != null && !allocation.equals(before)) {
            errors.invalid(ALLOCATION, GoStructs.of("AllocationResult", allocation), "field is immutable");
        }
        validateDevices(status, errors);
    }

    private static void validateUsers(List<JsonObject> users, FieldErrors errors) {
        FieldPath path = STATUS.child("reservedFor");
        if (DeviceClaims.tooMany(users, USERS_MAX, path, errors)) {
            return;
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < users.size(); i++) {
            for (String field : List.of("resource", "name", "uid")) {
                if (users.get(i).text(field).isEmpty()) {
                    errors.required(path.index(i).child(field), "");
                }
            }
            DeviceClaims.duplicate(seen, users.get(i).text("uid"), path.index(i), errors);
        }
    }

    private static void validateAllocation(JsonObject allocation, Set<String> names, FieldErrors errors) {
        JsonObject devices = allocation.objectOrEmpty("devices");
        List<JsonObject> results = devices.objects("results");
        for (int i = 0; i < results.size(); i++) {
            JsonObject result = results.get(i);
            FieldPath path = ALLOCATION.child("devices", "results").index(i);
            DeviceClaims.validateName(result.text("request"), names, path.child("request"), errors);
            PodVolumes.validateCsiDriver(result.text("driver"), path.child("driver"), errors);
            SliceDevices.validatePoolName(result.text("pool"), path.child("pool"), errors);
            errors.invalid(path.child("device"), result.text("device"), Names.dnsLabel(result.text("device")));
        }
        List<JsonObject> configurations = devices.objects("config");
        for (int i = 0; i < configurations.size(); i++) {
            JsonObject configuration = configurations.get(i);
            FieldPath path = ALLOCATION.child("devices", "config").index(i);
            String source = configuration.text("source");
            if (source.isEmpty()) {
                errors.required(path.child("source"), "");
            } else {
                errors.oneOf(path.child("source"), source, List.of("FromClaim", "FromClass"));
            }
            DeviceClaims.validateNames(configuration.texts("requests"), names, path.child("requests"), errors);
            DeviceClaims.validateConfiguration(configuration, path, errors);
        }
        JsonObject selector = allocation.object("nodeSelector");
        if (selector != null) {
            PodAffinity.validateNodeSelector(selector, ALLOCATION.child("nodeSelector"), errors);
        }
    }

    private static void validateDevices(JsonObject status, FieldErrors errors) {
        Set<JsonObject> allocated = new HashSet<>();
        for (JsonObject result :
                status.objectOrEmpty("allocation").objectOrEmpty("devices").objects("results")) {
            allocated.add(GoStructs.of("AllocatedDeviceKey", result));
        }
        Set<JsonObject> seen = new HashSet<>();
        List<JsonObject> devices = status.objects("devices");
        for (int i = 0; i < devices.size(); i++) {
            JsonObject device = devices.get(i);
            FieldPath path = STATUS.child("devices").index(i);
            JsonObject key = GoStructs.of("AllocatedDeviceKey", device);
            if (!allocated.contains(key)) {
                errors.invalid(path, key, "must be an allocated device in the claim");
            }
            if (!seen.add(key)) {
                errors.duplicate(path, key);
            }
            Conditions.validate(device.objects("conditions"), path.child("conditions"), errors);
            JsonObject network = device.objectOrEmpty("networkData");
            tooLong(network, "interfaceName", INTERFACE_NAME_MAX, path, errors);
            tooLong(network, "hardwareAddress", HARDWARE_ADDRESS_MAX, path, errors);
            List<String> addresses = network.texts("ips");
            for (int j = 0; j < addresses.size(); j++) {
                errors.invalid(
                        path.child("networkData", "ips").index(j),
                        addresses.get(j),
                        Addresses.addressInNetwork(addresses.get(j)));
            }
        }
    }

    private static void tooLong(JsonObject network, String field, int most, FieldPath path, FieldErrors errors) {
        if (network.text(field).length() > most) {
            errors.tooLong(path.child("networkData", field), most);
        }
    }
}
