// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.admission.builtin;

import io.fairlead.apiserver.internal.admission.AdmissionPlugin;
import io.fairlead.apiserver.internal.admission.AdmissionRequest;
import io.fairlead.apiserver.internal.admission.AdmissionRequest.Operation;
import io.fairlead.apiserver.internal.admission.ObjectLookup;
import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.status.ApiStatus;
import java.util.List;
import java.util.random.RandomGenerator;

/** Gives each pod a service account, and its containers the account's token. */
final class ServiceAccountTokens implements AdmissionPlugin {
    private static final String VOLUME_PREFIX = "kube-api-access-";
    private static final String MOUNT_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";
    private static final String MIRROR = "kubernetes.io/config.mirror";

    /** An hour, and a few seconds by which such tokens are told from those that others ask for; upstream's number. */
    private static final long TOKEN_SECONDS = 60 * 60 + 7;

    private static final String SUFFIX_CHARACTERS = "bcdfghjklmnpqrstvwxz2456789";
    private static final int SUFFIX_LENGTH = 5;

    private final ObjectLookup lookup;
    private final RandomGenerator random;

    ServiceAccountTokens(ObjectLookup lookup, RandomGenerator random) {
        this.lookup = lookup;
        this.random = random;
    }

    @Override
    public void mutate(AdmissionRequest request) {
        JsonObject pod = request.object();
        if (request.operation() != Operation.CREATE || !request.isFor("pods") || pod == null) {
            return;
        }
        JsonObject spec = pod.child("spec");
        if (pod.objectOrEmpty("metadata").objectOrEmpty("annotations").has(MIRROR)) {
            if (!spec.text("serviceAccountName").isEmpty()) {
                throw ApiStatus.forbidden(
                                request.resource(), request.name(), "a mirror pod may not reference service accounts")
                        .exception();
            }
            return;
        }
        String name = spec.text("serviceAccountName").isEmpty() ? "default" : spec.text("serviceAccountName");
        spec.put("serviceAccountName", name);
        spec.put("serviceAccount", name);
        JsonObject account = lookup.find("serviceaccounts", request.namespace(), name)
                .orElseThrow(() -> ApiStatus.forbidden(
                                request.resource(),
                                request.name(),
                                "error looking up service account " + request.namespace() + "/" + name
                                        + ": serviceaccount \"" + name + "\" not found")
                        .exception());
        if (automounts(spec, account)) {
            mountToken(spec);
        }
        if (spec.arrayOrEmpty("imagePullSecrets").isEmpty()
                && !account.arrayOrEmpty("imagePullSecrets").isEmpty()) {
            spec.put(
                    "imagePullSecrets", account.arrayOrEmpty("imagePullSecrets").deepCopy());
        }
    }

    /** The pod's own word counts, then the account's; without any, yes. */
    private static boolean automounts(JsonObject spec, JsonObject account) {
        for (JsonObject each : List.of(spec, account)) {
            if (each.has("automountServiceAccountToken") && each.get("automountServiceAccountToken") != JsonNull.NULL) {
                return each.flag("automountServiceAccountToken");
            }
        }
        return true;
    }

    private void mountToken(JsonObject spec) {
        String volume = existingVolume(spec);
        boolean fresh = volume.isEmpty();
        String name = fresh ? VOLUME_PREFIX + suffix() : volume;
        boolean mounted = false;
        for (String list : List.of("initContainers", "containers")) {
            for (JsonObject container : spec.objects(list)) {
                boolean taken = container.objects("volumeMounts").stream()
                        .anyMatch(mount -> mount.text("mountPath").equals(MOUNT_PATH));
                if (!taken) {
                    mounted = true;
                    container
                            .childArray("volumeMounts")
                            .add(new JsonObject()
                                    .put("name", name)
                                    .put("readOnly", true)
                                    .put("mountPath", MOUNT_PATH));
                }
            }
        }
        if (mounted && fresh) {
            spec.childArray("volumes").add(new JsonObject().put("name", name).put("projected", tokenSource()));
        }
    }

    private static String existingVolume(JsonObject spec) {
        for (JsonObject volume : spec.objects("volumes")) {
            if (volume.text("name").startsWith(VOLUME_PREFIX)) {
                return volume.text("name");
            }
        }
        return "";
    }

    private static JsonObject tokenSource() {
        JsonObject token =
                new JsonObject().put("expirationSeconds", TOKEN_SECONDS).put("path", "token");
        JsonObject authority = new JsonObject()
                .put("name", "kube-root-ca.crt")
                .put("items", JsonArray.of(new JsonObject().put("key", "ca.crt").put("path", "ca.crt")));
        JsonObject namespace = new JsonObject()
                .put("path", "namespace")
                .put("fieldRef", new JsonObject().put("apiVersion", "v1").put("fieldPath", "metadata.namespace"));
        return new JsonObject()
                .put(
                        "sources",
                        JsonArray.of(
                                new JsonObject().put("serviceAccountToken", token),
                                new JsonObject().put("configMap", authority),
                                new JsonObject()
                                        .put("downwardAPI", new JsonObject().put("items", JsonArray.of(namespace)))))
                .put("defaultMode", 0644);
    }

    private String suffix() {
        StringBuilder suffix = new StringBuilder(SUFFIX_LENGTH);
        for (int i = 0; i < SUFFIX_LENGTH; i++) {
            suffix.append(SUFFIX_CHARACTERS.charAt(random.nextInt(SUFFIX_CHARACTERS.length())));
        }
        return suffix.toString();
    }
}
