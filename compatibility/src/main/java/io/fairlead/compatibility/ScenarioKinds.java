// SPDX-License-Identifier: Apache-2.0
package io.fairlead.compatibility;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The kinds that scenarios speak of, and which of them are watched. */
final class ScenarioKinds {
    /** One kind; {@code path} is of its resource, without a namespace. */
    record Kind(String plural, String apiVersion, String kind, boolean namespaced, boolean watched) {
        String path(String namespace, String name, String subresource) {
            String base = apiVersion.equals("v1") ? "/api/v1" : "/apis/" + apiVersion;
            String in = namespaced && !namespace.isEmpty() ? "/namespaces/" + namespace : "";
            return base + in + "/" + plural + (name.isEmpty() ? "" : "/" + name)
                    + (subresource.isEmpty() ? "" : "/" + subresource);
        }
    }

    private static final Map<String, Kind> BY_PLURAL = new LinkedHashMap<>();

    static {
        String core =
                """
                pods Pod, services Service, endpoints Endpoints, configmaps ConfigMap, secrets Secret, serviceaccounts ServiceAccount,
                persistentvolumeclaims PersistentVolumeClaim, resourcequotas ResourceQuota, limitranges LimitRange,
                replicationcontrollers ReplicationController, podtemplates PodTemplate -, events Event, nodes Node *,
                namespaces Namespace *, persistentvolumes PersistentVolume *""";
        add("v1", core);
        add(
                "apps/v1",
                """
                deployments Deployment, replicasets ReplicaSet, statefulsets StatefulSet, daemonsets DaemonSet,
                controllerrevisions ControllerRevision""");
        add("batch/v1", "jobs Job, cronjobs CronJob");
        add("discovery.k8s.io/v1", "endpointslices EndpointSlice");
        add("autoscaling/v2", "horizontalpodautoscalers HorizontalPodAutoscaler");
        add("policy/v1", "poddisruptionbudgets PodDisruptionBudget");
        add("coordination.k8s.io/v1", "leases Lease");
        add(
                "networking.k8s.io/v1",
                """
                networkpolicies NetworkPolicy -, ingresses Ingress -, ipaddresses IPAddress *, servicecidrs ServiceCIDR *""");
        add(
                "rbac.authorization.k8s.io/v1",
                """
                roles Role -, rolebindings RoleBinding -, clusterroles ClusterRole *, clusterrolebindings ClusterRoleBinding *-""");
        add("certificates.k8s.io/v1", "certificatesigningrequests CertificateSigningRequest *");
        add("scheduling.k8s.io/v1", "priorityclasses PriorityClass *-");
        add("storage.k8s.io/v1", "storageclasses StorageClass *-");
        add(
                "resource.k8s.io/v1",
                """
                resourceclaims ResourceClaim, resourceclaimtemplates ResourceClaimTemplate -, deviceclasses DeviceClass *-,
                resourceslices ResourceSlice *-""");
        add("admissionregistration.k8s.io/v1", "validatingadmissionpolicies ValidatingAdmissionPolicy *");
        add("apiextensions.k8s.io/v1", "customresourcedefinitions CustomResourceDefinition *");
    }

    private ScenarioKinds() {}

    /** Each entry is plural, kind and marks: {@code *} for cluster-scoped, {@code -} for not watched. */
    private static void add(String apiVersion, String entries) {
        for (String entry : entries.strip().split(",\\s*", -1)) {
            String[] parts = entry.strip().split("\\s+", -1);
            String marks = parts.length > 2 ? parts[2] : "";
            BY_PLURAL.put(
                    parts[0], new Kind(parts[0], apiVersion, parts[1], !marks.contains("*"), !marks.contains("-")));
        }
    }

    static Iterable<Kind> all() {
        return BY_PLURAL.values();
    }

    /** By plural name or kind, in any case. */
    static Kind of(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        Kind kind = BY_PLURAL.get(wanted);
        if (kind != null) {
            return kind;
        }
        return BY_PLURAL.values().stream()
                .filter(each -> each.kind().toLowerCase(Locale.ROOT).equals(wanted))
                .findFirst()
                .orElseThrow(() -> new ScriptFailedException("scenarios know no kind " + name));
    }

    static Optional<Kind> of(String apiVersion, String kind) {
        return BY_PLURAL.values().stream()
                .filter(each ->
                        each.apiVersion().equals(apiVersion) && each.kind().equals(kind))
                .findFirst();
    }
}
