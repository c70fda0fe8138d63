// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.resourcequota;

import io.fairlead.controllers.internal.Quantity;
import io.fairlead.controllers.resourcequota.QuotaFacts.Status;
import io.fairlead.framework.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Decides what has to be counted for a quota, and what its status says then. Pure. */
final class QuotaPlanner {
    private static final Set<String> POD_NAMES = Set.of(
            "pods",
            "count/pods",
            "cpu",
            "memory",
            "ephemeral-storage",
            "limits.cpu",
            "limits.memory",
            "limits.ephemeral-storage");
    private static final String REQUESTS = "requests.";
    private static final String STORAGE_CLASS = ".storageclass.storage.k8s.io/";
    private static final Set<String> SERVICE_NAMES =
            Set.of("services", "count/services", "services.nodeports", "services.loadbalancers");
    private static final Set<String> CLAIM_NAMES =
            Set.of("persistentvolumeclaims", "count/persistentvolumeclaims", "requests.storage");
    /** Kinds whose number could be limited before there was {@code count/}. */
    private static final Set<String> COUNTED_BY_PLURAL =
            Set.of("configmaps", "secrets", "replicationcontrollers", "resourcequotas");

    private QuotaPlanner() {}

    /**
     * What has to be counted for a limit.
     *
     * @param served the kinds that there are; looked at for those that are merely numbered
     */
    static Optional<ResourceType> counted(String name, List<ResourceType> served) {
        if (SERVICE_NAMES.contains(name)) {
            return Optional.of(ResourceType.SERVICES);
        }
        if (CLAIM_NAMES.contains(name) || name.contains(STORAGE_CLASS)) {
            return Optional.of(ResourceType.PERSISTENT_VOLUME_CLAIMS);
        }
        if (POD_NAMES.contains(name) || name.startsWith("hugepages-") || name.startsWith(REQUESTS)) {
            return Optional.of(ResourceType.PODS);
        }
        String resource = COUNTED_BY_PLURAL.contains(name)
                ? name
                : name.startsWith("count/") ? name.substring("count/".length()) : "";
        return served.stream().filter(type -> type.toString().equals(resource)).findFirst();
    }

    /** The sum of what objects use, by the names that {@code wanted} has; zero of what none uses. */
    static Map<String, Quantity> sum(Set<String> wanted, List<Map<String, Quantity>> usages) {
        Map<String, Quantity> sum = new TreeMap<>();
        wanted.forEach(name -> sum.put(name, Quantity.ZERO));
        for (Map<String, Quantity> usage : usages) {
            usage.forEach((name, amount) -> sum.computeIfPresent(name, (same, before) -> before.plus(amount)));
        }
        return sum;
    }

    /**
     * The status after a count; empty if it says so already.
     *
     * @param used what was counted. What could not be keeps its old value
     */
    static Optional<Status> status(QuotaFacts quota, Map<String, Quantity> used) {
        Map<String, Quantity> all = new TreeMap<>(quota.status().used());
        all.putAll(used);
        all.keySet().retainAll(quota.hard().keySet());
        Status status = new Status(quota.hard(), all);
        boolean never = quota.status().hard().isEmpty() && !quota.hard().isEmpty();
        boolean same = same(status.hard(), quota.status().hard())
                && same(status.used(), quota.status().used());
        return same && !never ? Optional.empty() : Optional.of(status);
    }

    /** Whether another count is called for by a change of the quota itself: its counts are written by others too. */
    static boolean limitsOtherwise(QuotaFacts old, QuotaFacts now) {
        return !same(old.hard(), now.hard());
    }

    private static boolean same(Map<String, Quantity> one, Map<String, Quantity> other) {
        return one.keySet().equals(other.keySet())
                && one.entrySet().stream().allMatch(each -> {
                    Quantity there = other.get(each.getKey());
                    return there != null && each.getValue().sameAs(there);
                });
    }

    /** The names in the old status that the new one has no more. */
    static List<String> dropped(Map<String, Quantity> old, Map<String, Quantity> now) {
        return new ArrayList<>(old.keySet())
                .stream().filter(name -> !now.containsKey(name)).sorted().collect(Collectors.toList());
    }
}
