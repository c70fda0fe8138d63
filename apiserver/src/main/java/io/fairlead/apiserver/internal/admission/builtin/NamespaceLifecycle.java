// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.admission.builtin;

import io.fairlead.apiserver.internal.admission.AdmissionPlugin;
import io.fairlead.apiserver.internal.admission.AdmissionRequest;
import io.fairlead.apiserver.internal.admission.AdmissionRequest.Operation;
import io.fairlead.apiserver.internal.admission.ObjectLookup;
import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.status.ApiStatus;
import io.fairlead.apiserver.internal.status.StatusException;
import java.util.Set;

/** Keeps objects out of namespaces that are not there, or are going away, and keeps the system's own namespaces. */
final class NamespaceLifecycle implements AdmissionPlugin {
    private static final Set<String> IMMORTAL = Set.of("default", "kube-system", "kube-public");

    /** Reviews are questions, not content; they may be asked in any namespace. */
    private static final Set<String> REVIEWS = Set.of("localsubjectaccessreviews.authorization.k8s.io");

    private final ObjectLookup lookup;

    NamespaceLifecycle(ObjectLookup lookup) {
        this.lookup = lookup;
    }

    @Override
    public void mutate(AdmissionRequest request) {
        boolean namespaces = request.resource().qualifiedName().equals("namespaces");
        if (request.operation() == Operation.DELETE) {
            if (namespaces && IMMORTAL.contains(request.name())) {
                throw ApiStatus.forbidden(request.resource(), request.name(), "this namespace may not be deleted")
                        .exception();
            }
            return;
        }
        if (namespaces
                || !request.resource().namespaced()
                || request.namespace().isEmpty()
                || REVIEWS.contains(request.resource().qualifiedName())) {
            return;
        }
        String phase = lookup.fields("namespaces", "", request.namespace())
                .orElseThrow(() -> missing(request.namespace()))
                .getOrDefault("status.phase", "");
        if (request.operation() == Operation.CREATE && phase.equals("Terminating")) {
            throw terminating(request);
        }
    }

    private static StatusException missing(String namespace) {
        return new ApiStatus(
                        404,
                        "NotFound",
                        "namespaces \"" + namespace + "\" not found",
                        new JsonObject().put("name", namespace).put("kind", "namespaces"))
                .exception();
    }

    private static StatusException terminating(AdmissionRequest request) {
        String namespace = request.namespace();
        ApiStatus forbidden = ApiStatus.forbidden(
                request.resource(),
                request.name(),
                "unable to create new content in namespace " + namespace + " because it is being terminated");
        JsonObject details = forbidden.details() == null ? new JsonObject() : forbidden.details();
        details.put(
                "causes",
                JsonArray.of(new JsonObject()
                        .put("reason", "NamespaceTerminating")
                        .put("message", "namespace " + namespace + " is being terminated")
                        .put("field", "metadata.namespace")));
        return new ApiStatus(forbidden.code(), forbidden.reason(), forbidden.message(), details).exception();
    }
}
