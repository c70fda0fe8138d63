// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.admission.builtin;

import io.fairlead.apiserver.internal.admission.AdmissionPlugin;
import io.fairlead.apiserver.internal.admission.AdmissionRequest;
import io.fairlead.apiserver.internal.admission.AdmissionRequest.Operation;
import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;

/** Lets pods stay for five minutes on a node that is not ready or cannot be reached, unless they say otherwise. */
final class DefaultTolerations implements AdmissionPlugin {
    private static final long SECONDS = 5 * 60;
    private static final String NOT_READY = "node.kubernetes.io/not-ready";
    private static final String UNREACHABLE = "node.kubernetes.io/unreachable";

    @Override
    public void mutate(AdmissionRequest request) {
        JsonObject pod = request.object();
        boolean written = request.operation() == Operation.CREATE || request.operation() == Operation.UPDATE;
        if (!written || !request.isFor("pods") || pod == null) {
            return;
        }
        JsonObject spec = pod.child("spec");
        boolean ready = false;
        boolean reachable = false;
        for (JsonObject toleration : spec.objects("tolerations")) {
            String key = toleration.text("key");
            String effect = toleration.text("effect");
            if (effect.isEmpty() || effect.equals("NoExecute")) {
                ready |= key.isEmpty() || key.equals(NOT_READY);
                reachable |= key.isEmpty() || key.equals(UNREACHABLE);
            }
        }
        if (!ready) {
            add(spec, NOT_READY);
        }
        if (!reachable) {
            add(spec, UNREACHABLE);
        }
    }

    private static void add(JsonObject spec, String key) {
        JsonArray tolerations = spec.childArray("tolerations");
        tolerations.add(new JsonObject()
                .put("key", key)
                .put("operator", "Exists")
                .put("effect", "NoExecute")
                .put("tolerationSeconds", SECONDS));
    }
}
