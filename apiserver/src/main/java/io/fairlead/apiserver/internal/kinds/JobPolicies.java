// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.GoText;
import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonNumber;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.Names;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with the policies by which a Job fails or succeeds early. */
final class JobPolicies {
    /** Upstream's bounds. */
    private static final int RULES_MAX = 20;

    private static final int CODES_MAX = 255;
    private static final int PATTERNS_MAX = 20;
    private static final int INDEXES_BYTES_MAX = 64 * 1024;
    private static final List<String> ACTIONS = List.of("Count", "FailIndex", "FailJob", "Ignore");

    private JobPolicies() {}

    static void validateFailure(JsonObject policy, JsonObject spec, FieldPath path, FieldErrors errors) {
        List<JsonObject> rules = policy.objects("rules");
        FieldPath rulesPath = path.child("rules");
        if (rules.size() > RULES_MAX) {
            errors.tooMany(rulesPath, rules.size(), RULES_MAX);
        }
        List<String> containers = new ArrayList<>();
        JsonObject pod = spec.objectOrEmpty("template").objectOrEmpty("spec");
        for (String list : List.of("containers", "initContainers")) {
            pod.objects(list).forEach(container -> containers.add(container.text("name")));
        }
        for (int i = 0; i < rules.size(); i++) {
            validateRule(rules.get(i), spec, containers, rulesPath.index(i), errors);
        }
    }

    private static void validateRule(
            JsonObject rule, JsonObject spec, List<String> containers, FieldPath path, FieldErrors errors) {
        String action = rule.text("action");
        if (action.isEmpty()) {
            errors.required(path.child("action"), "valid values: [\"Count\" \"FailIndex\" \"FailJob\" \"Ignore\"]");
        } else if (action.equals("FailIndex") && Defaults.absent(spec, "backoffLimitPerIndex")) {
            errors.invalid(path.child("action"), action, "requires the backoffLimitPerIndex to be set");
        } else {
            errors.oneOf(path.child("action"), action, ACTIONS);
        }
        JsonObject codes = rule.object("onExitCodes");
        if (codes != null) {
            validateCodes(codes, containers, path.child("onExitCodes"), errors);
        }
        List<JsonObject> patterns = rule.objects("onPodConditions");
        FieldPath patternsPath = path.child("onPodConditions");
        if (patterns.size() > PATTERNS_MAX) {
            errors.tooMany(patternsPath, patterns.size(), PATTERNS_MAX);
        }
        for (int i = 0; i < patterns.size(); i++) {
            JsonObject pattern = patterns.get(i);
            FieldPath at = patternsPath.index(i);
            errors.invalid(at.child("type"), pattern.text("type"), Names.qualified(pattern.text("type")));
            String status = pattern.text("status");
            if (status.isEmpty()) {
                errors.required(at.child("status"), "valid values: [\"False\" \"True\" \"Unknown\"]");
            } else {
                errors.oneOf(at.child("status"), status, List.of("False", "True", "Unknown"));
            }
        }
        if (codes != null && !patterns.isEmpty()) {
            errors.invalidUnquoted(path, "specifying both OnExitCodes and OnPodConditions is not supported");
        }
        if (codes == null && patterns.isEmpty()) {
            errors.invalidUnquoted(path, "specifying one of OnExitCodes and OnPodConditions is required");
        }
    }

    private static void validateCodes(JsonObject codes, List<String> containers, FieldPath path, FieldErrors errors) {
        String operator = codes.text("operator");
        if (operator.isEmpty()) {
            errors.required(path.child("operator"), "valid values: [\"In\" \"NotIn\"]");
        } else {
            errors.oneOf(path.child("operator"), operator, List.of("In", "NotIn"));
        }
        if (!Defaults.absent(codes, "containerName")) {
            String container = codes.text("containerName");
            if (!containers.contains(container)) {
                errors.invalid(
                        path.child("containerName"),
                        container,
                        "must be one of the container or initContainer names in the pod template");
            }
        }
        JsonArray values = codes.arrayOrEmpty("values");
        FieldPath valuesPath = path.child("values");
        if (values.isEmpty()) {
            errors.invalid(valuesPath, values, "at least one value is required");
        } else if (values.size() > CODES_MAX) {
            errors.tooMany(valuesPath, values.size(), CODES_MAX);
        }
        boolean ordered = true;
        for (int i = 0; i < values.size(); i++) {
            long value = number(values, i);
            if (operator.equals("In") && value == 0) {
                errors.invalid(valuesPath.index(i), value, "must not be 0 for the In operator");
            }
            if (values.texts().isEmpty() && duplicates(values, i)) {
                errors.duplicate(valuesPath.index(i), values.get(i));
            }
            ordered &= i == 0 || number(values, i - 1) <= value;
        }
        if (!ordered) {
            errors.invalid(valuesPath, values, "must be ordered");
        }
    }

