// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.Names;
import io.fairlead.apiserver.internal.validation.Quantity;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** LimitRanges. */
final class LimitRangeStrategy extends GenericStrategy {
    private static final List<String> AMOUNTS =
            List.of("default", "defaultRequest", "max", "maxLimitRequestRatio", "min");

    LimitRangeStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    boolean checksWholeOnUpdate() {
        return true;
    }

    @Override
    public void setDefaults(JsonObject object) {
        for (JsonObject limit : object.child("spec").objects("limits")) {
            for (String field : AMOUNTS) {
                Defaults.roundResources(limit, field);
            }
            if (limit.text("type").equals("Container")) {
                // What is not given follows from the next looser bound, and at last from the minimum.
                fill(limit, "default", limit.objectOrEmpty("max"));
                fill(limit, "defaultRequest", limit.objectOrEmpty("default"));
                fill(limit, "defaultRequest", limit.objectOrEmpty("min"));
            }
        }
    }

    private static void fill(JsonObject limit, String field, JsonObject source) {
        for (String name : source.names()) {
            JsonValue value = source.get(name);
            if (value != null && !limit.objectOrEmpty(field).has(name)) {
                limit.child(field).put(name, value);
            }
        }
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        Set<String> types = new HashSet<>();
        List<JsonObject> limits = object.objectOrEmpty("spec").objects("limits");
        for (int i = 0; i < limits.size(); i++) {
            JsonObject limit = limits.get(i);
            FieldPath path = FieldPath.of("spec").child("limits").index(i);
            String type = limit.text("type");
            errors.invalid(path.child("type"), type, Names.qualified(type));
            if (type.indexOf('/') < 0
                    && !type.isEmpty()
                    && Names.qualified(type).isEmpty()
                    && !Set.of("Pod", "Container", "PersistentVolumeClaim").contains(type)) {
                errors.invalid(path.child("type"), type, "must be a standard limit type or fully qualified");
            }
            if (!types.add(type)) {
                errors.duplicate(path.child("type"), type);
            }
            validateLimit(limit, type, path, errors);
        }
    }

    private static void validateLimit(JsonObject limit, String type, FieldPath path, FieldErrors errors) {
        Set<String> names = new TreeSet<>();
        for (String field : AMOUNTS) {
            for (String name : limit.objectOrEmpty(field).names()) {
                if (names.add(field + " " + name)) {
                    validateName(name, type, path.child(field).key(name), errors);
                }
            }
        }
        if (type.equals("Pod")) {
            for (String field : List.of("default", "defaultRequest")) {
                if (!limit.objectOrEmpty(field).isEmpty()) {
                    errors.forbidden(path.child(field), "may not be specified when `type` is 'Pod'");
                }
            }
        }
        if (type.equals("PersistentVolumeClaim")
                && !limit.objectOrEmpty("min").has("storage")
                && !limit.objectOrEmpty("max").has("storage")) {
            errors.required(
                    path.child("limits"),
                    "either minimum or maximum storage value is required, but neither was provided");
        }
        Set<String> resources = new TreeSet<>();
        for (String field : AMOUNTS) {
            resources.addAll(limit.objectOrEmpty(field).names());
        }
        for (String name : resources) {
            validateAmounts(new Amounts(limit, name, path), errors);
        }
    }

    private static void validateName(String name, String type, FieldPath path, FieldErrors errors) {
        if (type.equals("Container") || type.equals("Pod")) {
            ResourceNames.validateForContainer(name, path, errors);
        } else {
            ResourceNames.validate(name, path, errors);
        }
    }

    /** The bounds of one resource in one limit. */
    private record Amounts(JsonObject limit, String name, FieldPath path) {
        boolean has(String field) {
            return limit.objectOrEmpty(field).has(name);
        }

        Quantity of(String field) {
            return Quantity.orZero(limit.objectOrEmpty(field).get(name));
        }

        FieldPath at(String field) {
            return path.child(field).key(name);
        }

        /** Complains, quoting {@code quoted}, if there are both and {@code less} is more. */
        void ordered(String less, String more, String quoted, String sentence, FieldErrors errors) {
            if (has(less) && has(more) && of(less).compareTo(of(more)) > 0) {
                String at = quoted.substring(0, quoted.indexOf('='));
                String value = quoted.substring(quoted.indexOf('=') + 1);
                errors.invalid(
                        at(at),
                        of(value).text(),
                        sentence.replace("{less}", of(less).text()).replace("{more}", of(more).text()));
            }
        }
    }

    private static void validateAmounts(Amounts amounts, FieldErrors errors) {
        amounts.ordered("min", "max", "min=min", "min value {less} is greater than max value {more}", errors);
        amounts.ordered(
                "min",
                "defaultRequest",
                "defaultRequest=defaultRequest",
                "min value {less} is greater than default request value {more}",
                errors);
        amounts.ordered(
                "defaultRequest",
                "max",
                "defaultRequest=defaultRequest",
                "default request value {less} is greater than max value {more}",
                errors);
        amounts.ordered(
                "defaultRequest",
                "default",
                "defaultRequest=defaultRequest",
                "default request value {less} is greater than default limit value {more}",
                errors);
        amounts.ordered(
                "min", "default", "default=min", "min value {less} is greater than default value {more}", errors);
        amounts.ordered(
                "default", "max", "default=max", "default value {less} is greater than max value {more}", errors);
        if (amounts.has("maxLimitRequestRatio")
                && amounts.of("maxLimitRequestRatio").compareTo(Quantity.of(1)) < 0) {
            String ratio = amounts.of("maxLimitRequestRatio").text();
            errors.invalid(amounts.at("maxLimitRequestRatio"), ratio, "ratio " + ratio + " is less than 1");
        }
    }
}
