// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

import io.fairlead.framework.JsonCursor;
import io.fairlead.framework.LabelSelector;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * How evenly a pod and its like are to be spread over the values of a node label.
 *
 * @param required whether a pod that would break it must not be placed; else it only counts against the node
 * @param minDomains with fewer values than this, all nodes count as if one were empty
 */
record SpreadConstraint(
        int maxSkew,
        String topologyKey,
        boolean required,
        LabelSelector selector,
        int minDomains,
        boolean honorsAffinity,
        boolean honorsTaints) {
    static List<SpreadConstraint> readAll(JsonCursor json) throws IOException {
        return json.list(SpreadConstraint::read);
    }

    /** Nothing if the value is null, which is another thing than a selector without requirements. */
    static Optional<LabelSelector> readSelector(JsonCursor json) throws IOException {
        if (json.isNull()) {
            json.skip();
            return Optional.empty();
        }
        return Optional.of(LabelSelector.read(json));
    }

    private static SpreadConstraint read(JsonCursor json) throws IOException {
        int maxSkew = 1;
        String topologyKey = "";
        boolean required = true;
        LabelSelector selector = LabelSelector.NOTHING;
        int minDomains = 1;
        boolean honorsAffinity = true;
        boolean honorsTaints = false;
        json.beginObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "maxSkew" -> maxSkew = json.int32();
                case "topologyKey" -> topologyKey = json.shared();
                case "whenUnsatisfiable" -> required = json.shared().equals("DoNotSchedule");
                case "labelSelector" -> selector = readSelector(json).orElse(selector);
                case "minDomains" -> minDomains = Math.max(1, json.int32());
                case "nodeAffinityPolicy" -> honorsAffinity = !json.shared().equals("Ignore");
                case "nodeTaintsPolicy" -> honorsTaints = json.shared().equals("Honor");
                default -> json.skip();
            }
        }
        return new SpreadConstraint(maxSkew, topologyKey, required, selector, minDomains, honorsAffinity, honorsTaints);
    }
}
