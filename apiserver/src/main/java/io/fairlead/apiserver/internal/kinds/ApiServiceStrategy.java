// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.GoText;
import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.NameRule;
import io.fairlead.apiserver.internal.validation.Names;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;

/** APIServices: who serves a version of a group. */
final class ApiServiceStrategy extends GenericStrategy {
    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final int GROUP_PRIORITY_MAX = 20_000;
    private static final int VERSION_PRIORITY_MAX = 1_000;

    ApiServiceStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    public void setDefaults(JsonObject object) {
        WebhookClients.setDefaults(object.child("spec"));
    }

    /** What this server serves itself is there at once. */
    @Override
    public void prepareForCreate(Context context, JsonObject next) {
        super.prepareForCreate(context, next);
        if (next.objectOrEmpty("spec").object("service") == null) {
            JsonObject condition = new JsonObject()
                    .put("type", "Available")
                    .put("status", "True")
                    .put(
                            "lastTransitionTime",
                            context.now().truncatedTo(ChronoUnit.SECONDS).toString())
                    .put("reason", "Local")
                    .put("message", "Local APIServices are always available");
            next.child("status").put("conditions", JsonArray.of(condition));
        }
    }

    @Override
    boolean checksWholeOnUpdate() {
        return true;
    }

    /** The name follows from the spec. */
    @Override
    NameRule nameRule() {
        return NameRule.PATH_SEGMENT;
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        JsonObject spec = object.objectOrEmpty("spec");
        String group = spec.text("group");
        String version = spec.text("version");
        String name = object.objectOrEmpty("metadata").text("name");
        String wanted = version + "." + group;
        if (!name.isEmpty() && Names.pathSegment(name).isEmpty() && !name.equals(wanted)) {
            errors.invalid(
                    FieldPath.of("metadata").child("name"),
                    name,
                    "must be `spec.version+\".\"+spec.group`: " + GoText.quote(wanted));
        }
        if (group.isEmpty()) {
            if (!version.equals("v1")) {
                errors.required(SPEC.child("group"), "only v1 may have an empty group and it better be legacy kube");
            }
        } else {
            errors.invalid(SPEC.child("group"), group, Names.dnsSubdomain(group));
        }
        errors.invalid(SPEC.child("version"), version, Names.dnsLabel1035(version));
        validatePriority(spec, "groupPriorityMinimum", GROUP_PRIORITY_MAX, errors);
        validatePriority(spec, "versionPriority", VERSION_PRIORITY_MAX, errors);
        JsonObject service = spec.object("service");
        boolean insecure = spec.flag("insecureSkipTLSVerify");
        if (service == null) {
            validateLocal(spec, insecure, errors);
            return;
        }
        for (String field : List.of("namespace", "name")) {
            if (service.text(field).isEmpty()) {
                errors.required(SPEC.child("service", field), "");
            }
        }
        WebhookClients.validatePort(service.number("port", 443), SPEC.child("service", "port"), errors);
        if (insecure && !spec.text("caBundle").isEmpty()) {
            errors.invalid(
                    SPEC.child("insecureSkipTLSVerify"),
                    spec.get("insecureSkipTLSVerify"),
                    "may not be true if caBundle is present");
        }
    }

    private static void validatePriority(JsonObject spec, String field, int most, FieldErrors errors) {
        long priority = spec.number(field);
        if (priority <= 0 || priority > most) {
            errors.invalid(SPEC.child(field), priority, "must be positive and less than " + most);
        }
    }

    private static void validateLocal(JsonObject spec, boolean insecure, FieldErrors errors) {
        String bundle = spec.text("caBundle");
        if (!bundle.isEmpty()) {
            int length = Base64.getMimeDecoder().decode(bundle).length;
            errors.invalid(SPEC.child("caBundle"), length + " bytes", "local APIServices may not have a caBundle");
        }
        if (insecure) {
            errors.invalid(
                    SPEC.child("insecureSkipTLSVerify"),
                    spec.get("insecureSkipTLSVerify"),
                    "local APIServices may not have insecureSkipTLSVerify");
        }
    }

    @Override
    void validateStatus(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        List<JsonObject> conditions = next.objectOrEmpty("status").objects("conditions");
        for (int i = 0; i < conditions.size(); i++) {
            errors.oneOf(
                    FieldPath.of("status").child("conditions").index(i).child("status"),
                    conditions.get(i).text("status"),
                    List.of("True", "False", "Unknown"));
        }
    }
}
