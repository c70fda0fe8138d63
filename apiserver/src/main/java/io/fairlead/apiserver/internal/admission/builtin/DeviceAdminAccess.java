// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.admission.builtin;

import io.fairlead.apiserver.internal.admission.AdmissionPlugin;
import io.fairlead.apiserver.internal.admission.AdmissionRequest;
import io.fairlead.apiserver.internal.admission.AdmissionRequest.Operation;
import io.fairlead.apiserver.internal.admission.ObjectLookup;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.status.ApiStatus;
import io.fairlead.apiserver.internal.validation.FieldError;
import java.util.ArrayList;
import java.util.List;

/** Lets claims ask for devices that are in use, as an administrator may, only in namespaces that are labelled for it. */
final class DeviceAdminAccess implements AdmissionPlugin {
    private static final String LABEL = "resource.kubernetes.io/admin-access";

    private final ObjectLookup lookup;

    DeviceAdminAccess(ObjectLookup lookup) {
        this.lookup = lookup;
    }

    @Override
    public void validate(AdmissionRequest request) {
        JsonObject object = request.object();
        if (request.operation() != Operation.CREATE || object == null) {
            return;
        }
        if (request.isFor("resourceclaims.resource.k8s.io")) {
            check(request, object.objectOrEmpty("spec"), "spec");
        } else if (request.isFor("resourceclaimtemplates.resource.k8s.io")) {
            check(request, object.objectOrEmpty("spec").objectOrEmpty("spec"), "spec.spec");
        }
    }

    private void check(AdmissionRequest request, JsonObject spec, String path) {
        List<JsonObject> requests = spec.objectOrEmpty("devices").objects("requests");
        List<FieldError> errors = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            if (requests.get(i).objectOrEmpty("exactly").flag("adminAccess")) {
                errors.add(new FieldError(
                        FieldError.Kind.FORBIDDEN,
                        path + ".devices.requests[" + i + "].adminAccess",
                        null,
                        "admin access to devices requires the `" + LABEL
                                + ": true` label on the containing namespace"));
            }
        }
        if (!errors.isEmpty() && !labelled(request.namespace())) {
            throw ApiStatus.invalid(request.resource().kind(), request.name(), errors)
                    .exception();
        }
    }

    private boolean labelled(String namespace) {
        return lookup.find("namespaces", "", namespace)
                .map(found ->
                        found.objectOrEmpty("metadata").objectOrEmpty("labels").text(LABEL))
                .filter("true"::equals)
                .isPresent();
    }
}
