// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.table;

import io.fairlead.apiserver.internal.codec.JsonBoolean;
import io.fairlead.apiserver.internal.codec.JsonNumber;
import io.fairlead.apiserver.internal.codec.JsonObject;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of the kinds that keep pods running, and of what they leave behind. */
final class WorkloadRows {
    static final Map<String, TableFormat.Printer> PRINTERS = Map.ofEntries(
            Map.entry("apps/Deployment", WorkloadRows::deployment),
            Map.entry("apps/ReplicaSet", WorkloadRows::replicaSet),
            Map.entry("apps/StatefulSet", WorkloadRows::statefulSet),
            Map.entry("apps/DaemonSet", WorkloadRows::daemonSet),
            Map.entry("apps/ControllerRevision", WorkloadRows::controllerRevision),
            Map.entry("/ReplicationController", WorkloadRows::replicationController),
            Map.entry("/PodTemplate", WorkloadRows::podTemplate),
            Map.entry("batch/Job", WorkloadRows::job),
            Map.entry("batch/CronJob", WorkloadRows::cronJob),
            Map.entry("autoscaling/Scale", WorkloadRows::scale),
            Map.entry("policy/PodDisruptionBudget", WorkloadRows::disruptionBudget));

    private WorkloadRows() {}

    private static void deployment(JsonObject object, Row row) {
        JsonObject spec = object.objectOrEmpty("spec");
        JsonObject status = object.objectOrEmpty("status");
        row.name(object)
                .text(status.number("readyReplicas") + "/" + spec.number("replicas"))
                .number(status.number("updatedReplicas"))
                .number(status.number("availableReplicas"))
                .age(object);
        containers(Texts.podSpec(spec), row);
        row.text(Texts.requirements(spec.objectOrEmpty("selector")).orElse("<invalid>"));
    }

    private static void containers(JsonObject podSpec, Row row) {
        row.text(Texts.containerNames(podSpec)).text(Texts.images(podSpec));
    }

    private static void replicaSet(JsonObject object, Row row) {
        JsonObject spec = object.objectOrEmpty("spec");
        replicas(object, row);
        containers(Texts.podSpec(spec), row);
        row.text(Texts.selector(spec.object("selector")));
    }

    private static void replicationController(JsonObject object, Row row) {
        JsonObject spec = object.objectOrEmpty("spec");
        replicas(object, row);
        containers(Texts.podSpec(spec), row);
        row.text(Texts.labels(spec.objectOrEmpty("selector")));
    }

    private static void replicas(JsonObject object, Row row) {
        JsonObject status = object.objectOrEmpty("status");
        row.name(object)
                .number(object.objectOrEmpty("spec").number("replicas"))
                .number(status.number("replicas"))
                .number(status.number("readyReplicas"))
                .age(object);
    }

    private static void statefulSet(JsonObject object, Row row) {
        JsonObject spec = object.objectOrEmpty("spec");
        long ready = object.objectOrEmpty("status").number("readyReplicas");
        row.name(object).text(ready + "/" + spec.number("replicas")).age(object);
        containers(Texts.podSpec(spec), row);
    }

    private static void daemonSet(JsonObject object, Row row) {
        JsonObject spec = object.objectOrEmpty("spec");
        JsonObject status = object.objectOrEmpty("status");
        JsonObject podSpec = Texts.podSpec(spec);
        row.name(object)
                .number(status.number("desiredNumberScheduled"))
                .number(status.number("currentNumberScheduled"))
                .number(status.number("numberReady"))
                .number(status.number("updatedNumberScheduled"))
                .number(status.number("numberAvailable"))
                .text(Texts.labels(podSpec.objectOrEmpty("nodeSelector")))
                .age(object);
        containers(podSpec, row);
        row.text(Texts.selector(spec.object("selector")));
    }

