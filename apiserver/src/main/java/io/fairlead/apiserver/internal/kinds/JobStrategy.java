// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.LabelSelectors;
import java.util.ArrayList;
import java.util.List;

/** Jobs. */
final class JobStrategy extends TemplateStrategy {
    static final String CONTROLLER_UID = "batch.kubernetes.io/controller-uid";
    static final String JOB_NAME = "batch.kubernetes.io/job-name";
    static final String OLD_CONTROLLER_UID = "controller-uid";
    static final String OLD_JOB_NAME = "job-name";
    private static final FieldPath SPEC = FieldPath.of("spec");

    JobStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    public void setDefaults(JsonObject object) {
        JsonObject spec = object.child("spec");
        PodDefaults.ofTemplate(spec);
        if (Defaults.absent(spec, "completions") && Defaults.absent(spec, "parallelism")) {
            spec.put("completions", 1);
            spec.put("parallelism", 1);
        }
        Defaults.pointer(spec, "parallelism", 1);
        Defaults.pointer(spec, "backoffLimit", Defaults.absent(spec, "backoffLimitPerIndex") ? 6 : Integer.MAX_VALUE);
        JsonObject labels = spec.child("template").objectOrEmpty("metadata").objectOrEmpty("labels");
        JsonObject metadata = object.child("metadata");
        if (metadata.objectOrEmpty("labels").isEmpty() && !labels.isEmpty()) {
            metadata.put("labels", labels.deepCopy());
        }
        Defaults.pointer(spec, "completionMode", "NonIndexed");
        Defaults.pointer(spec, "suspend", false);
        JsonObject policy = spec.object("podFailurePolicy");
        if (policy != null) {
            for (JsonObject rule : policy.objects("rules")) {
                rule.objects("onPodConditions").forEach(pattern -> Defaults.text(pattern, "status", "True"));
            }
        }
        Defaults.pointer(spec, "podReplacementPolicy", policy == null ? "TerminatingOrFailed" : "Failed");
        Defaults.pointer(spec, "manualSelector", false);
    }

    @Override
    public void prepareForCreate(Context context, JsonObject next) {
        super.prepareForCreate(context, next);
        JsonObject spec = next.child("spec");
        if (!spec.flag("manualSelector")) {
            generateSelector(next, spec);
        }
    }

    /** Jobs select their pods by their own uid, unless told otherwise, so that no two fight for one. */
    private static void generateSelector(JsonObject job, JsonObject spec) {
        JsonObject metadata = job.child("metadata");
        String uid = metadata.text("uid");
        String name = metadata.text("name");
        JsonObject labels = spec.child("template").child("metadata").child("labels");
        labels.putIfAbsent(OLD_JOB_NAME, new JsonString(name));
        labels.putIfAbsent(JOB_NAME, new JsonString(name));
        labels.putIfAbsent(OLD_CONTROLLER_UID, new JsonString(uid));
        labels.putIfAbsent(CONTROLLER_UID, new JsonString(uid));
        spec.child("selector").child("matchLabels").put(CONTROLLER_UID, uid);
    }

    /** As everybody sees it who reads it from the original: without labels of its own it has those of its pods. */
    @Override
    public void canonicalize(JsonObject object) {
        JsonObject metadata = object.child("metadata");
        JsonObject labels = object.objectOrEmpty("spec")
                .objectOrEmpty("template")
                .objectOrEmpty("metadata")
                .objectOrEmpty("labels");
        if (metadata.objectOrEmpty("labels").isEmpty() && !labels.isEmpty()) {
            metadata.put("labels", labels.deepCopy());
        }
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        JsonObject spec = object.objectOrEmpty("spec");
        validateGenerated(object, spec, errors);
        JsonObject selector = spec.object("selector");
        if (selector == null) {
            errors.required(SPEC.child("selector"), "");
        } else {
            LabelSelectors.validate(selector, SPEC.child("selector"), errors);
        }
        if (!LabelSelectors.malformed(selector)) {
            PodTemplates.validateSelects(selector, spec.objectOrEmpty("template"), SPEC.child("template"), errors);
        }
        JobValidation.validateSpec(spec, SPEC, errors);
    }

    private static void validateGenerated(JsonObject job, JsonObject spec, FieldErrors errors) {
        // Of a selector that is missing enough has been said.
        if (spec.flag("manualSelector") || spec.object("selector") == null) {
            return;
        }
        JsonObject metadata = job.objectOrEmpty("metadata");
        JsonObject labels =
                spec.objectOrEmpty("template").objectOrEmpty("metadata").objectOrEmpty("labels");
        FieldPath path = SPEC.child("template").child("metadata", "labels");
        boolean wrong = false;
        for (String key : List.of(OLD_CONTROLLER_UID, CONTROLLER_UID, OLD_JOB_NAME, JOB_NAME)) {
            String expected = metadata.text(key.endsWith("controller-uid") ? "uid" : "name");
            if (!labels.has(key)) {
                errors.required(path.key(key), "must be '" + expected + "'");
                wrong = true;
            } else if (!labels.text(key).equals(expected)) {
                errors.invalid(path.key(key), PodTemplates.labelsAsText(labels), "must be '" + expected + "'");
                wrong = true;
            }
        }
        JsonObject generated =
                new JsonObject().put("matchLabels", new JsonObject().put(CONTROLLER_UID, metadata.text("uid")));
        JsonObject old =
                new JsonObject().put("matchLabels", new JsonObject().put(OLD_CONTROLLER_UID, metadata.text("uid")));
        JsonObject selector = spec.object("selector");
        if (!wrong && selector != null && !selector.equals(generated) && !selector.equals(old)) {
            errors.invalid(SPEC.child("selector"), LabelSelectors.asText(selector), "`selector` not auto-generated");
        }
    }

    @Override
    void validateChange(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        JobUpdates.validate(next, old, errors);
    }

    @Override
    void validateStatus(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        JobStatuses.validate(next, old, errors);
    }

    @Override
    public List<String> warnings(Context context, JsonObject next) {
        List<String> warnings = new ArrayList<>();
        JsonObject spec = next.objectOrEmpty("spec");
        if (spec.text("completionMode").equals("Indexed")
                && spec.number("completions", 0) > 100_000
                && spec.number("parallelism", 0) > 10_000) {
            warnings.add(
                    "spec: In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than"
                            + " 10^4, Kubernetes might not be able to track completedIndexes when a big number of indexes fail");
        }
        warnings.addAll(super.warnings(context, next));
        return warnings;
    }
}
