// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.LabelSelectors;
import io.fairlead.apiserver.internal.validation.NameRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** StatefulSets. */
final class StatefulSetStrategy extends TemplateStrategy {
    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final FieldPath STATUS = FieldPath.of("status");
    private static final List<String> RETENTIONS = List.of("Delete", "Retain");
    private static final List<String> COUNTS =
            List.of("replicas", "readyReplicas", "currentReplicas", "updatedReplicas", "availableReplicas");
    private static final List<String> CHANGEABLE = List.of(
            "replicas",
            "ordinals",
            "template",
            "updateStrategy",
            "revisionHistoryLimit",
            "persistentVolumeClaimRetentionPolicy",
            "minReadySeconds");

    StatefulSetStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    NameRule nameRule() {
        return NameRule.LABEL;
    }

    @Override
    public void setDefaults(JsonObject object) {
        JsonObject spec = object.child("spec");
        PodDefaults.ofTemplate(spec);
        Defaults.text(spec, "podManagementPolicy", "OrderedReady");
        JsonObject strategy = spec.child("updateStrategy");
        if (strategy.text("type").isEmpty()) {
            strategy.put("type", "RollingUpdate");
            strategy.child("rollingUpdate");
        }
        JsonObject rolling = strategy.object("rollingUpdate");
        if (rolling != null && strategy.text("type").equals("RollingUpdate")) {
            Defaults.pointer(rolling, "partition", 0);
        }
        JsonObject retention = spec.child("persistentVolumeClaimRetentionPolicy");
        Defaults.text(retention, "whenDeleted", "Retain");
        Defaults.text(retention, "whenScaled", "Retain");
        Defaults.pointer(spec, "replicas", 1);
        Defaults.pointer(spec, "revisionHistoryLimit", 10);
        for (JsonObject claim : spec.objects("volumeClaimTemplates")) {
            Defaults.text(claim, "apiVersion", "v1");
            Defaults.text(claim, "kind", "PersistentVolumeClaim");
            VolumeDefaults.ofClaimSpec(claim.child("spec"));
            Defaults.text(claim.child("status"), "phase", "Pending");
        }
    }

    @Override
    public void prepareForCreate(Context context, JsonObject next) {
        super.prepareForCreate(context, next);
        dropDisabled(next);
    }

    @Override
    public void prepareForUpdate(Context context, JsonObject next, JsonObject old) {
        dropDisabled(next);
        super.prepareForUpdate(context, next, old);
    }

    /** Several pods unavailable at a time is a feature that is off by default in 1.36. */
    private static void dropDisabled(JsonObject set) {
        set.child("spec")
                .objectOrEmpty("updateStrategy")
                .objectOrEmpty("rollingUpdate")
                .remove("maxUnavailable");
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        JsonObject spec = object.objectOrEmpty("spec");
        String management = spec.text("podManagementPolicy");
        if (!management.equals("OrderedReady") && !management.equals("Parallel")) {
            errors.invalid(SPEC.child("podManagementPolicy"), management, "must be 'OrderedReady' or 'Parallel'");
        }
        validateStrategy(spec.objectOrEmpty("updateStrategy"), SPEC.child("updateStrategy"), errors);
        JsonObject retention = spec.objectOrEmpty("persistentVolumeClaimRetentionPolicy");
        for (String field : List.of("whenDeleted", "whenScaled")) {
            errors.oneOf(SPEC.child("persistentVolumeClaimRetentionPolicy", field), retention.text(field), RETENTIONS);
        }
        errors.nonnegative(SPEC.child("replicas"), spec.number("replicas", 0));
        errors.nonnegative(SPEC.child("minReadySeconds"), spec.number("minReadySeconds", 0));
        errors.nonnegative(
                SPEC.child("ordinals", "start"), spec.objectOrEmpty("ordinals").number("start", 0));
        validateClaims(spec, errors);
        validateTemplate(spec, errors);
    }

    private static void validateStrategy(JsonObject strategy, FieldPath path, FieldErrors errors) {
        JsonObject rolling = strategy.object("rollingUpdate");
        switch (strategy.text("type")) {
            case "" -> errors.required(path, "");
            case "OnDelete" -> {
                if (rolling != null) {
                    errors.invalid(
                            path.child("rollingUpdate"),
                            asText(rolling),
                            "only allowed for updateStrategy 'RollingUpdate'");
                }
            }
            case "RollingUpdate" -> {
                if (rolling != null) {
                    errors.nonnegative(path.child("rollingUpdate", "partition"), rolling.number("partition", 0));
                }
            }
            default ->
                errors.invalid(
                        path,
                        new JsonObject().put("Type", strategy.text("type")).put("RollingUpdate", asText(rolling)),
                        "must be 'RollingUpdate' or 'OnDelete'");
        }
    }

