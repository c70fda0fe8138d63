// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the generic parts of a write treat a kind, as recorded from the original for every kind.
 *
 * @param countsGeneration whether {@code metadata.generation} says how often the wish changed
 * @param createsOnUpdate whether a PUT to a name that does not exist creates it
 * @param unconditional whether a PUT may come without {@code resourceVersion}
 * @param answersDeletedObject whether a delete that happens at once answers the object, not a {@code Status}
 * @param checksMetadataChange whether the kind's own update checks look at metadata again
 * @param checksFinalizers whether finalizers must be standard ones or qualified with a domain
 * @param hasStatus whether there is a status subresource
 */
record Traits(
        boolean countsGeneration,
        boolean createsOnUpdate,
        boolean unconditional,
        boolean answersDeletedObject,
        boolean checksMetadataChange,
        boolean checksFinalizers,
        boolean hasStatus) {
    /** The kinds that configure admission, which are alike in most. */
    private static final Set<String> ADMISSION = Set.of(
            "mutatingadmissionpolicies.admissionregistration.k8s.io",
            "mutatingadmissionpolicybindings.admissionregistration.k8s.io",
            "mutatingwebhookconfigurations.admissionregistration.k8s.io",
            "validatingadmissionpolicies.admissionregistration.k8s.io",
            "validatingadmissionpolicybindings.admissionregistration.k8s.io",
            "validatingwebhookconfigurations.admissionregistration.k8s.io");

    private static final Set<String> COUNTING = withAdmission(
            "customresourcedefinitions.apiextensions.k8s.io",
            "daemonsets.apps",
            "deployments.apps",
            "replicasets.apps",
            "statefulsets.apps",
            "cronjobs.batch",
            "jobs.batch",
            "endpointslices.discovery.k8s.io",
            "flowschemas.flowcontrol.apiserver.k8s.io",
            "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io",
            "ingresses.networking.k8s.io",
            "ingressclasses.networking.k8s.io",
            "networkpolicies.networking.k8s.io",
            "poddisruptionbudgets.policy",
            "deviceclasses.resource.k8s.io",
            "resourceslices.resource.k8s.io",
            "priorityclasses.scheduling.k8s.io",
            "pods",
            "podtemplates",
            "replicationcontrollers");

    private static final Set<String> CREATING_ON_UPDATE = Set.of(
            "leases.coordination.k8s.io",
            "events.events.k8s.io",
            "events",
            "runtimeclasses.node.k8s.io",
            "clusterroles.rbac.authorization.k8s.io",
            "clusterrolebindings.rbac.authorization.k8s.io",
            "roles.rbac.authorization.k8s.io",
            "rolebindings.rbac.authorization.k8s.io",
            "endpoints",
            "limitranges",
            "services");

    private static final Set<String> CONDITIONAL = withAdmission(
            "customresourcedefinitions.apiextensions.k8s.io",
            "apiservices.apiregistration.k8s.io",
            "leases.coordination.k8s.io",
            "runtimeclasses.node.k8s.io",
            "poddisruptionbudgets.policy",
            "csidrivers.storage.k8s.io",
            "csinodes.storage.k8s.io",
            "csistoragecapacities.storage.k8s.io",
            "volumeattachments.storage.k8s.io");

    private static final Set<String> ANSWERING_DELETED = Set.of(
            "jobs.batch",
            "customresourcedefinitions.apiextensions.k8s.io",
            "deviceclasses.resource.k8s.io",
            "resourceclaims.resource.k8s.io",
            "resourceclaimtemplates.resource.k8s.io",
            "resourceslices.resource.k8s.io",
            "csidrivers.storage.k8s.io",
            "csinodes.storage.k8s.io",
            "storageclasses.storage.k8s.io",
            "volumeattachments.storage.k8s.io",
            "volumeattributesclasses.storage.k8s.io",
            "persistentvolumes",
            "persistentvolumeclaims",
            "pods",
            "podtemplates",
            "replicationcontrollers",
            "resourcequotas",
            "services",
            "serviceaccounts");

    /** Kinds whose own update checks ignore what happened to metadata. */
    private static final Set<String> IGNORING_METADATA = withAdmission(
            "endpointslices.discovery.k8s.io",
            "flowschemas.flowcontrol.apiserver.k8s.io",
            "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io",
            "poddisruptionbudgets.policy",
            "csinodes.storage.k8s.io",
            "volumeattachments.storage.k8s.io",
            "events",
            "limitranges",
            "persistentvolumes");

    /** Kinds that come from libraries which do not know the standard finalizers. */
    private static final Set<String> ANY_FINALIZER = withAdmission(
            "customresourcedefinitions.apiextensions.k8s.io",
            "apiservices.apiregistration.k8s.io",
            "runtimeclasses.node.k8s.io");

    private static Set<String> withAdmission(String... others) {
        return Stream.concat(ADMISSION.stream(), Stream.of(others)).collect(Collectors.toUnmodifiableSet());
    }

    static Traits of(ResourceDefinition resource) {
        String name = resource.qualifiedName();
        return new Traits(
                COUNTING.contains(name),
                CREATING_ON_UPDATE.contains(name),
                !CONDITIONAL.contains(name),
                ANSWERING_DELETED.contains(name),
                !IGNORING_METADATA.contains(name),
                !ANY_FINALIZER.contains(name),
                resource.subresources().containsKey("status"));
    }
}
