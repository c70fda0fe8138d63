// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonBoolean;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.LabelSelectors;
import io.fairlead.apiserver.internal.validation.MetadataValidation;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/** CronJobs. */
final class CronJobStrategy extends TemplateStrategy {
    /** A Job's name is the CronJob's, a dash and ten digits, and must fit into a label. */
    private static final int NAME_MAX = 52;

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final FieldPath TEMPLATE = SPEC.child("jobTemplate");
    private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

    CronJobStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    JsonObject templateParent(JsonObject object) {
        return object.child("spec").child("jobTemplate").child("spec");
    }

    @Override
    FieldPath templatePath() {
        return TEMPLATE.child("spec", "template");
    }

    @Override
    public void setDefaults(JsonObject object) {
        JsonObject spec = object.child("spec");
        PodDefaults.ofTemplate(templateParent(object));
        Defaults.text(spec, "concurrencyPolicy", "Allow");
        Defaults.pointer(spec, "suspend", false);
        Defaults.pointer(spec, "successfulJobsHistoryLimit", 3);
        Defaults.pointer(spec, "failedJobsHistoryLimit", 1);
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        String name = object.objectOrEmpty("metadata").text("name");
        if (name.length() > NAME_MAX) {
            errors.invalid(
                    FieldPath.of("metadata").child("name"), name, "must be no more than " + NAME_MAX + " characters");
        }
        JsonObject spec = object.objectOrEmpty("spec");
        String schedule = spec.text("schedule");
        if (schedule.isEmpty()) {
            errors.required(SPEC.child("schedule"), "");
        } else {
            String problem = CronSchedule.problem(schedule);
            if (!problem.isEmpty()) {
                errors.invalid(SPEC.child("schedule"), schedule, problem);
            }
        }
        if (!Defaults.absent(spec, "startingDeadlineSeconds")) {
            errors.nonnegative(SPEC.child("startingDeadlineSeconds"), spec.number("startingDeadlineSeconds", 0));
        }
        if (!Defaults.absent(spec, "timeZone")) {
            validateZone(spec.text("timeZone"), errors);
        }
        errors.oneOf(
                SPEC.child("concurrencyPolicy"), spec.text("concurrencyPolicy"), List.of("Allow", "Forbid", "Replace"));
        validateTemplate(spec.objectOrEmpty("jobTemplate"), errors);
        for (String count : List.of("successfulJobsHistoryLimit", "failedJobsHistoryLimit")) {
            errors.nonnegative(SPEC.child(count), spec.number(count, 0));
        }
    }

    private static void validateZone(String zone, FieldErrors errors) {
        FieldPath path = SPEC.child("timeZone");
        if (zone.isEmpty()) {
            errors.invalid(path, zone, "timeZone must be nil or non-empty string");
        } else if (zone.equalsIgnoreCase("Local")) {
            errors.invalid(
                    path, zone, "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones");
        } else if (!ZONES.contains(zone)) {
            errors.invalid(path, zone, "unknown time zone " + zone);
        }
    }

    private static void validateTemplate(JsonObject template, FieldErrors errors) {
        JsonObject metadata = template.objectOrEmpty("metadata");
        MetadataValidation.validateLabels(metadata.object("labels"), TEMPLATE.child("labels"), errors);
        MetadataValidation.validateAnnotations(metadata.object("annotations"), TEMPLATE.child("annotations"), errors);
        JsonObject spec = template.objectOrEmpty("spec");
        FieldPath path = TEMPLATE.child("spec");
        if (spec.flag("manualSelector")) {
            errors.unsupported(path.child("manualSelector"), JsonBoolean.TRUE, List.of("nil", "false"));
        }
        JsonObject selector = spec.object("selector");
        if (selector != null) {
            errors.invalid(
                    path.child("selector"), LabelSelectors.asText(selector), "`selector` will be auto-generated");
        }
        JobValidation.validateSpec(spec, path, errors);
    }
}
