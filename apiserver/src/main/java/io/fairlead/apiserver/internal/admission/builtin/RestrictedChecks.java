// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.admission.builtin;

import static io.fairlead.apiserver.internal.admission.builtin.SecuredPod.blamed;
import static io.fairlead.apiserver.internal.admission.builtin.SecuredPod.containers;
import static io.fairlead.apiserver.internal.admission.builtin.SecuredPod.context;
import static io.fairlead.apiserver.internal.admission.builtin.SecuredPod.counted;
import static io.fairlead.apiserver.internal.admission.builtin.SecuredPod.quoted;

import io.fairlead.apiserver.internal.admission.builtin.SecuredPod.Finding;
import io.fairlead.apiserver.internal.codec.JsonBoolean;
import io.fairlead.apiserver.internal.codec.JsonNumber;
import io.fairlead.apiserver.internal.codec.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What the pod security standard "restricted" checks beyond "baseline": best practice. Pure; in upstream's order. */
final class RestrictedChecks {
    private static final List<String> VOLUMES = List.of(
            "configMap",
            "csi",
            "downwardAPI",
            "emptyDir",
            "ephemeral",
            "image",
            "persistentVolumeClaim",
            "projected",
            "secret");
    private static final List<String> OTHER_VOLUMES = List.of(
            "hostPath",
            "gcePersistentDisk",
            "awsElasticBlockStore",
            "gitRepo",
            "nfs",
            "iscsi",
            "glusterfs",
            "rbd",
            "flexVolume",
            "cinder",
            "cephfs",
            "flocker",
            "fc",
            "azureFile",
            "vsphereVolume",
            "quobyte",
            "azureDisk",
            "photonPersistentDisk",
            "portworxVolume",
            "scaleIO",
            "storageos");

    private final SecuredPod pod;
    private final List<Finding> findings = new ArrayList<>();

    private RestrictedChecks(SecuredPod pod) {
        this.pod = pod;
    }

    /** What is wrong with {@code pod} as of release 1.{@code minor}. */
    static List<Finding> of(SecuredPod pod, int minor) {
        RestrictedChecks checks = new RestrictedChecks(pod);
        boolean linux = minor < 25 || !pod.runsOnWindows();
        boolean relaxed = minor >= 35 && pod.hasUsersOfItsOwn();
        if (minor >= 8 && linux) {
            checks.privilegeEscalation();
        }
        if (minor >= 22 && linux) {
            checks.capabilities();
        }
        if (minor >= 35) {
            BaselineChecks.add(checks.findings, BaselineChecks.procMount(pod));
        }
        checks.volumes();
        if (!relaxed) {
            checks.nonRoot();
        }
        if (minor >= 23 && !relaxed) {
            checks.user();
        }
        if (minor >= 19 && linux) {
            checks.seccomp();
        }
        return checks.findings;
    }

    private void add(String reason, String detail) {
        findings.add(new Finding(reason, detail));
    }

    private void privilegeEscalation() {
        List<String> bad =
                pod.named(container -> context(container).get("allowPrivilegeEscalation") != JsonBoolean.FALSE);
        if (!bad.isEmpty()) {
            add(
                    "allowPrivilegeEscalation != false",
                    containers(bad) + " must set securityContext.allowPrivilegeEscalation=false");
        }
    }

    private void capabilities() {
        Set<String> forbidden = new TreeSet<>();
        List<String> keeping = pod.named(container ->
                !context(container).objectOrEmpty("capabilities").texts("drop").contains("ALL"));
        List<String> adding = pod.named(container -> {
            List<String> added = context(container).objectOrEmpty("capabilities").texts("add").stream()
                    .filter(each -> !each.equals("NET_BIND_SERVICE"))
                    .toList();
            forbidden.addAll(added);
            return !added.isEmpty();
        });
        List<String> details = new ArrayList<>();
        if (!keeping.isEmpty()) {
            details.add(containers(keeping) + " must set securityContext.capabilities.drop=[\"ALL\"]");
        }
        if (!adding.isEmpty()) {
            details.add(containers(adding) + " must not include " + quoted(forbidden)
                    + " in securityContext.capabilities.add");
        }
        if (!details.isEmpty()) {
            add("unrestricted capabilities", String.join("; ", details));
        }
    }

    private void volumes() {
        List<String> bad = new ArrayList<>();
        Set<String> types = new TreeSet<>();
        for (JsonObject volume : pod.spec().objects("volumes")) {
            if (VOLUMES.stream().noneMatch(type -> volume.object(type) != null)) {
                bad.add(volume.text("name"));
                types.add(OTHER_VOLUMES.stream()
                        .filter(type -> volume.object(type) != null)
                        .findFirst()
                        .orElse("unknown"));
            }
        }
        if (!bad.isEmpty()) {
            add(
                    "restricted volume types",
                    counted("volume", bad.size()) + " " + quoted(bad) + (bad.size() == 1 ? " uses " : " use ")
                            + counted("restricted volume type", types.size()) + " " + quoted(types));
        }
    }

    private void nonRoot() {
        Predicate<JsonObject> refuses = holder -> context(holder).get("runAsNonRoot") == JsonBoolean.FALSE;
        String blamed = blamed(refuses.test(pod.spec()), pod.named(refuses));
        if (!blamed.isEmpty()) {
            add("runAsNonRoot != true", blamed + " must not set securityContext.runAsNonRoot=false");
            return;
        }
        List<String> silent = pod.context().flag("runAsNonRoot")
                ? List.of()
                : pod.named(container -> !context(container).flag("runAsNonRoot"));
        if (!silent.isEmpty()) {
            add("runAsNonRoot != true", "pod or " + containers(silent) + " must set securityContext.runAsNonRoot=true");
        }
    }

    private void user() {
        Predicate<JsonObject> root =
                holder -> context(holder).get("runAsUser") instanceof JsonNumber number && number.longValue() == 0;
        String blamed = blamed(root.test(pod.spec()), pod.named(root));
        if (!blamed.isEmpty()) {
            add("runAsUser=0", blamed + " must not set runAsUser=0");
        }
    }

    private void seccomp() {
        Set<String> values = new TreeSet<>();
        Predicate<JsonObject> bad = holder -> {
            JsonObject profile = context(holder).object("seccompProfile");
            return profile != null && BaselineChecks.isForbidden(profile.text("type"), values);
        };
        boolean badPod = bad.test(pod.spec());
        String blamed = blamed(badPod, pod.named(bad));
        if (!blamed.isEmpty()) {
            add("seccompProfile", blamed + " must not set securityContext.seccompProfile.type to " + quoted(values));
            return;
        }
        List<String> silent = pod.context().object("seccompProfile") != null
                ? List.of()
                : pod.named(container -> context(container).object("seccompProfile") == null);
        if (!silent.isEmpty()) {
            add(
                    "seccompProfile",
                    "pod or " + containers(silent)
                            + " must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\"");
        }
    }
}
