// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import java.util.List;

/** Fields of pods whose feature is off by default in 1.36: the original drops them silently. */
final class PodFeatures {
    private PodFeatures() {}

    static void dropDisabled(JsonObject spec) {
        spec.remove("workloadRef");
        spec.remove("schedulingGroup");
        for (String list : List.of("containers", "initContainers", "ephemeralContainers")) {
            for (JsonObject container : spec.objects(list)) {
                JsonObject lifecycle = container.object("lifecycle");
                if (lifecycle != null && lifecycle.remove("stopSignal") != null && lifecycle.isEmpty()) {
                    container.remove("lifecycle");
                }
            }
        }
        for (JsonObject volume : spec.objects("volumes")) {
            for (JsonObject source : volume.objectOrEmpty("projected").objects("sources")) {
                source.remove("clusterTrustBundle");
                source.remove("podCertificate");
            }
        }
    }
}
