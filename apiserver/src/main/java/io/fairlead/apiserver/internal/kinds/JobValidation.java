// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.Names;
import java.util.List;

/** What is wrong with the wish in a Job, or in the template of one. */
final class JobValidation {
    /** Upstream's bounds, which keep the status of a Job small. */
    private static final long INDEXED_PARALLELISM_MAX = 100_000;

    private static final long INDEX_FAILURES_MAX = 100_000;
    private static final long MANY_COMPLETIONS = 100_000;
    private static final long MANY_COMPLETIONS_PARALLELISM_MAX = 10_000;
    private static final List<String> COUNTS =
            List.of("parallelism", "completions", "backoffLimit", "ttlSecondsAfterFinished");

    private JobValidation() {}

    static void validateSpec(JsonObject spec, FieldPath path, FieldErrors errors) {
        for (String count : COUNTS) {
            errors.nonnegative(path.child(count), spec.number(count, 0));
        }
        errors.nonnegative(path.child("activeDeadlineSeconds"), spec.number("activeDeadlineSeconds", 0));
        validateCompletion(spec, path, errors);
        validateReplacement(spec, path, errors);
        validateManager(spec, path, errors);
        JsonObject template = spec.objectOrEmpty("template");
        FieldPath templatePath = path.child("template");
        PodValidation.validateTemplate(template, templatePath, errors);
        String restart = template.objectOrEmpty("spec").text("restartPolicy");
        if (restart.equals("Always") || restart.isEmpty()) {
            errors.required(templatePath.child("spec", "restartPolicy"), "valid values: \"OnFailure\", \"Never\"");
        } else {
            errors.oneOf(templatePath.child("spec", "restartPolicy"), restart, List.of("OnFailure", "Never"));
        }
        JsonObject policy = spec.object("podFailurePolicy");
        if (policy != null) {
            if (!restart.equals("Never")) {
                errors.invalid(
                        templatePath.child("spec", "restartPolicy"),
                        restart,
                        "only \"Never\" is supported when podFailurePolicy is specified");
            }
            JobPolicies.validateFailure(policy, spec, path.child("podFailurePolicy"), errors);
        }
        JsonObject success = spec.object("successPolicy");
        if (success != null) {
            if (spec.text("completionMode").equals("Indexed")) {
                JobPolicies.validateSuccess(success, spec, path.child("successPolicy"), errors);
            } else {
                errors.invalid(path.child("successPolicy"), successAsText(success), "requires indexed completion mode");
            }
        }
    }

    private static void validateCompletion(JsonObject spec, FieldPath path, FieldErrors errors) {
        String mode = spec.text("completionMode");
        if (!mode.isEmpty()) {
            errors.oneOf(path.child("completionMode"), mode, List.of("Indexed", "NonIndexed"));
        }
        boolean indexed = mode.equals("Indexed");
        boolean perIndex = !Defaults.absent(spec, "backoffLimitPerIndex");
        if (indexed) {
            validateIndexed(spec, perIndex, path, errors);
        } else if (perIndex && !mode.isEmpty()) {
            errors.invalid(
                    path.child("backoffLimitPerIndex"),
                    spec.number("backoffLimitPerIndex", 0),
                    "requires indexed completion mode");
        }
        if (perIndex) {
            errors.nonnegative(path.child("backoffLimitPerIndex"), spec.number("backoffLimitPerIndex", 0));
        }
        if (!Defaults.absent(spec, "maxFailedIndexes")) {
            errors.nonnegative(path.child("maxFailedIndexes"), spec.number("maxFailedIndexes", 0));
            if (!perIndex) {
                errors.required(path.child("backoffLimitPerIndex"), "when maxFailedIndexes is specified");
            }
        }
    }

    private static void validateIndexed(JsonObject spec, boolean perIndex, FieldPath path, FieldErrors errors) {
        if (Defaults.absent(spec, "completions")) {
            errors.required(path.child("completions"), "when completion mode is Indexed");
        }
        long parallelism = spec.number("parallelism", 0);
        if (parallelism > INDEXED_PARALLELISM_MAX) {
            errors.invalid(
                    path.child("parallelism"),
                    parallelism,
                    "must be less than or equal to " + INDEXED_PARALLELISM_MAX + " when completion mode is Indexed");
        }
        long completions = spec.number("completions", 0);
        if (!Defaults.absent(spec, "maxFailedIndexes")) {
            long most = spec.number("maxFailedIndexes", 0);
            if (most > completions) {
                errors.invalid(path.child("maxFailedIndexes"), most, "must be less than or equal to completions");
            }
            if (most > INDEX_FAILURES_MAX) {
                errors.invalid(
                        path.child("maxFailedIndexes"), most, "must be less than or equal to " + INDEX_FAILURES_MAX);
            }
        }
        if (perIndex && completions > MANY_COMPLETIONS && parallelism > MANY_COMPLETIONS_PARALLELISM_MAX) {
            errors.invalid(
                    path.child("parallelism"),
                    parallelism,
                    "must be less than or equal to " + MANY_COMPLETIONS_PARALLELISM_MAX + " when completions are above "
                            + MANY_COMPLETIONS + " and used with backoff limit per index");
        }
    }

    private static void validateReplacement(JsonObject spec, FieldPath path, FieldErrors errors) {
        if (Defaults.absent(spec, "podReplacementPolicy")) {
            return;
        }
        boolean policed = spec.object("podFailurePolicy") != null;
        errors.oneOf(
                path.child("podReplacementPolicy"),
                spec.text("podReplacementPolicy"),
                policed ? List.of("Failed") : List.of("Failed", "TerminatingOrFailed"));
    }

    private static void validateManager(JsonObject spec, FieldPath path, FieldErrors errors) {
        if (Defaults.absent(spec, "managedBy")) {
            return;
        }
        String manager = spec.text("managedBy");
        FieldPath at = path.child("managedBy");
        int slash = manager.indexOf('/');
        if (slash < 0 || manager.isEmpty()) {
            errors.invalid(at, manager, "must be a domain-prefixed path (such as \"acme.io/foo\")");
        } else {
            errors.invalid(at, manager.substring(0, slash), Names.dnsSubdomain(manager.substring(0, slash)));
        }
        if (manager.length() > Names.LABEL_MAX) {
            errors.tooLong(at, Names.LABEL_MAX);
        }
    }

    /** A success policy as Go writes the internal type. */
    static JsonObject successAsText(JsonObject policy) {
        JsonArray rules = new JsonArray();
        for (JsonObject rule : policy.objects("rules")) {
            rules.add(new JsonObject()
                    .put("SucceededIndexes", orNull(rule.get("succeededIndexes")))
                    .put("SucceededCount", orNull(rule.get("succeededCount"))));
        }
        return new JsonObject().put("Rules", rules);
    }

    private static JsonValue orNull(@org.jspecify.annotations.Nullable JsonValue value) {
        return value == null ? JsonNull.NULL : value;
    }
}
