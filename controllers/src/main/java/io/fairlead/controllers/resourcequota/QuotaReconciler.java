// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.resourcequota;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.controllers.internal.Quantity;
import io.fairlead.controllers.resourcequota.QuotaFacts.Status;
import io.fairlead.framework.Answer;
import io.fairlead.framework.ApiRefusedException;
import io.fairlead.framework.Context;
import io.fairlead.framework.Outcome;
import io.fairlead.framework.Projection;
import io.fairlead.framework.Reconciler;
import io.fairlead.framework.ResourceType;
import io.fairlead.framework.Selection;
import io.fairlead.framework.Write;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts for one quota, and writes what it found: decisions are in {@link QuotaPlanner}. */
final class QuotaReconciler implements Reconciler<QuotaFacts> {
    /** Counts that went wrong without anybody noticing are mended after so long at the latest. As in the original. */
    private static final Duration RECOUNT = Duration.ofMinutes(5);

    private final ServedKinds kinds;

    QuotaReconciler(ServedKinds kinds) {
        this.kinds = requireNonNull(kinds, "kinds");
    }

    @Override
    public Outcome reconcile(QuotaFacts quota, Context context) throws InterruptedException {
        List<ResourceType> served = kinds.known();
        if (served.isEmpty()) {
            // Whoever finds out which kinds there are wakes all quotas.
            return Outcome.settled();
        }
        Map<ResourceType, Set<String>> wanted = new LinkedHashMap<>();
        for (String name : new TreeSet<>(quota.hard().keySet())) {
            QuotaPlanner.counted(name, served).ifPresent(type -> wanted.computeIfAbsent(type, none -> new TreeSet<>())
                    .add(name));
        }
        Map<String, Quantity> used = new TreeMap<>();
        for (Map.Entry<ResourceType, Set<String>> each : wanted.entrySet()) {
            used.putAll(QuotaPlanner.sum(each.getValue(), usages(each.getKey(), quota, context)));
        }
        Optional<Status> status = QuotaPlanner.status(quota, used);
        if (status.isPresent() && !write(quota, status.get(), context)) {
            return Outcome.retry("it has changed");
        }
        return Outcome.recheck(RECOUNT, "a recount");
    }

    private static List<Map<String, Quantity>> usages(ResourceType type, QuotaFacts quota, Context context)
            throws InterruptedException {
        Selection here = Selection.ALL.inNamespace(quota.metadata().namespace());
        boolean looksInside = type.equals(ResourceType.PODS)
                || type.equals(ResourceType.SERVICES)
                || type.equals(ResourceType.PERSISTENT_VOLUME_CLAIMS);
        if (!looksInside) {
            int count = quota.scopes().isEmpty()
                    ? context.resources(type).list(here, Projection.metadata()).size()
                    : 0;
            Quantity number = Quantity.of(count);
            return List.of(Map.of("count/" + type, number, type.toString(), number));
        }
        return context.resources(type).list(here, Projection.tree()).stream()
                .map(object -> object.tree())
                .filter(tree -> quota.scopes().stream().allMatch(scope -> covers(scope, type, tree)))
                .map(tree -> usage(type, tree, context))
                .toList();
    }

    private static boolean covers(Scope scope, ResourceType type, JsonNode object) {
        return type.equals(ResourceType.PODS)
                ? scope.coversPod(object)
                : type.equals(ResourceType.PERSISTENT_VOLUME_CLAIMS) && scope.coversClaim(object);
    }

    private static Map<String, Quantity> usage(ResourceType type, JsonNode object, Context context) {
        if (type.equals(ResourceType.PODS)) {
            return PodUsage.of(object, context.now());
        }
        return type.equals(ResourceType.SERVICES) ? OtherUsage.ofService(object) : OtherUsage.ofClaim(object);
    }

    /** Holds only for the version that was counted for: the API server raises counts at the same time. */
    private static boolean write(QuotaFacts quota, Status status, Context context) throws InterruptedException {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("metadata")
                .put("uid", quota.metadata().uid())
                .put("resourceVersion", quota.metadata().resourceVersion());
        ObjectNode fields = patch.putObject("status");
        fill(fields.putObject("hard"), quota.status().hard(), status.hard());
        fill(fields.putObject("used"), quota.status().used(), status.used());
        Write write = Write.patch(Write.Verb.PATCH_MERGE, quota.metadata().key(), patch)
                .onStatus();
        return switch (context.resources(ResourceType.RESOURCE_QUOTAS).send(write)) {
            case Answer.Done ignored -> true;
            case Answer.NotFound ignored -> true;
            case Answer.Conflict ignored -> false;
            case Answer.Refused refused -> throw new ApiRefusedException(refused.status());
        };
    }

    private static void fill(ObjectNode patch, Map<String, Quantity> old, Map<String, Quantity> now) {
        QuotaPlanner.dropped(old, now).forEach(patch::putNull);
        new TreeMap<>(now).forEach((name, amount) -> patch.put(name, amount.text()));
    }
}
