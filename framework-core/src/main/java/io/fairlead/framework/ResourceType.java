// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fairlead.environment.Api;

/**
 * A kind of object and where the API serves it.
 *
 * @param group empty for the core group
 * @param plural the name in paths, such as {@code pods}
 */
@Api(Api.Status.EXPERIMENTAL)
public record ResourceType(String group, String version, String plural, String kind, boolean namespaced) {
    public static final ResourceType PODS = core("pods", "Pod", true);
    public static final ResourceType NODES = core("nodes", "Node", false);
    public static final ResourceType NAMESPACES = core("namespaces", "Namespace", false);
    public static final ResourceType SERVICES = core("services", "Service", true);
    public static final ResourceType CONFIG_MAPS = core("configmaps", "ConfigMap", true);
    public static final ResourceType SECRETS = core("secrets", "Secret", true);
    public static final ResourceType SERVICE_ACCOUNTS = core("serviceaccounts", "ServiceAccount", true);
    public static final ResourceType EVENTS = core("events", "Event", true);
    public static final ResourceType ENDPOINTS = core("endpoints", "Endpoints", true);
    public static final ResourceType REPLICATION_CONTROLLERS =
            core("replicationcontrollers", "ReplicationController", true);
    public static final ResourceType PERSISTENT_VOLUMES = core("persistentvolumes", "PersistentVolume", false);
    public static final ResourceType PERSISTENT_VOLUME_CLAIMS =
            core("persistentvolumeclaims", "PersistentVolumeClaim", true);
    public static final ResourceType RESOURCE_QUOTAS = core("resourcequotas", "ResourceQuota", true);
    public static final ResourceType LIMIT_RANGES = core("limitranges", "LimitRange", true);
    public static final ResourceType DEPLOYMENTS = apps("deployments", "Deployment");
    public static final ResourceType REPLICA_SETS = apps("replicasets", "ReplicaSet");
    public static final ResourceType DAEMON_SETS = apps("daemonsets", "DaemonSet");
    public static final ResourceType STATEFUL_SETS = apps("statefulsets", "StatefulSet");
    public static final ResourceType CONTROLLER_REVISIONS = apps("controllerrevisions", "ControllerRevision");
    public static final ResourceType JOBS = new ResourceType("batch", "v1", "jobs", "Job", true);
    public static final ResourceType CRON_JOBS = new ResourceType("batch", "v1", "cronjobs", "CronJob", true);
    public static final ResourceType LEASES = new ResourceType("coordination.k8s.io", "v1", "leases", "Lease", true);
    public static final ResourceType EVENT_SERIES = new ResourceType("events.k8s.io", "v1", "events", "Event", true);
    public static final ResourceType ENDPOINT_SLICES =
            new ResourceType("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice", true);
    public static final ResourceType POD_DISRUPTION_BUDGETS =
            new ResourceType("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget", true);
    public static final ResourceType PRIORITY_CLASSES =
            new ResourceType("scheduling.k8s.io", "v1", "priorityclasses", "PriorityClass", false);

    public ResourceType {
        requireNonNull(group, "group");
        requireNonNull(version, "version");
        requireNonNull(plural, "plural");
        requireNonNull(kind, "kind");
        if (version.isEmpty() || plural.isEmpty() || kind.isEmpty()) {
            throw new IllegalArgumentException("a resource type needs a version, a plural and a kind: " + group + "/"
                    + version + " " + plural + " " + kind);
        }
    }

    /** What the annotations of a model class say. */
    public static ResourceType of(Class<? extends HasMetadata> model) {
        return new ResourceType(
                HasMetadata.getGroup(model),
                HasMetadata.getVersion(model),
                HasMetadata.getPlural(model),
                HasMetadata.getKind(model),
                Namespaced.class.isAssignableFrom(model));
    }

    private static ResourceType core(String plural, String kind, boolean namespaced) {
        return new ResourceType("", "v1", plural, kind, namespaced);
    }

    private static ResourceType apps(String plural, String kind) {
        return new ResourceType("apps", "v1", plural, kind, true);
    }

    /** {@code v1}, {@code apps/v1}. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** Where all objects of the kind are listed and watched. */
    public String path() {
        return (group.isEmpty() ? "/api/" : "/apis/" + group + "/") + version + "/" + plural;
    }

    /** Where the objects of one namespace are; {@link #path()} if {@code namespace} is empty. */
    public String path(String namespace) {
        if (namespace.isEmpty()) {
            return path();
        }
        return (group.isEmpty() ? "/api/" : "/apis/" + group + "/")
                + version
                + "/namespaces/"
                + namespace
                + "/"
                + plural;
    }

    /** Where one object is. */
    public String path(ObjectKey key) {
        return path(key.namespace()) + "/" + key.name();
    }

    /** {@code pods}, {@code deployments.apps}. */
    @Override
    public String toString() {
        return group.isEmpty() ? plural : plural + "." + group;
    }
}
