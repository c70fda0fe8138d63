// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.admission.builtin;

import io.fairlead.apiserver.internal.admission.AdmissionPlugin;
import io.fairlead.apiserver.internal.admission.AdmissionRequest;
import io.fairlead.apiserver.internal.admission.AdmissionRequest.Operation;
import io.fairlead.apiserver.internal.admission.ObjectAccess;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.status.ApiStatus;
import io.fairlead.apiserver.internal.status.StatusException;
import io.fairlead.apiserver.internal.validation.Quantity;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Counts what is created in a namespace against its quotas, and refuses what exceeds one.
 *
 * <p>The count stands in the quota's status, is raised before the object is stored, and is lowered by nobody but the quota
 * controller; so a write that fails after this plugin is counted until that one looks again. A quota limits nothing until its
 * status has been filled in.
 */
final class ResourceQuotas implements AdmissionPlugin {
    private static final String QUOTAS = "resourcequotas";

    /** As many races for one quota as upstream loses before it gives up. */
    private static final int ATTEMPTS_MAX = 3;

    private final ObjectAccess access;

    ResourceQuotas(ObjectAccess access) {
        this.access = access;
    }

    @Override
    public void validate(AdmissionRequest request) {
        boolean written = request.operation() == Operation.CREATE || request.operation() == Operation.UPDATE;
        JsonObject object = request.object();
        if (!written
                || object == null
                || !request.subresource().isEmpty()
                || request.namespace().isEmpty()) {
            return;
        }
        Map<String, Quantity> delta = delta(request, object);
        if (delta.isEmpty()) {
            return;
        }
        boolean pods = request.isFor("pods");
        for (JsonObject quota : access.list(QUOTAS, request.namespace())) {
            if (!pods || QuotaUsage.inScope(quota, object)) {
                charge(request, quota, delta);
            }
        }
    }

    /** What the write adds: nothing of what it gives back, which is the controller's to count. */
    private static Map<String, Quantity> delta(AdmissionRequest request, JsonObject object) {
        Map<String, Quantity> delta = new TreeMap<>(QuotaUsage.of(request.resource(), object));
        JsonObject old = request.old();
        if (old != null) {
            QuotaUsage.of(request.resource(), old)
                    .forEach((name, amount) -> delta.merge(name, amount, (now, before) -> now.minus(before)));
        }
        delta.values().removeIf(amount -> amount.signum() <= 0);
        return delta;
    }

    private void charge(AdmissionRequest request, JsonObject first, Map<String, Quantity> delta) {
        JsonObject quota = first;
        String name = first.objectOrEmpty("metadata").text("name");
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            JsonObject status = quota.child("status");
            Set<String> limited = new TreeSet<>(status.objectOrEmpty("hard").names());
            if (request.isFor("pods") && request.operation() == Operation.CREATE && request.object() != null) {
                String unsaid = QuotaUsage.unsaid(request.object(), limited);
                if (!unsaid.isEmpty()) {
                    throw refused(request, "failed quota: " + name + ": must specify " + unsaid);
                }
            }
            limited.retainAll(delta.keySet());
            if (limited.isEmpty()) {
                return;
            }
            check(request, name, status, limited, delta);
            if (request.dryRun()) {
                return;
            }
            JsonObject used = status.child("used");
            for (String each : limited) {
                used.put(
                        each,
                        Quantity.orZero(used.get(each))
                                .plus(amount(delta, each))
                                .text());
            }
            if (access.replace(QUOTAS, quota)) {
                return;
            }
            quota = access.find(QUOTAS, request.namespace(), name).orElse(null);
            if (quota == null) {
                return;
            }
        }
        throw ApiStatus.conflict(
                        request.resource(),
                        request.name(),
                        "the object has been modified; please apply your changes to the latest version and try again")
                .exception();
    }

    private static void check(
            AdmissionRequest request,
            String name,
            JsonObject status,
            Set<String> limited,
            Map<String, Quantity> delta) {
        JsonObject used = status.objectOrEmpty("used");
        JsonObject hard = status.objectOrEmpty("hard");
        StringBuilder requested = new StringBuilder();
        StringBuilder before = new StringBuilder();
        StringBuilder bound = new StringBuilder();
        for (String each : limited) {
            if (!used.has(each)) {
                throw refused(request, "status unknown for quota: " + name + ", resources: " + each);
            }
            Quantity sum = Quantity.orZero(used.get(each)).plus(amount(delta, each));
            if (sum.compareTo(Quantity.orZero(hard.get(each))) > 0) {
                String comma = requested.isEmpty() ? "" : ",";
                requested
                        .append(comma)
                        .append(each)
                        .append('=')
                        .append(amount(delta, each).text());
                before.append(comma).append(each).append('=').append(used.text(each));
                bound.append(comma).append(each).append('=').append(hard.text(each));
            }
        }
        if (!requested.isEmpty()) {
            throw refused(
                    request,
                    "exceeded quota: " + name + ", requested: " + requested + ", used: " + before + ", limited: "
                            + bound);
        }
    }

    private static Quantity amount(Map<String, Quantity> delta, String name) {
        return delta.getOrDefault(name, Quantity.ZERO);
    }

    private static StatusException refused(AdmissionRequest request, String why) {
        return ApiStatus.forbidden(request.resource(), request.name(), why).exception();
    }
}