    private static void controllerRevision(JsonObject object, Row row) {
        String controller = Row.NONE;
        for (JsonObject owner : object.objectOrEmpty("metadata").objects("ownerReferences")) {
            if (owner.flag("controller")) {
                String apiVersion = owner.text("apiVersion");
                int slash = apiVersion.indexOf('/');
                String group = slash < 0 ? "" : "." + apiVersion.substring(0, slash);
                controller = (owner.text("kind") + group).toLowerCase(Locale.ROOT) + "/" + owner.text("name");
                break;
            }
        }
        row.name(object).text(controller).number(object.number("revision")).age(object);
    }

    private static void podTemplate(JsonObject object, Row row) {
        JsonObject template = object.objectOrEmpty("template");
        row.name(object);
        containers(template.objectOrEmpty("spec"), row);
        row.text(Texts.labels(template.objectOrEmpty("metadata").objectOrEmpty("labels")));
    }

    private static void job(JsonObject object, Row row) {
        JsonObject spec = object.objectOrEmpty("spec");
        JsonObject status = object.objectOrEmpty("status");
        String start = status.text("startTime");
        String end = status.text("completionTime");
        String duration = start.isEmpty() ? "" : end.isEmpty() ? row.since(start) : Row.between(start, end);
        row.name(object)
                .text(jobStatus(object, status))
                .text(completions(spec, status))
                .text(duration)
                .age(object);
        containers(Texts.podSpec(spec), row);
        row.text(Texts.selector(spec.object("selector")));
    }

    private static String jobStatus(JsonObject object, JsonObject status) {
        if (Texts.isTrue(status, "Complete")) {
            return "Complete";
        }
        if (Texts.isTrue(status, "Failed")) {
            return "Failed";
        }
        if (Texts.isDeleting(object)) {
            return "Terminating";
        }
        if (Texts.isTrue(status, "Suspended")) {
            return "Suspended";
        }
        if (Texts.isTrue(status, "FailureTarget")) {
            return "FailureTarget";
        }
        return Texts.isTrue(status, "SuccessCriteriaMet") ? "SuccessCriteriaMet" : "Running";
    }

    private static String completions(JsonObject spec, JsonObject status) {
        long succeeded = status.number("succeeded");
        if (spec.get("completions") instanceof JsonNumber wanted) {
            return succeeded + "/" + wanted;
        }
        long parallelism = spec.number("parallelism");
        return parallelism > 1 ? succeeded + "/1 of " + parallelism : succeeded + "/1";
    }

    private static void cronJob(JsonObject object, Row row) {
        JsonObject spec = object.objectOrEmpty("spec");
        JsonObject status = object.objectOrEmpty("status");
        String last = status.text("lastScheduleTime");
        JsonObject jobSpec = spec.objectOrEmpty("jobTemplate").objectOrEmpty("spec");
        String zone = spec.textOrNull("timeZone");
        row.name(object)
                .text(spec.text("schedule"))
                .text(zone == null ? Row.NONE : zone)
                .text(yesOrNo(spec.get("suspend") instanceof JsonBoolean suspend ? suspend : null))
                .number(status.arrayOrEmpty("active").size())
                .text(last.isEmpty() ? Row.NONE : row.since(last))
                .age(object);
        containers(Texts.podSpec(jobSpec), row);
        row.text(Texts.selector(jobSpec.object("selector")));
    }

    private static String yesOrNo(@Nullable JsonBoolean flag) {
        if (flag == null) {
            return Row.UNSET;
        }
        return flag.value() ? "True" : "False";
    }

    private static void scale(JsonObject object, Row row) {
        row.name(object)
                .number(object.objectOrEmpty("spec").number("replicas"))
                .number(object.objectOrEmpty("status").number("replicas"))
                .age(object);
    }

    private static void disruptionBudget(JsonObject object, Row row) {
        JsonObject spec = object.objectOrEmpty("spec");
        row.name(object)
                .text(Row.value(spec.get("minAvailable"), "N/A"))
                .text(Row.value(spec.get("maxUnavailable"), "N/A"))
                .number(object.objectOrEmpty("status").number("disruptionsAllowed"))
                .age(object);
    }
}
