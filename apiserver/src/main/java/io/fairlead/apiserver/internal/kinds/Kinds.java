// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.registry.Strategy;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Answers the strategy of each built-in kind. Any thread may ask. */
public final class Kinds {
    private static final Map<String, Function<ResourceDefinition, Strategy>> OWN_RULES = Map.ofEntries(
            entry("namespaces", NamespaceStrategy::new),
            entry("configmaps", ConfigMapStrategy::new),
            entry("secrets", SecretStrategy::new),
            entry("serviceaccounts", ServiceAccountStrategy::new),
            entry("leases.coordination.k8s.io", LeaseStrategy::new),
            entry("pods", PodStrategy::new),
            entry("services", ServiceStrategy::new),
            entry("nodes", NodeStrategy::new),
            entry("events", EventStrategy::new),
            entry("events.events.k8s.io", EventStrategy::new),
            entry("deployments.apps", DeploymentStrategy::new),
            entry("replicasets.apps", ReplicaSetStrategy::new),
            entry("statefulsets.apps", StatefulSetStrategy::new),
            entry("daemonsets.apps", DaemonSetStrategy::new),
            entry("controllerrevisions.apps", ControllerRevisionStrategy::new),
            entry("replicationcontrollers", ReplicationControllerStrategy::new),
            entry("podtemplates", PodTemplateStrategy::new),
            entry("persistentvolumeclaims", PersistentVolumeClaimStrategy::new),
            entry("persistentvolumes", PersistentVolumeStrategy::new),
            entry("storageclasses.storage.k8s.io", StorageClassStrategy::new),
            entry("ingresses.networking.k8s.io", IngressStrategy::new),
            entry("ingressclasses.networking.k8s.io", IngressClassStrategy::new),
            entry("networkpolicies.networking.k8s.io", NetworkPolicyStrategy::new),
            entry("jobs.batch", JobStrategy::new),
            entry("cronjobs.batch", CronJobStrategy::new),
            entry("resourcequotas", ResourceQuotaStrategy::new),
            entry("limitranges", LimitRangeStrategy::new),
            entry("priorityclasses.scheduling.k8s.io", PriorityClassStrategy::new),
            entry("poddisruptionbudgets.policy", PodDisruptionBudgetStrategy::new),
            entry("endpoints", EndpointsStrategy::new),
            entry("endpointslices.discovery.k8s.io", EndpointSliceStrategy::new),
            entry("horizontalpodautoscalers.autoscaling", Kinds::autoscalers),
            entry("roles.rbac.authorization.k8s.io", RoleStrategy::new),
            entry("clusterroles.rbac.authorization.k8s.io", RoleStrategy::new),
            entry("rolebindings.rbac.authorization.k8s.io", RoleBindingStrategy::new),
            entry("clusterrolebindings.rbac.authorization.k8s.io", RoleBindingStrategy::new),
            entry("csidrivers.storage.k8s.io", CsiDriverStrategy::new),
            entry("csinodes.storage.k8s.io", CsiNodeStrategy::new),
            entry("volumeattachments.storage.k8s.io", VolumeAttachmentStrategy::new),
            entry("csistoragecapacities.storage.k8s.io", CsiStorageCapacityStrategy::new),
            entry("volumeattributesclasses.storage.k8s.io", VolumeAttributesClassStrategy::new),
            entry("validatingwebhookconfigurations.admissionregistration.k8s.io", WebhookStrategy::new),
            entry("mutatingwebhookconfigurations.admissionregistration.k8s.io", WebhookStrategy::new),
            entry("validatingadmissionpolicies.admissionregistration.k8s.io", ValidatingAdmissionPolicyStrategy::new),
            entry("mutatingadmissionpolicies.admissionregistration.k8s.io", MutatingAdmissionPolicyStrategy::new),
            entry(
                    "validatingadmissionpolicybindings.admissionregistration.k8s.io",
                    AdmissionPolicyBindingStrategy::new),
            entry("mutatingadmissionpolicybindings.admissionregistration.k8s.io", AdmissionPolicyBindingStrategy::new),
            entry("resourceclaims.resource.k8s.io", ResourceClaimStrategy::new),
            entry("resourceclaimtemplates.resource.k8s.io", ResourceClaimTemplateStrategy::new),
            entry("deviceclasses.resource.k8s.io", DeviceClassStrategy::new),
            entry("resourceslices.resource.k8s.io", ResourceSliceStrategy::new),
            entry("customresourcedefinitions.apiextensions.k8s.io", CustomResourceDefinitionStrategy::new),
            entry("certificatesigningrequests.certificates.k8s.io", CertificateSigningRequestStrategy::new),
            entry("flowschemas.flowcontrol.apiserver.k8s.io", FlowSchemaStrategy::new),
            entry("prioritylevelconfigurations.flowcontrol.apiserver.k8s.io", PriorityLevelConfigurationStrategy::new),
            entry("apiservices.apiregistration.k8s.io", ApiServiceStrategy::new),
            entry("runtimeclasses.node.k8s.io", RuntimeClassStrategy::new),
            entry("servicecidrs.networking.k8s.io", ServiceCidrStrategy::new),
            entry("ipaddresses.networking.k8s.io", IpAddressStrategy::new));

    private static final Map<ResourceDefinition, Strategy> STRATEGIES = new ConcurrentHashMap<>();

    private Kinds() {}

    private static Map.Entry<String, Function<ResourceDefinition, Strategy>> entry(
            String resource, Function<ResourceDefinition, Strategy> rules) {
        return Map.entry(resource, rules);
    }

    private static Strategy autoscalers(ResourceDefinition resource) {
        return resource.version().equals("v1")
                ? new HorizontalPodAutoscalerV1Strategy(resource)
                : new HorizontalPodAutoscalerStrategy(resource);
    }

    /** The strategy of {@code resource}: its own, or the generic one of kinds without rules of their own. */
    public static Strategy strategyOf(ResourceDefinition resource) {
        return STRATEGIES.computeIfAbsent(resource, each -> OWN_RULES
                .getOrDefault(each.qualifiedName(), GenericStrategy::new)
                .apply(each));
    }
}
