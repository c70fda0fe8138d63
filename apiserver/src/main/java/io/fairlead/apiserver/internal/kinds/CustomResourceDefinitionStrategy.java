// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.MetadataValidation;
import java.util.List;
import java.util.Locale;

/** CustomResourceDefinitions: what is wrong with them, as far as no CEL expression is concerned. */
final class CustomResourceDefinitionStrategy extends GenericStrategy {
    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final FieldPath STORED = FieldPath.of("status").child("storedVersions");

    CustomResourceDefinitionStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    public void setDefaults(JsonObject object) {
        JsonObject spec = object.child("spec");
        JsonObject names = spec.child("names");
        String kind = names.text("kind");
        if (!kind.isEmpty()) {
            Defaults.text(names, "singular", kind.toLowerCase(Locale.ROOT));
            Defaults.text(names, "listKind", kind + "List");
        }
        Defaults.pointer(spec, "conversion", new JsonObject().put("strategy", "None"));
        JsonObject client =
                spec.objectOrEmpty("conversion").objectOrEmpty("webhook").object("clientConfig");
        if (client != null) {
            WebhookClients.setDefaults(client);
        }
    }

    @Override
    public void prepareForCreate(Context context, JsonObject next) {
        super.prepareForCreate(context, next);
        addStoredVersion(next);
    }

    @Override
    public void prepareForUpdate(Context context, JsonObject next, JsonObject old) {
        super.prepareForUpdate(context, next, old);
        addStoredVersion(next);
    }

    /** Objects may have been stored in each version that ever was the one to store in. */
    private static void addStoredVersion(JsonObject definition) {
        JsonObject status = definition.child("status");
        String version = definition.objectOrEmpty("spec").objects("versions").stream()
                .filter(each -> each.flag("storage"))
                .map(each -> each.text("name"))
                .findFirst()
                .orElse("");
        if (!version.isEmpty() && !status.texts("storedVersions").contains(version)) {
            JsonArray stored = JsonArray.ofStrings(status.texts("storedVersions"));
            stored.add(version);
            status.put("storedVersions", stored);
        }
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        JsonObject spec = object.objectOrEmpty("spec");
        DefinitionNames.validate(object, errors);
        if (spec.flag("preserveUnknownFields")) {
            errors.invalid(
                    SPEC.child("preserveUnknownFields"),
                    spec.get("preserveUnknownFields"),
                    "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema"
                            + " instead");
        }
        DefinitionVersions.validate(spec, errors);
        validateConversion(spec.objectOrEmpty("conversion"), errors);
        validateStoredVersions(object, errors);
    }

    private static void validateConversion(JsonObject conversion, FieldErrors errors) {
        FieldPath path = SPEC.child("conversion");
        FieldPath versionsPath = path.child("conversionReviewVersions");
        FieldPath clientPath = path.child("webhookClientConfig");
        String strategy = conversion.text("strategy");
        JsonObject webhook = conversion.objectOrEmpty("webhook");
        JsonObject client = webhook.object("clientConfig");
        boolean versions = !webhook.texts("conversionReviewVersions").isEmpty();
        if (strategy.isEmpty()) {
            errors.required(path.child("strategy"), "");
        } else {
            errors.oneOf(path.child("strategy"), strategy, List.of("None", "Webhook"));
        }
        if (strategy.equals("Webhook")) {
            if (client == null) {
                errors.required(clientPath, "required when strategy is set to Webhook");
            } else {
                WebhookClients.validate(client, clientPath, errors);
            }
            if (versions) {
                WebhookStrategy.validateVersions(webhook, "conversionReviewVersions", true, versionsPath, errors);
            } else {
                errors.required(versionsPath, "");
            }
            return;
        }
        if (client != null) {
            errors.forbidden(clientPath, "should not be set when strategy is not set to Webhook");
        }
        if (versions) {
            errors.forbidden(versionsPath, "should not be set when strategy is not set to Webhook");
        }
    }

    private static void validateStoredVersions(JsonObject object, FieldErrors errors) {
        JsonObject status = object.objectOrEmpty("status");
        List<String> stored = status.texts("storedVersions");
        List<JsonObject> versions = object.objectOrEmpty("spec").objects("versions");
        if (stored.isEmpty()) {
            errors.invalid(STORED, status.get("storedVersions"), "must have at least one stored version");
            return;
        }
        List<String> names = versions.stream().map(each -> each.text("name")).toList();
        for (int i = 0; i < stored.size(); i++) {
            String version = stored.get(i);
            if (!names.contains(version)) {
                errors.invalid(
                        STORED.index(i),
                        version,
                        "missing from spec.versions; " + version + " was previously a storage version, and must remain"
                                + " in spec.versions until a storage migration ensures no data remains persisted in "
                                + version + " and removes " + version + " from status.storedVersions");
            }
        }
        for (JsonObject version : versions) {
            if (version.flag("storage") && !stored.contains(version.text("name"))) {
                errors.invalid(
                        STORED, status.get("storedVersions"), "must have the storage version " + version.text("name"));
            }
        }
    }

    @Override
    void validateChange(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        JsonObject spec = next.objectOrEmpty("spec");
        JsonObject before = old.objectOrEmpty("spec");
        JsonObject names = spec.objectOrEmpty("names");
        JsonObject namesBefore = before.objectOrEmpty("names");
        if (established(old)) {
            MetadataValidation.immutable(spec.get("scope"), before.get("scope"), SPEC.child("scope"), errors);
            MetadataValidation.immutable(
                    names.get("kind"), namesBefore.get("kind"), SPEC.child("names", "kind"), errors);
        }
        MetadataValidation.immutable(spec.get("group"), before.get("group"), SPEC.child("group"), errors);
        MetadataValidation.immutable(
                names.get("plural"), namesBefore.get("plural"), SPEC.child("names", "plural"), errors);
    }

    @Override
    public List<String> warnings(Context context, JsonObject next) {
        return SchemaFormats.warnings(next);
    }

    /** Nobody wants to be warned again of what was there before. */
    @Override
    public List<String> warningsOnUpdate(Context context, JsonObject next, JsonObject old) {
        List<String> before = SchemaFormats.warnings(old);
        return SchemaFormats.warnings(next).stream()
                .filter(warning -> !before.contains(warning))
                .toList();
    }

    /** One without any condition counts as established: it is so in a moment, and here nobody says it. */
    private static boolean established(JsonObject definition) {
        List<JsonObject> conditions = definition.objectOrEmpty("status").objects("conditions");
        return conditions.isEmpty()
                || conditions.stream()
                        .anyMatch(each -> each.text("type").equals("Established")
                                && each.text("status").equals("True"));
    }
}
