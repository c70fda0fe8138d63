// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.Addresses;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Nodes. Whoever creates one may bring its status along. */
final class NodeStrategy extends GenericStrategy {
    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final FieldPath STATUS = FieldPath.of("status");
    private static final Set<String> CHANGEABLE =
            Set.of("podCIDR", "podCIDRs", "providerID", "unschedulable", "taints", "configSource");

    NodeStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    public void setDefaults(JsonObject object) {
        JsonObject spec = object.child("spec");
        String first = spec.text("podCIDR");
        JsonArray all = spec.arrayOrEmpty("podCIDRs");
        if (!first.isEmpty() && (all.isEmpty() || !all.text(0).equals(first))) {
            spec.put("podCIDRs", JsonArray.ofStrings(List.of(first)));
        } else if (first.isEmpty() && !all.isEmpty()) {
            spec.put("podCIDR", all.text(0));
        }
        JsonObject status = object.child("status");
        if (Defaults.absent(status, "allocatable")
                && !status.objectOrEmpty("capacity").isEmpty()) {
            status.put("allocatable", status.objectOrEmpty("capacity").deepCopy());
        }
        Defaults.roundResources(status, "capacity");
        Defaults.roundResources(status, "allocatable");
    }

    @Override
    public void prepareForCreate(Context context, JsonObject next) {
        next.child("spec").remove("configSource");
    }

    @Override
    public void prepareForUpdate(Context context, JsonObject next, JsonObject old) {
        super.prepareForUpdate(context, next, old);
        if (!old.objectOrEmpty("spec").has("configSource")) {
            next.child("spec").remove("configSource");
        }
    }

    @Override
    List<String> statusKeeps() {
        return List.of("generation", "deletionTimestamp");
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        JsonObject spec = object.objectOrEmpty("spec");
        validateTaints(spec, errors);
        List<String> networks = spec.texts("podCIDRs");
        FieldPath path = SPEC.child("podCIDRs");
        for (int i = 0; i < networks.size(); i++) {
            errors.invalid(path.index(i), networks.get(i), Addresses.legacyNetwork(networks.get(i)));
        }
        if (networks.size() > 1) {
            long families = networks.stream()
                    .map(each -> each.indexOf(':') >= 0)
                    .distinct()
                    .count();
            if (networks.size() > 2 || families != 2) {
                errors.invalid(path, spec.get("podCIDRs"), "may specify no more than one CIDR for each IP family");
            }
        }
        JsonObject status = object.objectOrEmpty("status");
        for (String list : List.of("capacity", "allocatable")) {
            status.objectOrEmpty(list)
                    .forEach((name, amount) ->
                            ResourceNames.validateAmount(name, amount, STATUS.child(list, name), errors));
        }
    }

    private static void validateTaints(JsonObject spec, FieldErrors errors) {
        Set<String> seen = new HashSet<>();
        List<JsonObject> taints = spec.objects("taints");
        for (int i = 0; i < taints.size(); i++) {
            JsonObject taint = taints.get(i);
            FieldPath at = FieldPath.of("metadata").child("taints").index(i);
            String key = taint.text("key");
            errors.invalid(at.child("key"), key, Names.qualified(key));
            String value = taint.text("value");
            List<String> problems = Names.labelValue(value);
            if (!problems.isEmpty()) {
                errors.invalid(at.child("value"), value, String.join(";", problems));
            }
            String effect = taint.text("effect");
            if (effect.isEmpty()) {
                errors.required(at.child("effect"), "");
            } else {
                errors.oneOf(at.child("effect"), effect, PodPlacement.TAINT_EFFECTS);
            }
            if (!seen.add(key + "\n" + effect)) {
                errors.duplicate(at, asText(taint), "taints must be unique by key and effect pair");
            }
        }
    }

    private static JsonObject asText(JsonObject taint) {
        JsonValue added = taint.get("timeAdded");
        return new JsonObject()
                .put("Key", taint.text("key"))
                .put("Value", taint.text("value"))
                .put("Effect", taint.text("effect"))
                .put("TimeAdded", added == null ? JsonNull.NULL : added);
    }

    @Override
    void validateChange(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        JsonObject spec = next.objectOrEmpty("spec");
        JsonObject before = old.objectOrEmpty("spec");
        if (!before.arrayOrEmpty("podCIDRs").isEmpty()
                && !before.arrayOrEmpty("podCIDRs").equals(spec.arrayOrEmpty("podCIDRs"))) {
            errors.forbidden(SPEC.child("podCIDRs"), "node updates may not change podCIDR except from \"\" to valid");
        }
        if (!before.text("providerID").isEmpty() && !before.text("providerID").equals(spec.text("providerID"))) {
            errors.forbidden(
                    SPEC.child("providerID"), "node updates may not change providerID except from \"\" to valid");
        }
        Set<String> names = new TreeSet<>(spec.names());
        names.addAll(before.names());
        names.removeAll(CHANGEABLE);
        for (String name : names) {
            if (!same(spec.get(name), before.get(name))) {
                errors.forbidden(SPEC.child(name), "may not be updated");
            }
        }
    }

    @Override
    void validateStatus(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        validateSpec(context, next, errors);
        Set<String> seen = new HashSet<>();
        List<JsonObject> addresses = next.objectOrEmpty("status").objects("addresses");
        for (int i = 0; i < addresses.size(); i++) {
            JsonObject address = addresses.get(i);
            if (!seen.add(address.text("type") + "\n" + address.text("address"))) {
                errors.duplicate(
                        STATUS.child("addresses").index(i),
                        new JsonObject().put("Type", address.text("type")).put("Address", address.text("address")));
            }
        }
    }

    @Override
    public List<String> warnings(Context context, JsonObject next) {
        JsonObject spec = next.objectOrEmpty("spec");
        if (spec.get("externalID") instanceof JsonString id && !id.value().isEmpty()) {
            return List.of("spec.externalID: this field is deprecated, and is unused by Kubernetes");
        }
        return List.of();
    }
}