    private static JsonValue asText(@Nullable JsonObject rolling) {
        if (rolling == null) {
            return JsonNull.NULL;
        }
        return new JsonObject().put("Partition", rolling.number("partition", 0)).put("MaxUnavailable", JsonNull.NULL);
    }

    private static void validateClaims(JsonObject spec, FieldErrors errors) {
        List<JsonObject> claims = spec.objects("volumeClaimTemplates");
        for (int i = 0; i < claims.size(); i++) {
            Claims.validateSpec(
                    claims.get(i).objectOrEmpty("spec"),
                    SPEC.child("volumeClaimTemplates").index(i).child("spec"),
                    errors);
        }
    }

    private static void validateTemplate(JsonObject spec, FieldErrors errors) {
        JsonObject selector = spec.object("selector");
        FieldPath selectorPath = SPEC.child("selector");
        if (selector == null) {
            errors.required(selectorPath, "");
        } else {
            LabelSelectors.validate(selector, selectorPath, errors);
            if (LabelSelectors.empty(selector)) {
                errors.invalid(
                        selectorPath, LabelSelectors.asText(selector), "empty selector is invalid for statefulset");
            }
            if (LabelSelectors.malformed(selector)) {
                errors.invalid(selectorPath, LabelSelectors.asText(selector), "");
                return;
            }
        }
        FieldPath path = SPEC.child("template");
        JsonObject template = spec.objectOrEmpty("template");
        PodTemplates.validateSelects(selector, template, path, errors);
        PodValidation.validateTemplate(withClaims(template, spec.objects("volumeClaimTemplates")), path, errors);
        PodTemplates.validateAlwaysRestarts(template, "StatefulSet", path, errors);
    }

    /** The template as the set's pods will be: with a volume for each claim, which replaces one of the same name. */
    private static JsonObject withClaims(JsonObject template, List<JsonObject> claims) {
        if (claims.isEmpty()) {
            return template;
        }
        Set<String> names = new HashSet<>();
        List<JsonValue> volumes = new ArrayList<>();
        for (JsonObject claim : claims) {
            String name = claim.objectOrEmpty("metadata").text("name");
            names.add(name);
            volumes.add(new JsonObject()
                    .put("name", name)
                    .put("persistentVolumeClaim", new JsonObject().put("claimName", name)));
        }
        JsonObject copy = template.deepCopy();
        JsonObject spec = copy.child("spec");
        spec.objects("volumes").stream()
                .filter(volume -> !names.contains(volume.text("name")))
                .forEach(volumes::add);
        spec.put("volumes", JsonArray.of(volumes));
        return copy;
    }

    @Override
    void validateChange(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        JsonObject spec = next.objectOrEmpty("spec").deepCopy();
        JsonObject before = old.objectOrEmpty("spec").deepCopy();
        for (String field : CHANGEABLE) {
            spec.remove(field);
            before.remove(field);
        }
        if (!spec.equals(before)) {
            errors.forbidden(
                    SPEC,
                    "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy',"
                            + " 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are"
                            + " forbidden");
        }
    }

    @Override
    void validateStatus(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        JsonObject status = next.objectOrEmpty("status");
        for (String count : COUNTS) {
            errors.nonnegative(STATUS.child(count), status.number(count, 0));
            if (!count.equals("replicas")) {
                ReplicaCounts.atMost(status, count, "replicas", "status.replicas", errors);
            }
        }
        errors.nonnegative(STATUS.child("observedGeneration"), status.number("observedGeneration", 0));
        errors.nonnegative(STATUS.child("collisionCount"), status.number("collisionCount", 0));
        ReplicaCounts.atMost(status, "availableReplicas", "readyReplicas", "status.readyReplicas", errors);
        ReplicaCounts.collisionsOnlyRise(status, old.objectOrEmpty("status"), errors);
    }

    @Override
    public List<String> warnings(Context context, JsonObject next) {
        List<String> warnings = new ArrayList<>(super.warnings(context, next));
        if (next.objectOrEmpty("spec").number("revisionHistoryLimit", 0) < 0) {
            warnings.add("spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is"
                    + " recommended");
        }
        return warnings;
    }
}