    private static boolean duplicates(JsonArray values, int index) {
        for (int i = 0; i < index; i++) {
            if (number(values, i) == number(values, index)) {
                return true;
            }
        }
        return false;
    }

    private static long number(JsonArray values, int index) {
        return values.get(index) instanceof JsonNumber number ? number.longValue() : 0;
    }

    static void validateSuccess(JsonObject policy, JsonObject spec, FieldPath path, FieldErrors errors) {
        List<JsonObject> rules = policy.objects("rules");
        FieldPath rulesPath = path.child("rules");
        if (rules.isEmpty()) {
            errors.required(rulesPath, "at least one rules must be specified when the successPolicy is specified");
        }
        if (rules.size() > RULES_MAX) {
            errors.tooMany(rulesPath, rules.size(), RULES_MAX);
        }
        for (int i = 0; i < rules.size(); i++) {
            validateSuccessRule(rules.get(i), spec.number("completions", 0), rulesPath.index(i), errors);
        }
    }

    private static void validateSuccessRule(JsonObject rule, long completions, FieldPath path, FieldErrors errors) {
        boolean counted = !Defaults.absent(rule, "succeededCount");
        boolean indexed = !Defaults.absent(rule, "succeededIndexes");
        if (!counted && !indexed) {
            errors.required(path, "at least one of succeededCount or succeededIndexes must be specified");
        }
        long total = completions;
        if (indexed) {
            String indexes = rule.text("succeededIndexes");
            FieldPath at = path.child("succeededIndexes");
            if (indexes.length() > INDEXES_BYTES_MAX) {
                errors.tooLong(at, INDEXES_BYTES_MAX);
            }
            Indexes parsed = Indexes.parse(indexes, completions);
            total = parsed.count();
            if (!parsed.problem().isEmpty()) {
                errors.invalid(at, indexes, "error parsing succeededIndexes: " + parsed.problem());
            }
        }
        if (!counted) {
            return;
        }
        long count = rule.number("succeededCount", 0);
        FieldPath at = path.child("succeededCount");
        errors.nonnegative(at, count);
        if (count > completions) {
            errors.invalid(
                    at,
                    count,
                    "must be less than or equal to " + completions + " (the number of specified completions)");
        }
        if (indexed && count > total) {
            errors.invalid(
                    at,
                    count,
                    "must be less than or equal to " + total
                            + " (the number of indexes in the specified succeededIndexes field)");
        }
    }

    /** Intervals such as {@code 1,3-5}: how many indexes they are, or what is wrong with them. */
    record Indexes(long count, String problem) {
        static Indexes parse(String text, long completions) {
            if (text.isEmpty()) {
                return new Indexes(0, "");
            }
            long count = 0;
            long last = -1;
            for (String interval : text.split(",", -1)) {
                String[] ends = interval.split("-", -1);
                if (ends.length > 2) {
                    return new Indexes(
                            0,
                            "the fragment " + GoText.quote(interval)
                                    + " violates the requirement that an index interval"
                                    + " can have at most two parts separated by '-'");
                }
                long from = -1;
                for (String end : ends) {
                    long index;
                    try {
                        index = Long.parseLong(end);
                    } catch (NumberFormatException e) {
                        return new Indexes(0, "cannot convert string to integer for index: " + GoText.quote(end));
                    }
                    if (index >= completions) {
                        return new Indexes(0, "too large index: " + GoText.quote(end));
                    }
                    if (last >= index) {
                        return new Indexes(0, "non-increasing order, previous: " + last + ", current: " + index);
                    }
                    count += from < 0 ? 1 : index - from;
                    from = index;
                    last = index;
                }
            }
            return new Indexes(count, "");
        }
    }
}
