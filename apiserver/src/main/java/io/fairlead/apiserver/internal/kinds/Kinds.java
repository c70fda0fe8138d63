// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.registry.Strategy;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Answers the strategy of each built-in kind. Any thread may ask. */
public final class Kinds {
    private static final Map<String, Function<ResourceDefinition, Strategy>> OWN_RULES = Map.of(
            "namespaces", NamespaceStrategy::new,
            "configmaps", ConfigMapStrategy::new,
            "secrets", SecretStrategy::new,
            "serviceaccounts", ServiceAccountStrategy::new,
            "leases.coordination.k8s.io", LeaseStrategy::new,
            "pods", PodStrategy::new,
            "deployments.apps", DeploymentStrategy::new,
            "replicasets.apps", ReplicaSetStrategy::new);

    private static final Map<ResourceDefinition, Strategy> STRATEGIES = new ConcurrentHashMap<>();

    private Kinds() {}

    /** The strategy of {@code resource}: its own, or the generic one of kinds without rules of their own. */
    public static Strategy strategyOf(ResourceDefinition resource) {
        return STRATEGIES.computeIfAbsent(resource, each -> OWN_RULES
                .getOrDefault(each.qualifiedName(), GenericStrategy::new)
                .apply(each));
    }
}
