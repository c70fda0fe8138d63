// SPDX-License-Identifier: Apache-2.0
package io.fairlead.kubelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.framework.Answer;
import io.fairlead.framework.Context;
import io.fairlead.framework.Lister;
import io.fairlead.framework.ObjectKey;
import io.fairlead.framework.Outcome;
import io.fairlead.framework.Reconciler;
import io.fairlead.framework.ResourceType;
import io.fairlead.framework.Write;
import io.fairlead.kubelet.PodPatches.Addresses;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Does for pods on simulated nodes what {@link PodPlanner} decides. */
final class PodReconciler implements Reconciler<PodFacts> {
    /** Addresses come free when pods go; that wakes nobody. */
    private static final Duration UNTIL_ADDRESS = Duration.ofSeconds(1);

    private final Lister<NodeFacts> nodes;
    private final NodeReconciler nodeReconciler;
    private final AddressPool addresses;
    private final Pace pace;

    PodReconciler(Lister<NodeFacts> nodes, NodeReconciler nodeReconciler, AddressPool addresses, Pace pace) {
        this.nodes = nodes;
        this.nodeReconciler = nodeReconciler;
        this.addresses = addresses;
        this.pace = pace;
    }

    @Override
    public Outcome reconcile(PodFacts pod, Context context) throws InterruptedException {
        Optional<NodeFacts> node =
                pod.nodeName().isEmpty() ? Optional.empty() : nodes.get(ObjectKey.ofCluster(pod.nodeName()));
        if (node.isEmpty() || !node.get().simulated()) {
            return Outcome.settled();
        }
        Instant now = context.now();
        Step step = PodPlanner.plan(pod, now);
        if (!(step instanceof Step.Rest || step instanceof Step.Wait)) {
            Duration wait =
                    pace.untilTurn(pod.metadata().uid(), context.environment().nanoTime());
            if (wait.isPositive()) {
                return Outcome.recheck(wait, "its turn to be reported");
            }
        }
        return carryOut(step, pod, node.get(), context);
    }

    private Outcome carryOut(Step step, PodFacts pod, NodeFacts node, Context context) throws InterruptedException {
        Instant now = context.now();
        boolean ready = Wishes.of(pod.metadata()).readyAfter().isZero();
        return switch (step) {
            case Step.Rest ignored -> Outcome.settled();
            case Step.Wait(Duration duration) -> Outcome.recheck(duration, "what comes next in the pod's life");
            case Step.Start(boolean atOnce) -> {
                Optional<Addresses> at = addresses(pod, node);
                yield at.isEmpty()
                        ? Outcome.recheck(UNTIL_ADDRESS, "no address is free")
                        : patch(context, pod, PodPatches.started(pod, atOnce, at.get(), now));
            }
            case Step.Stall(String reason) -> {
                Optional<Addresses> at = addresses(pod, node);
                yield at.isEmpty()
                        ? Outcome.recheck(UNTIL_ADDRESS, "no address is free")
                        : patch(context, pod, PodPatches.stalled(pod, reason, at.get(), now));
            }
            case Step.BecomeReady ignored -> patch(context, pod, PodPatches.ready(pod, now));
            case Step.Complete ignored -> patch(context, pod, PodPatches.completed(pod, now));
            case Step.Progress progress -> patch(context, pod, PodPatches.progressed(pod, progress, ready, now));
            case Step.Expire ignored -> patch(context, pod, PodPatches.expired(pod, now));
            case Step.Vanish ignored -> vanish(context, pod);
        };
    }

    private Optional<Addresses> addresses(PodFacts pod, NodeFacts node) {
        String host = nodeReconciler.address(node);
        return pod.spec().hostNetwork()
                ? Optional.of(new Addresses(host, host))
                : addresses.take(pod.metadata().uid()).map(ip -> new Addresses(host, ip));
    }

    private Outcome patch(Context context, PodFacts pod, ObjectNode body) throws InterruptedException {
        Write write = Write.patch(Write.Verb.PATCH_STRATEGIC, pod.metadata().key(), body)
                .onStatus();
        Answer answer = context.resources(ResourceType.PODS).send(write);
        if (answer instanceof Answer.NotFound) {
            // The informer may have said so before the address was taken.
            addresses.giveBack(pod.metadata().uid());
        }
        return outcome(answer);
    }

    /** A finalizer keeps it; then this has no effect but to say that nothing runs any more. */
    private static Outcome vanish(Context context, PodFacts pod) throws InterruptedException {
        Write write =
                Write.delete(pod.metadata().key()).ifUid(pod.metadata().uid()).withGraceSeconds(0);
        return outcome(context.resources(ResourceType.PODS).send(write));
    }

    private static Outcome outcome(Answer answer) {
        return switch (answer) {
            case Answer.Done ignored -> Outcome.settled();
            // It has gone: the informer will say so.
            case Answer.NotFound ignored -> Outcome.settled();
            case Answer.Refused refused -> Outcome.retry(refused.status().message());
        };
    }
}
