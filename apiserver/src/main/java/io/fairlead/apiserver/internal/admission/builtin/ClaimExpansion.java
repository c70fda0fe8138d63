// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.admission.builtin;

import io.fairlead.apiserver.internal.admission.AdmissionPlugin;
import io.fairlead.apiserver.internal.admission.AdmissionRequest;
import io.fairlead.apiserver.internal.admission.AdmissionRequest.Operation;
import io.fairlead.apiserver.internal.admission.ObjectLookup;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.status.ApiStatus;
import io.fairlead.apiserver.internal.status.StatusException;
import io.fairlead.apiserver.internal.validation.Quantity;

/** Lets a claim ask for more only when it is bound and its storage class says that volumes can grow. */
final class ClaimExpansion implements AdmissionPlugin {
    private static final String CLASS_ANNOTATION = "volume.beta.kubernetes.io/storage-class";

    private final ObjectLookup lookup;

    ClaimExpansion(ObjectLookup lookup) {
        this.lookup = lookup;
    }

    @Override
    public void validate(AdmissionRequest request) {
        JsonObject next = request.object();
        JsonObject old = request.old();
        boolean changes = request.operation() == Operation.UPDATE && request.isFor("persistentvolumeclaims");
        if (!changes || next == null || old == null || size(next).compareTo(size(old)) <= 0) {
            return;
        }
        if (!old.objectOrEmpty("status").text("phase").equals("Bound")) {
            throw refused(request, "Only bound persistent volume claims can be expanded");
        }
        String name = className(next);
        boolean expandable = !name.isEmpty()
                && name.equals(className(old))
                && lookup.find("storageclasses.storage.k8s.io", "", name)
                        .filter(found -> found.flag("allowVolumeExpansion"))
                        .isPresent();
        if (!expandable) {
            throw refused(
                    request,
                    "only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must"
                            + " support resize");
        }
    }

    private static Quantity size(JsonObject claim) {
        return Quantity.orZero(claim.objectOrEmpty("spec")
                .objectOrEmpty("resources")
                .objectOrEmpty("requests")
                .get("storage"));
    }

    private static String className(JsonObject claim) {
        String annotated =
                claim.objectOrEmpty("metadata").objectOrEmpty("annotations").text(CLASS_ANNOTATION);
        return annotated.isEmpty() ? claim.objectOrEmpty("spec").text("storageClassName") : annotated;
    }

    private static StatusException refused(AdmissionRequest request, String why) {
        return ApiStatus.forbidden(request.resource(), request.name(), why).exception();
    }
}
