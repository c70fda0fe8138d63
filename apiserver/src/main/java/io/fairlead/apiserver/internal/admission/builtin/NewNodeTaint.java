// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.admission.builtin;

import io.fairlead.apiserver.internal.admission.AdmissionPlugin;
import io.fairlead.apiserver.internal.admission.AdmissionRequest;
import io.fairlead.apiserver.internal.admission.AdmissionRequest.Operation;
import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;

/** Keeps pods off a new node until somebody has seen that it is ready. */
final class NewNodeTaint implements AdmissionPlugin {
    private static final String KEY = "node.kubernetes.io/not-ready";
    private static final String EFFECT = "NoSchedule";

    @Override
    public void mutate(AdmissionRequest request) {
        JsonObject node = request.object();
        if (request.operation() != Operation.CREATE || !request.isFor("nodes") || node == null) {
            return;
        }
        JsonArray taints = node.child("spec").childArray("taints");
        boolean tainted = taints.objects().stream()
                .anyMatch(taint ->
                        taint.text("key").equals(KEY) && taint.text("effect").equals(EFFECT));
        if (!tainted) {
            taints.add(new JsonObject().put("key", KEY).put("effect", EFFECT));
        }
    }
}
