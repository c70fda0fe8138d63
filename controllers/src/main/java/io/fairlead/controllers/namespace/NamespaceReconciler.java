// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.namespace;

import io.fairlead.controllers.internal.Condition;
import io.fairlead.framework.ApiUnreachableException;
import io.fairlead.framework.Context;
import io.fairlead.framework.ControllerHost;
import io.fairlead.framework.Discovery;
import io.fairlead.framework.Outcome;
import io.fairlead.framework.Reconciler;
import io.fairlead.framework.ResourceType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** Empties and lets go: decisions are in {@link NamespacePlanner}, effects in {@link NamespaceActions}. */
final class NamespaceReconciler implements Reconciler<NamespaceFacts> {
    private static final Predicate<Discovery.Served> IS_PODS =
            served -> served.type().equals(ResourceType.PODS);

    private final ControllerHost host;

    NamespaceReconciler(ControllerHost host) {
        this.host = host;
    }

    @Override
    public Outcome reconcile(NamespaceFacts namespace, Context context) throws InterruptedException {
        if (!namespace.metadata().terminating() || namespace.finalizers().isEmpty()) {
            return Outcome.settled();
        }
        Duration early = NamespacePlanner.untilSettled(namespace, context.now());
        if (early.isPositive()) {
            return Outcome.recheck(early, "it is being deleted only since now");
        }
        NamespaceActions actions = new NamespaceActions(namespace, context);
        Discovery discovery = discover();
        List<Discovery.Served> deletable = discovery.resources().stream()
                .filter(served -> served.type().namespaced() && served.preferred())
                .filter(served -> served.can("delete", "list"))
                .toList();
        Remains.Tally tally = new Remains.Tally();
        for (Discovery.Served pods : deletable.stream().filter(IS_PODS).toList()) {
            actions.empty(pods, tally);
        }
        Remains remains = tally.remains(discovery.failures());
        boolean podsRemain = !remains.counts().isEmpty() || !remains.failures().isEmpty();
        if (!podsRemain) {
            for (Discovery.Served served :
                    deletable.stream().filter(IS_PODS.negate()).toList()) {
                actions.empty(served, tally);
            }
            remains = tally.remains(discovery.failures());
        }
        Instant now = context.now();
        List<Condition> conditions = NamespacePlanner.conditions(namespace, remains, podsRemain, now);
        actions.writeConditions(conditions);
        if (!remains.nothing()) {
            return Outcome.recheck(NamespacePlanner.untilNextLook(namespace, now), "it is not empty yet");
        }
        return actions.letGo() ? Outcome.settled() : Outcome.retry("it has changed");
    }

    /** What cannot be asked at all is a group that does not answer. */
    private Discovery discover() throws InterruptedException {
        try {
            return host.discover();
        } catch (ApiUnreachableException e) {
            return new Discovery(List.of(), List.of(String.valueOf(e.getMessage())));
        }
    }
}
