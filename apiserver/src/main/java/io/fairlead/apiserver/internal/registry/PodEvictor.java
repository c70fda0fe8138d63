// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.selector.LabelSelector;
import io.fairlead.apiserver.internal.status.ApiStatus;
import io.fairlead.apiserver.internal.status.StatusException;
import io.fairlead.apiserver.internal.storage.Stored;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Deletes pods as far as their disruption budgets allow. Any thread may call it. */
public final class PodEvictor {
    /** More disruptions under way than this mean that nobody looks after the budget; upstream's number. */
    private static final int DISRUPTED_MAX = 2_000;

    /** When to try again while nobody has looked at the budget yet. */
    private static final int RETRY_SECONDS = 10;

    private static final String REFUSED = "Cannot evict pod as it would violate the pod's disruption budget.";

    private final ObjectReader reader;
    private final ObjectUpdater updater;
    private final ObjectDeleter deleter;
    private final Resource budgets;

    PodEvictor(ObjectReader reader, ObjectUpdater updater, ObjectDeleter deleter, Resource budgets) {
        this.reader = reader;
        this.updater = updater;
        this.deleter = deleter;
        this.budgets = budgets;
    }

    /** Evicts the pod that {@code write} names. */
    public Answer evict(WriteContext write, JsonObject eviction, DeleteOptions options) {
        if (!Metadata.name(eviction).equals(write.name())) {
            throw ApiStatus.badRequest("name in URL does not match name in Eviction object")
                    .exception();
        }
        boolean dryRun = write.dryRun() || options.dryRun();
        WriteOptions writeOptions = write.options().dryRun(dryRun);
        WriteContext pod =
                new WriteContext(write.request(), write.resource(), write.namespace(), write.name(), "", writeOptions);
        Stored stored = reader.get(pod.resource(), pod.namespace(), pod.name(), "");
        JsonObject tree = pod.resource().tree(stored);
        if (!ignoresBudgets(tree)) {
            askBudget(pod, stored, dryRun);
        }
        if (!dryRun) {
            mark(pod);
        }
        deleter.delete(pod, options);
        return StatusAnswers.success(write.resource(), 201);
    }

    private static boolean ignoresBudgets(JsonObject pod) {
        String phase = pod.objectOrEmpty("status").text("phase");
        return Metadata.isDeleting(pod) || !phase.equals("Running");
    }

    private void askBudget(WriteContext pod, Stored stored, boolean dryRun) {
        Map<String, String> labels = stored.facts().labels();
        List<JsonObject> matching = reader.all(budgets, pod.namespace()).stream()
                .map(budgets::tree)
                .filter(budget -> selects(budget, labels))
                .toList();
        if (matching.size() > 1) {
            throw ApiStatus.unexpected(
                            "This pod has more than one PodDisruptionBudget, which the eviction subresource does"
                                    + " not support.")
                    .exception();
        }
        if (matching.isEmpty()) {
            return;
        }
        String name = Metadata.name(matching.getFirst());
        if (dryRun) {
            take(pod, matching.getFirst().deepCopy());
            return;
        }
        WriteContext budget = new WriteContext(pod.request(), budgets, pod.namespace(), name, "status", pod.options());
        updater.update(budget, UpdateRules.SERVER, false, new ObjectUpdater.Edit() {
            @Override
            public JsonObject apply(@Nullable JsonObject old) {
                if (old == null) {
                    throw ApiStatus.notFound(budgets.definition(), name).exception();
                }
                return take(pod, old.deepCopy());
            }

            @Override
            public boolean ownsFields() {
                return true;
            }
        });
    }

    private static boolean selects(JsonObject budget, Map<String, String> labels) {
        JsonObject selector = budget.objectOrEmpty("spec").object("selector");
        return selector != null && LabelSelector.of(selector).matches(labels);
    }

    /** Counts the pod as one disruption of {@code budget}, which is changed; refuses if none is left. */
    private static JsonObject take(WriteContext pod, JsonObject budget) {
        String name = Metadata.name(budget);
        JsonObject status = budget.child("status");
        if (status.number("observedGeneration") < Metadata.of(budget).number("generation")) {
            throw refused("The disruption budget " + name + " is still being processed by the server.", RETRY_SECONDS);
        }
        long allowed = status.number("disruptionsAllowed");
        if (allowed < 0) {
            throw forbidden(name, "pdb disruptions allowed is negative");
        }
        if (status.objectOrEmpty("disruptedPods").size() > DISRUPTED_MAX) {
            throw forbidden(name, "DisruptedPods map too big - too many evictions not confirmed by PDB controller");
        }
        if (allowed == 0) {
            long desired = status.number("desiredHealthy");
            long current = status.number("currentHealthy");
            throw refused(
                    current <= desired
                            ? "The disruption budget " + name + " needs " + desired + " healthy pods and has " + current
                                    + " currently"
                            : "The disruption budget " + name + " does not allow evicting pods currently",
                    0);
        }
        String now = Metadata.time(pod.request().now());
        status.put("disruptionsAllowed", allowed - 1);
        if (allowed == 1) {
            markExhausted(status, now);
        }
        status.child("disruptedPods").put(pod.name(), now);
        return budget;
    }

    private static void markExhausted(JsonObject status, String now) {
        JsonArray conditions = status.childArray("conditions");
        conditions.removeIf(
                each -> each instanceof JsonObject old && old.text("type").equals("DisruptionAllowed"));
        conditions.add(new JsonObject()
                .put("type", "DisruptionAllowed")
                .put("status", "False")
                .put("observedGeneration", status.number("observedGeneration"))
                .put("lastTransitionTime", now)
                .put("reason", "InsufficientPods")
                .put("message", ""));
    }

    private static StatusException refused(String cause, int retrySeconds) {
        JsonObject details = new JsonObject()
                .put(
                        "causes",
                        JsonArray.of(new JsonObject()
                                .put("reason", "DisruptionBudget")
                                .put("message", cause)));
        if (retrySeconds > 0) {
            details.put("retryAfterSeconds", retrySeconds);
        }
        return new ApiStatus(429, "TooManyRequests", REFUSED, details).exception();
    }

    private static StatusException forbidden(String budget, String why) {
        return new ApiStatus(
                        403,
                        "Forbidden",
                        "poddisruptionbudgets.policy \"" + budget + "\" is forbidden: " + why,
                        ApiStatus.details("policy", "poddisruptionbudgets", budget))
                .exception();
    }

    /** Says in the pod's status why it goes. */
    private void mark(WriteContext pod) {
        updater.update(pod, UpdateRules.SERVER, false, new ObjectUpdater.Edit() {
            @Override
            public JsonObject apply(@Nullable JsonObject old) {
                if (old == null) {
                    throw ApiStatus.notFound(pod.resource().definition(), pod.name())
                            .exception();
                }
                JsonObject next = old.deepCopy();
                JsonObject condition = PodConditions.named(next, "DisruptionTarget");
                if (!condition.text("status").equals("True")) {
                    condition.put(
                            "lastTransitionTime", Metadata.time(pod.request().now()));
                }
                condition
                        .put("status", "True")
                        .put("reason", "EvictionByEvictionAPI")
                        .put("message", "Eviction API: evicting");
                return next;
            }

            @Override
            public boolean ownsFields() {
                return true;
            }
        });
    }
}
