// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonObject;

/** Finds conditions in a pod's status. */
final class PodConditions {
    private PodConditions() {}

    /** The condition of that type, added if there is none. */
    static JsonObject named(JsonObject pod, String type) {
        JsonArray conditions = pod.child("status").childArray("conditions");
        for (JsonObject condition : conditions.objects()) {
            if (condition.text("type").equals(type)) {
                return condition;
            }
        }
        JsonObject fresh = new JsonObject().put("type", type).put("status", "");
        fresh.put("lastProbeTime", JsonNull.NULL);
        fresh.put("lastTransitionTime", JsonNull.NULL);
        conditions.add(fresh);
        return fresh;
    }
}
