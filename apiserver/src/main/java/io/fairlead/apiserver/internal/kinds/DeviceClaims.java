// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Requests for devices, as claims and their templates make them. Whether CEL expressions compile is not looked at. */
final class DeviceClaims {
    private static final int LIST_MAX = 32;
    private static final int ALTERNATIVES_MAX = 8;
    private static final int EXPRESSION_BYTES_MAX = 10 * 1024;
    private static final String ONE_BODY = "exactly one of `exactly` or `firstAvailable` is required";
    private static final String UNKNOWN_REQUEST =
            "must be the name of a request in the claim or the name of a request and a subrequest separated by '/'";

    private DeviceClaims() {}

    static void setDefaults(JsonObject spec) {
        for (JsonObject request : spec.child("devices").objects("requests")) {
            JsonObject exactly = request.object("exactly");
            if (exactly != null) {
                setCountDefaults(exactly);
            }
            request.objects("firstAvailable").forEach(DeviceClaims::setCountDefaults);
        }
    }

    private static void setCountDefaults(JsonObject request) {
        Defaults.text(request, "allocationMode", "ExactCount");
        if (request.text("allocationMode").equals("ExactCount")) {
            Defaults.number(request, "count", 1);
        }
    }

    static void validate(JsonObject spec, FieldPath path, FieldErrors errors) {
        JsonObject devices = spec.objectOrEmpty("devices");
        FieldPath base = path.child("devices");
        List<JsonObject> requests = devices.objects("requests");
        Set<String> names = namesOf(spec);
        if (!tooMany(requests, LIST_MAX, base.child("requests"), errors)) {
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < requests.size(); i++) {
                FieldPath at = base.child("requests").index(i);
                validateRequest(requests.get(i), at, errors);
                duplicate(seen, requests.get(i).text("name"), at, errors);
            }
        }
        List<JsonObject> constraints = devices.objects("constraints");
        if (!tooMany(constraints, LIST_MAX, base.child("constraints"), errors)) {
            for (int i = 0; i < constraints.size(); i++) {
                validateConstraint(
                        constraints.get(i), names, base.child("constraints").index(i), errors);
            }
        }
        List<JsonObject> configurations = devices.objects("config");
        if (!tooMany(configurations, LIST_MAX, base.child("config"), errors)) {
            for (int i = 0; i < configurations.size(); i++) {
                FieldPath at = base.child("config").index(i);
                validateNames(configurations.get(i).texts("requests"), names, at.child("requests"), errors);
                validateConfiguration(configurations.get(i), at, errors);
            }
        }
    }

    /** What a part of a claim can refer to: requests, and the alternatives of each behind a slash. */
    static Set<String> namesOf(JsonObject spec) {
        Set<String> names = new HashSet<>();
        for (JsonObject request : spec.objectOrEmpty("devices").objects("requests")) {
            String name = request.text("name");
            names.add(name);
            request.objects("firstAvailable").forEach(each -> names.add(name + "/" + each.text("name")));
        }
        return names;
    }

    private static void validateRequest(JsonObject request, FieldPath path, FieldErrors errors) {
        errors.invalid(path.child("name"), request.text("name"), Names.dnsLabel(request.text("name")));
        JsonObject exactly = request.object("exactly");
        List<JsonObject> alternatives = request.objects("firstAvailable");
        if (exactly != null && !alternatives.isEmpty()) {
            errors.invalid(path, JsonNull.NULL, ONE_BODY + ", but multiple fields are set");
            return;
        }
        if (exactly != null) {
            validateBody(exactly, path.child("exactly"), errors);
        } else if (alternatives.isEmpty()) {
            errors.required(path, ONE_BODY);
        } else if (!tooMany(alternatives, ALTERNATIVES_MAX, path.child("firstAvailable"), errors)) {
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < alternatives.size(); i++) {
                FieldPath at = path.child("firstAvailable").index(i);
                String name = alternatives.get(i).text("name");
                errors.invalid(at.child("name"), name, Names.dnsLabel(name));
                validateBody(alternatives.get(i), at, errors);
                duplicate(seen, name, at, errors);
            }
        }
    }

    private static void validateBody(JsonObject body, FieldPath path, FieldErrors errors) {
        String deviceClass = body.text("deviceClassName");
        if (deviceClass.isEmpty()) {
            errors.required(path.child("deviceClassName"), "");
        } else {
            errors.invalid(path.child("deviceClassName"), deviceClass, Names.dnsSubdomain(deviceClass));
        }
        validateSelectors(body.objects("selectors"), path.child("selectors"), errors);
        long count = body.number("count");
        switch (body.text("allocationMode")) {
            case "All" -> {
                if (count != 0) {
                    errors.invalid(path.child("count"), count, "must not be specified when allocationMode is 'All'");
                }
            }
            case "ExactCount" -> {
                if (count <= 0) {
                    errors.invalid(path.child("count"), count, "must be greater than zero");
                }
            }
            default ->
                errors.unsupported(
                        path.child("allocationMode"), body.text("allocationMode"), List.of("All", "ExactCount"));
        }
        List<JsonObject> tolerations = body.objects("tolerations");
        for (int i = 0; i < tolerations.size(); i++) {
            validateToleration(tolerations.get(i), path.child("tolerations").index(i), errors);
        }
    }

    static void validateSelectors(List<JsonObject> selectors, FieldPath path, FieldErrors errors) {
        if (tooMany(selectors, LIST_MAX, path, errors)) {
            return;
        }
        for (int i = 0; i < selectors.size(); i++) {
            JsonObject cel = selectors.get(i).object("cel");
            if (cel == null) {
                errors.required(path.index(i).child("cel"), "");
            } else if (cel.text("expression").length() > EXPRESSION_BYTES_MAX) {
                errors.tooLong(path.index(i).child("cel", "expression"), EXPRESSION_BYTES_MAX);
            }
        }
    }

    private static void validateToleration(JsonObject toleration, FieldPath path, FieldErrors errors) {
        String key = toleration.text("key");
        String value = toleration.text("value");
        if (!key.isEmpty()) {
            errors.invalid(path.child("key"), key, Names.qualified(key));
        }
        switch (toleration.text("operator")) {
            case "Exists" -> {
                if (!value.isEmpty()) {
                    errors.invalid(path.child("value"), value, "must be empty for operator `Exists`");
                }
            }
            case "", "Equal" -> errors.invalid(path.child("value"), value, Names.labelValue(value));
            default ->
                errors.unsupported(path.child("operator"), toleration.text("operator"), List.of("Equal", "Exists"));
        }
        if (!toleration.text("effect").isEmpty()) {
            errors.oneOf(path.child("effect"), toleration.text("effect"), SliceDevices.EFFECTS);
        }
    }

    private static void validateConstraint(
            JsonObject constraint, Set<String> names, FieldPath path, FieldErrors errors) {
        validateNames(constraint.texts("requests"), names, path.child("requests"), errors);
        if (!Defaults.absent(constraint, "matchAttribute")) {
            validateFullName(constraint.text("matchAttribute"), path.child("matchAttribute"), errors);
        } else if (!Defaults.absent(constraint, "distinctAttribute")) {
            validateFullName(constraint.text("distinctAttribute"), path.child("distinctAttribute"), errors);
        } else {
            // In the original's words, which fit another case.
            errors.required(
                    path,
                    "exactly one of \"matchAttribute\" or \"distinctAttribute\" is required, but multiple fields are set");
        }
    }

    /** References to requests, each once. */
    static void validateNames(List<String> references, Set<String> names, FieldPath path, FieldErrors errors) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < references.size(); i++) {
            validateName(references.get(i), names, path.index(i), errors);
            duplicate(seen, references.get(i), path.index(i), errors);
        }
    }

    static void validateName(String reference, Set<String> names, FieldPath path, FieldErrors errors) {
        for (String part : reference.split("/", -1)) {
            errors.invalid(path, part, Names.dnsLabel(part));
        }
        if (!names.contains(reference)) {
            errors.invalid(path, reference, UNKNOWN_REQUEST);
        }
    }

    /** The name of an attribute or a capacity: an identifier, with a domain before it if it is not the driver's own. */
    static void validateAttributeName(String name, FieldPath path, FieldErrors errors) {
        String[] parts = name.split("/", -1);
        String identifier = parts[0];
        if (parts.length > 1) {
            if (parts[0].isEmpty()) {
                errors.invalid(path, "", "the domain must not be empty");
            } else {
                PodVolumes.validateCsiDriver(parts[0], path, errors);
            }
            identifier = parts[1];
            if (identifier.isEmpty()) {
                errors.invalid(path, "", "the name must not be empty");
                return;
            }
        }
        if (identifier.length() > LIST_MAX) {
            errors.tooLong(path, LIST_MAX);
        }
        errors.invalid(path, identifier, Names.cIdentifier(identifier));
    }

    private static void validateFullName(String name, FieldPath path, FieldErrors errors) {
        validateAttributeName(name, path, errors);
        if (name.indexOf('/') < 0) {
            errors.invalid(path, name, "a fully qualified name must be a domain and a name separated by a slash");
        }
    }

    /** Parameters that only a driver understands. */
    static void validateConfiguration(JsonObject configuration, FieldPath path, FieldErrors errors) {
        JsonObject opaque = configuration.object("opaque");
        if (opaque == null) {
            errors.required(path.child("opaque"), "");
            return;
        }
        PodVolumes.validateCsiDriver(opaque.text("driver"), path.child("opaque", "driver"), errors);
        JsonValue parameters = opaque.get("parameters");
        FieldPath at = path.child("opaque", "parameters");
        if (parameters == null || parameters == JsonNull.NULL) {
            errors.required(at, "");
        } else if (parameters.toString().length() > EXPRESSION_BYTES_MAX) {
            errors.tooLong(at, EXPRESSION_BYTES_MAX);
        } else if (!(parameters instanceof JsonObject)) {
            errors.invalid(at, "<value omitted>", "must be a valid JSON object");
        }
    }

    static boolean tooMany(List<?> items, int most, FieldPath path, FieldErrors errors) {
        if (items.size() > most) {
            errors.tooMany(path, items.size(), most);
        }
        return items.size() > most;
    }

    static void duplicate(Set<String> seen, String name, FieldPath path, FieldErrors errors) {
        if (!seen.add(name)) {
            errors.duplicate(path, name);
        }
    }
}
