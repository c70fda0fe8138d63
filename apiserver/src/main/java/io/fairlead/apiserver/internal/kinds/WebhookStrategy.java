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

/** ValidatingWebhookConfigurations and MutatingWebhookConfigurations. */
final class WebhookStrategy extends GenericStrategy {
    private static final List<String> REVIEW_VERSIONS = List.of("v1", "v1beta1");
    private static final int TIMEOUT_SECONDS = 10;
    private static final int TIMEOUT_SECONDS_MAX = 30;

    private final boolean mutating;

    WebhookStrategy(ResourceDefinition resource) {
        super(resource);
        this.mutating = resource.plural().startsWith("mutating");
    }

    @Override
    public void setDefaults(JsonObject object) {
        for (JsonObject hook : object.objects("webhooks")) {
            Defaults.pointer(hook, "failurePolicy", "Fail");
            AdmissionRules.setMatchDefaults(hook);
            AdmissionRules.setDefaults(hook.objects("rules"));
            WebhookClients.setDefaults(hook.child("clientConfig"));
            Defaults.pointer(hook, "timeoutSeconds", TIMEOUT_SECONDS);
            if (mutating) {
                Defaults.pointer(hook, "reinvocationPolicy", "Never");
            }
        }
    }

    @Override
    boolean checksWholeOnUpdate() {
        return true;
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        validateHooks(object.objects("webhooks"), List.of(), errors);
    }

    @Override
    void validateUpdatedSpec(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        validateHooks(next.objects("webhooks"), old.objects("webhooks"), errors);
    }

    /** What was accepted before stays acceptable: unknown versions of reviews, names that occur twice, no side effects. */
    private void validateHooks(List<JsonObject> hooks, List<JsonObject> before, FieldErrors errors) {
        boolean knownVersions = before.stream().allMatch(WebhookStrategy::knowsVersion);
        Set<String> names = new HashSet<>();
        boolean uniqueBefore =
                before.stream().map(hook -> hook.text("name")).distinct().count() == before.size();
        for (int i = 0; i < hooks.size(); i++) {
            JsonObject hook = hooks.get(i);
            FieldPath path = FieldPath.of("webhooks").index(i);
            validateHook(hook, path, errors);
            validateVersions(hook, knownVersions, path.child("admissionReviewVersions"), errors);
            String name = hook.text("name");
            if (uniqueBefore && !name.isEmpty() && !names.add(name)) {
                errors.duplicate(path.child("name"), name);
            }
        }
    }

    private void validateHook(JsonObject hook, FieldPath path, FieldErrors errors) {
        validateName(hook.text("name"), path.child("name"), errors);
        List<JsonObject> rules = hook.objects("rules");
        for (int i = 0; i < rules.size(); i++) {
            AdmissionRules.validate(rules.get(i), path.child("rules").index(i), errors);
        }
        if (!Defaults.absent(hook, "failurePolicy")) {
            errors.oneOf(path.child("failurePolicy"), hook.text("failurePolicy"), List.of("Fail", "Ignore"));
        }
        AdmissionRules.validateMatching(hook, path, errors);
        if (Defaults.absent(hook, "sideEffects")) {
            errors.required(path.child("sideEffects"), "must specify one of None, NoneOnDryRun");
        } else {
            errors.oneOf(path.child("sideEffects"), hook.text("sideEffects"), List.of("None", "NoneOnDryRun"));
        }
        long timeout = hook.number("timeoutSeconds", TIMEOUT_SECONDS);
        if (timeout < 1 || timeout > TIMEOUT_SECONDS_MAX) {
            errors.invalid(path.child("timeoutSeconds"), timeout, "the timeout value must be between 1 and 30 seconds");
        }
        if (mutating && !Defaults.absent(hook, "reinvocationPolicy")) {
            errors.oneOf(
                    path.child("reinvocationPolicy"), hook.text("reinvocationPolicy"), List.of("IfNeeded", "Never"));
        }
        WebhookClients.validate(hook.objectOrEmpty("clientConfig"), path.child("clientConfig"), errors);
        AdmissionRules.validateConditions(hook.objects("matchConditions"), path.child("matchConditions"), errors);
    }

    private static void validateName(String name, FieldPath path, FieldErrors errors) {
        if (name.isEmpty()) {
            errors.required(path, "");
            return;
        }
        List<String> problems = Names.dnsSubdomain(name);
        if (!problems.isEmpty()) {
            errors.invalid(path, name, String.join(",", problems));
        } else if (name.split("\\.", -1).length < 3) {
            errors.invalid(path, name, "should be a domain with at least three segments separated by dots");
        }
    }

    private static void validateVersions(JsonObject hook, boolean known, FieldPath path, FieldErrors errors) {
        if (hook.texts("admissionReviewVersions").isEmpty()) {
            errors.required(path, "must specify one of v1, v1beta1");
        } else {
            validateVersions(hook, "admissionReviewVersions", known, path, errors);
        }
    }

    /** Versions of the objects in which webhooks are asked; with {@code known}, one that this server speaks is among them. */
    static void validateVersions(JsonObject hook, String field, boolean known, FieldPath path, FieldErrors errors) {
        List<String> versions = hook.texts(field);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < versions.size(); i++) {
            String version = versions.get(i);
            if (!seen.add(version)) {
                errors.invalid(path.index(i), version, "duplicate version");
            }
            errors.invalid(path.index(i), version, Names.dnsLabel1035(version));
        }
        if (known && versions.stream().noneMatch(REVIEW_VERSIONS::contains)) {
            errors.invalid(path, hook.get(field), "must include at least one of v1, v1beta1");
        }
    }

    private static boolean knowsVersion(JsonObject hook) {
        List<String> versions = hook.texts("admissionReviewVersions");
        return versions.isEmpty() || versions.stream().anyMatch(REVIEW_VERSIONS::contains);
    }
}
