// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.admission.builtin;

import io.fairlead.apiserver.internal.admission.AdmissionPlugin;
import io.fairlead.apiserver.internal.admission.AdmissionRequest;
import io.fairlead.apiserver.internal.admission.AdmissionRequest.Operation;
import io.fairlead.apiserver.internal.admission.ObjectLookup;
import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/** Storage and ingress: classes that objects get if they name none, and finalizers that keep volumes in use. */
final class StorageDefaults implements AdmissionPlugin {
    private static final Map<String, String> FINALIZERS = Map.of(
            "persistentvolumes", "kubernetes.io/pv-protection",
            "persistentvolumeclaims", "kubernetes.io/pvc-protection",
            "volumeattributesclasses.storage.k8s.io", "kubernetes.io/vac-protection");

    private final ObjectLookup lookup;

    StorageDefaults(ObjectLookup lookup) {
        this.lookup = lookup;
    }

    @Override
    public void mutate(AdmissionRequest request) {
        JsonObject object = request.object();
        if (request.operation() != Operation.CREATE || !request.subresource().isEmpty() || object == null) {
            return;
        }
        String resource = request.resource().qualifiedName();
        String finalizer = FINALIZERS.get(resource);
        if (finalizer != null) {
            JsonArray finalizers = object.child("metadata").childArray("finalizers");
            if (!finalizers.texts().contains(finalizer)) {
                finalizers.add(finalizer);
            }
        }
        if (resource.equals("persistentvolumeclaims")) {
            defaultStorageClass(object);
        } else if (resource.equals("ingresses.networking.k8s.io")) {
            defaultIngressClass(object);
        }
    }

    private void defaultStorageClass(JsonObject claim) {
        JsonObject spec = claim.child("spec");
        JsonObject annotations = claim.objectOrEmpty("metadata").objectOrEmpty("annotations");
        if (spec.has("storageClassName") || annotations.has("volume.beta.kubernetes.io/storage-class")) {
            return;
        }
        newestDefault("storageclasses.storage.k8s.io", "storageclass.kubernetes.io/is-default-class")
                .ifPresent(name -> spec.put("storageClassName", name));
    }

    private void defaultIngressClass(JsonObject ingress) {
        JsonObject spec = ingress.child("spec");
        JsonObject annotations = ingress.objectOrEmpty("metadata").objectOrEmpty("annotations");
        if (spec.has("ingressClassName") || annotations.has("kubernetes.io/ingress.class")) {
            return;
        }
        newestDefault("ingressclasses.networking.k8s.io", "ingressclass.kubernetes.io/is-default-class")
                .ifPresent(name -> spec.put("ingressClassName", name));
    }

    /** Of several defaults the newest counts, and of those made in the same second the first by name. */
    private Optional<String> newestDefault(String resource, String annotation) {
        return lookup.list(resource, "").stream()
                .map(each -> each.objectOrEmpty("metadata"))
                .filter(each ->
                        each.objectOrEmpty("annotations").text(annotation).equals("true"))
                .min(Comparator.comparing((JsonObject each) -> each.text("creationTimestamp"))
                        .reversed()
                        .thenComparing(each -> each.text("name")))
                .map(each -> each.text("name"));
    }
}
