// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.Names;
import io.fairlead.apiserver.internal.validation.Quantity;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What is wrong with the devices of a slice. */
final class SliceDevices {
    static final List<String> EFFECTS = List.of("NoExecute", "NoSchedule", "None");

    private static final int PROPERTIES_MAX = 32;
    private static final int TAINTS_MAX = 16;
    private static final int CONDITIONS_MAX = 4;
    private static final int COUNTER_SETS_MAX = 2;
    private static final int TEXT_MAX = 64;
    private static final int POOL_NAME_MAX = 253;

    /** Versions as semver.org has them. */
    private static final Pattern VERSION = Pattern.compile("(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)"
            + "(-(0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)(\\.(0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?"
            + "(\\+[0-9a-zA-Z-]+(\\.[0-9a-zA-Z-]+)*)?");

    private SliceDevices() {}

    static void validatePoolName(String name, FieldPath path, FieldErrors errors) {
        if (name.isEmpty()) {
            errors.required(path, "");
            return;
        }
        if (name.length() > POOL_NAME_MAX) {
            errors.tooLong(path, POOL_NAME_MAX);
        }
        for (String part : name.split("/", -1)) {
            errors.invalid(path, part, Names.dnsSubdomain(part));
        }
    }

    static void validate(JsonObject device, FieldPath path, FieldErrors errors) {
        errors.invalid(path.child("name"), device.text("name"), Names.dnsLabel(device.text("name")));
        JsonObject attributes = device.objectOrEmpty("attributes");
        JsonObject capacity = device.objectOrEmpty("capacity");
        int properties = attributes.size() + capacity.size();
        if (properties > PROPERTIES_MAX) {
            errors.invalid(
                    path,
                    properties,
                    "the total number of attributes and capacities must not exceed " + PROPERTIES_MAX);
        }
        attributes.forEach((name, attribute) -> {
            DeviceClaims.validateAttributeName(name, path.child("attributes"), errors);
            if (attribute instanceof JsonObject object) {
                validateAttribute(object, path.child("attributes").key(name), errors);
            }
        });
        capacity.forEach((name, amount) -> {
            DeviceClaims.validateAttributeName(name, path.child("capacity"), errors);
            if (amount instanceof JsonObject object && object.object("requestPolicy") != null) {
                boolean shared = device.flag("allowMultipleAllocations");
                validatePolicy(
                        object.objectOrEmpty("requestPolicy"),
                        shared,
                        path.child("capacity").key(name).child("requestPolicy"),
                        errors);
            }
        });
        validateTaints(device.objects("taints"), path.child("taints"), errors);
        DeviceClaims.tooMany(
                device.objects("consumesCounters"), COUNTER_SETS_MAX, path.child("consumesCounters"), errors);
        for (String field : List.of("bindingConditions", "bindingFailureConditions")) {
            validateConditions(device.texts(field), path.child(field), errors);
        }
    }

    private static void validateAttribute(JsonObject attribute, FieldPath path, FieldErrors errors) {
        String text = attribute.text("string");
        if (text.length() > TEXT_MAX) {
            errors.tooLong(path.child("string"), TEXT_MAX);
        }
        String version = attribute.text("version");
        if (version.length() > TEXT_MAX) {
            errors.tooLong(path.child("version"), TEXT_MAX);
        } else if (!Defaults.absent(attribute, "version")
                && !VERSION.matcher(version).matches()) {
            errors.invalid(path.child("version"), version, "must be a string compatible with semver.org spec 2.0.0");
        }
        if (attribute.size() != 1) {
            JsonValue shown = attribute.isEmpty() ? JsonString.EMPTY : GoStructs.of("DeviceAttribute", attribute);
            errors.invalid(path, shown, "exactly one value must be specified");
        }
    }

    private static void validatePolicy(JsonObject policy, boolean shared, FieldPath path, FieldErrors errors) {
        if (!shared) {
            errors.forbidden(path, "allowMultipleAllocations must be true");
            return;
        }
        List<JsonValue> values = new java.util.ArrayList<>();
        policy.arrayOrEmpty("validValues").forEach(values::add);
        for (int i = 1; i < values.size(); i++) {
            if (Quantity.orZero(values.get(i)).compareTo(Quantity.orZero(values.get(i - 1))) < 0) {
                errors.invalid(
                        path.child("validValues").index(i), values.get(i), "values must be sorted in ascending order");
            }
        }
        boolean chosen = !Defaults.absent(policy, "default");
        Quantity choice = Quantity.orZero(policy.get("default"));
        if (!values.isEmpty()
                && chosen
                && values.stream().noneMatch(each -> Quantity.orZero(each).equals(choice))) {
            errors.invalid(
                    path.child("validValues"),
                    policy.get("default"),
                    "default value is not valid according to the requestPolicy");
        }
        for (String field : List.of("validValues", "validRange")) {
            if (!chosen && !Defaults.absent(policy, field)) {
                errors.required(path.child("default"), "required when " + field + " is defined");
            }
        }
    }

    private static void validateTaints(List<JsonObject> taints, FieldPath path, FieldErrors errors) {
        if (DeviceClaims.tooMany(taints, TAINTS_MAX, path, errors)) {
            return;
        }
        for (int i = 0; i < taints.size(); i++) {
            JsonObject taint = taints.get(i);
            FieldPath at = path.index(i);
            errors.invalid(at.child("key"), taint.text("key"), Names.qualified(taint.text("key")));
            errors.invalid(at.child("value"), taint.text("value"), Names.labelValue(taint.text("value")));
            if (taint.text("effect").isEmpty()) {
                errors.required(at.child("effect"), "");
            } else {
                errors.oneOf(at.child("effect"), taint.text("effect"), EFFECTS);
            }
        }
    }

    private static void validateConditions(List<String> conditions, FieldPath path, FieldErrors errors) {
        DeviceClaims.tooMany(conditions, CONDITIONS_MAX, path, errors);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < conditions.size(); i++) {
            errors.invalid(path.index(i), conditions.get(i), Names.qualified(conditions.get(i)));
            DeviceClaims.duplicate(seen, conditions.get(i), path.index(i), errors);
        }
    }
}
