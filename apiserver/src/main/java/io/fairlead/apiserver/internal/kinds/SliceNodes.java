// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.Names;
import java.util.ArrayList;
import java.util.List;

/** From which nodes devices can be reached: one of several ways to say so, for a whole slice or for each device. */
final class SliceNodes {
    private static final String OF_SLICE =
            "exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required";
    private static final String OF_DEVICE =
            "exactly one of `nodeName`, `nodeSelector`, or `allNodes` is required when `perDeviceNodeSelection` is set to"
                    + " true in the ResourceSlice spec";
    private static final String NOT_HERE =
            "`nodeName`, `nodeSelector` and `allNodes` can only be set if `perDeviceNodeSelection` is set to true in the"
                    + " ResourceSlice spec";

    private static final List<String> WAYS = List.of("nodeName", "nodeSelector", "allNodes");

    private SliceNodes() {}

    static void validateSlice(JsonObject spec, FieldPath path, FieldErrors errors) {
        List<String> said = said(spec, path, errors);
        flag(spec, "perDeviceNodeSelection", said, path, errors);
        if (said.isEmpty()) {
            errors.required(path, OF_SLICE);
        } else if (said.size() > 1) {
            errors.invalid(path, text(said), OF_SLICE + ", but multiple fields are set");
        }
    }

    static void validateDevice(JsonObject device, boolean perDevice, FieldPath path, FieldErrors errors) {
        if (!perDevice) {
            boolean silent = WAYS.stream().allMatch(way -> Defaults.absent(device, way));
            if (!silent) {
                errors.invalid(path, JsonNull.NULL, NOT_HERE);
            }
            return;
        }
        List<String> said = said(device, path, errors);
        if (said.isEmpty()) {
            errors.required(path, OF_DEVICE);
        } else if (said.size() > 1) {
            errors.invalid(path, text(said), OF_DEVICE);
        }
    }

    private static List<String> said(JsonObject object, FieldPath path, FieldErrors errors) {
        List<String> said = new ArrayList<>();
        if (!Defaults.absent(object, "nodeName")) {
            String name = object.text("nodeName");
            if (name.isEmpty()) {
                errors.invalid(path.child("nodeName"), name, "must be either unset or set to a non-empty string");
            } else {
                said.add("nodeName");
                errors.invalid(path.child("nodeName"), name, Names.dnsSubdomain(name));
            }
        }
        JsonObject selector = object.object("nodeSelector");
        if (selector != null) {
            said.add("nodeSelector");
            validateSelector(selector, path.child("nodeSelector"), errors);
        }
        flag(object, "allNodes", said, path, errors);
        return said;
    }

    private static void validateSelector(JsonObject selector, FieldPath path, FieldErrors errors) {
        PodAffinity.validateNodeSelector(selector, path, errors);
        List<JsonObject> terms = selector.objects("nodeSelectorTerms");
        if (terms.size() != 1) {
            JsonArray all = new JsonArray();
            terms.forEach(term -> all.add(GoStructs.of("NodeSelectorTerm", term)));
            errors.invalid(path.child("nodeSelectorTerms"), all, "must have exactly one node selector term");
        }
    }

    private static void flag(JsonObject object, String field, List<String> said, FieldPath path, FieldErrors errors) {
        if (object.flag(field)) {
            said.add(field);
        } else if (!Defaults.absent(object, field)) {
            errors.invalid(path.child(field), object.get(field), "must be either unset or set to true");
        }
    }

    private static String text(List<String> said) {
        return "{`" + String.join("`, `", said) + "`}";
    }
}
