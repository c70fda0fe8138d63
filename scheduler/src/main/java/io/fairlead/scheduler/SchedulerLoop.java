// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

import io.fairlead.environment.Environment;
import io.fairlead.environment.Signal;
import io.fairlead.framework.Lister;
import io.fairlead.framework.ObjectKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Places pods, one at a time, for as long as it is not interrupted.
 *
 * <p>One task owns all state; what comes from outside comes through the {@link Inbox}. If the task fails and is started again, it
 * starts from what the listers have.
 */
final class SchedulerLoop implements Environment.Job {
    /** Pods placed before the inbox is looked at again: a few milliseconds' worth, so that placements see fresh facts. */
    private static final int BATCH = 64;

    private final String schedulerName;
    private final Environment environment;
    private final Lister<PodFacts> pods;
    private final Lister<NodeFacts> nodes;
    private final NamespaceLabels namespaces;
    private final Inbox inbox;
    private final Signal filled;
    private final Binder binder;
    private final SchedulerReports reports;

    private ClusterState state;
    private SchedulingQueue queue = new SchedulingQueue();
    /** Pods by key as they were when last looked at, to tell what changed. */
    private final Map<ObjectKey, PodFacts> seen = new HashMap<>();

    @SuppressWarnings("checkstyle:ParameterNumber") // wired once, by BuiltinScheduler
    SchedulerLoop(
            String schedulerName,
            Environment environment,
            Lister<PodFacts> pods,
            Lister<NodeFacts> nodes,
            NamespaceLabels namespaces,
            Inbox inbox,
            Signal filled,
            Binder binder,
            SchedulerReports reports) {
        this.schedulerName = schedulerName;
        this.environment = environment;
        this.pods = pods;
        this.nodes = nodes;
        this.namespaces = namespaces;
        this.inbox = inbox;
        this.filled = filled;
        this.binder = binder;
        this.reports = reports;
        this.state = new ClusterState(environment.random(), namespaces);
    }

    @Override
    public void run() throws InterruptedException {
        startAfresh();
        while (true) {
            readInbox();
            queue.flush(environment.nanoTime());
            if (!placeBatch()) {
                Optional<Duration> idle = queue.idle(environment.nanoTime());
                if (idle.isPresent()) {
                    filled.await(idle.get());
                } else {
                    filled.await();
                }
            }
        }
    }

    private void startAfresh() {
        state = new ClusterState(environment.random(), namespaces);
        queue = new SchedulingQueue();
        seen.clear();
        for (NodeFacts node : nodes.list()) {
            state.nodes().put(node);
        }
        for (PodFacts pod : pods.list()) {
            podChanged(pod.key());
        }
    }

    private void readInbox() throws InterruptedException {
        Inbox.Contents contents = inbox.empty();
        for (String node : contents.nodes()) {
            nodeChanged(node);
        }
        for (Binder.Outcome outcome : contents.outcomes()) {
            bindingEnded(outcome);
        }
        for (ObjectKey pod : contents.pods()) {
            podChanged(pod);
        }
    }

    private void nodeChanged(String name) {
        NodeFacts before = state.nodes().find(name);
        Optional<NodeFacts> found = nodes.get(ObjectKey.ofCluster(name));
        if (found.isEmpty()) {
            state.nodes().remove(name);
            return;
        }
        NodeFacts now = found.get();
        state.nodes().put(now);
        if (before == null || !before.sameFor(now)) {
            queue.wake(pod -> Hints.nodeHelps(pod, before, now), environment.nanoTime());
        }
    }

    private void podChanged(ObjectKey key) {
        PodFacts now = pods.get(key).orElse(null);
        PodFacts before = now == null ? seen.remove(key) : seen.put(key, now);
        if (before != null && (now == null || !now.uid().equals(before.uid()))) {
            queue.remove(before.uid());
            departed(before.uid());
        }
        if (now != null) {
            observe(now);
        }
    }

    private void observe(PodFacts pod) {
        if (pod.assigned()) {
            queue.remove(pod.uid());
            if (state.confirm(pod)) {
                queue.wake(other -> Hints.arrivalHelps(other, pod), environment.nanoTime());
            }
        } else if (!pod.waitsFor(schedulerName)) {
            queue.remove(pod.uid());
            departed(pod.uid());
        } else if (!state.isAssumed(pod.uid())) {
            queue.put(pod, environment.nanoTime());
        }
    }

    private void departed(String uid) {
        state.vacate(uid).ifPresent(gone -> queue.wake(pod -> Hints.departureHelps(pod, gone), environment.nanoTime()));
    }

    private void bindingEnded(Binder.Outcome outcome) throws InterruptedException {
        switch (outcome) {
            case Binder.Bound ignored -> {
                // The informer will say so, too; until then the pod stays assumed.
            }
            case Binder.NotBound(QueuedPod pod, String message, boolean podGone) -> {
                PodFacts facts = latest(pod.facts());
                if (state.forget(facts.uid())) {
                    queue.wake(other -> Hints.departureHelps(other, pod.facts()), environment.nanoTime());
                    if (seen.containsKey(facts.key())) {
                        queue.failed(facts, pod.attempts, environment.nanoTime());
                    }
                }
                reports.notBound(facts, message, podGone);
            }
        }
    }

    /** The pod as last seen, or as it was if it has gone since. */
    private PodFacts latest(PodFacts pod) {
        PodFacts now = seen.get(pod.key());
        return now != null && now.uid().equals(pod.uid()) ? now : pod;
    }

    /** Places some pods; answers whether it is worth coming back at once. */
    private boolean placeBatch() throws InterruptedException {
        for (int i = 0; i < BATCH; i++) {
            if (!binder.hasRoom()) {
                // A binding that ends fills the inbox.
                return false;
            }
            Optional<QueuedPod> next = queue.take();
            if (next.isEmpty()) {
                return false;
            }
            place(next.get());
        }
        return true;
    }

    private void place(QueuedPod pod) throws InterruptedException {
        PodFacts facts = pod.facts();
        if (facts.metadata().terminating()) {
            queue.remove(facts.uid());
            reports.skipped(facts);
            return;
        }
        switch (state.place(facts)) {
            case Decision.Placed(String node) -> {
                state.assume(facts, node);
                queue.remove(facts.uid());
                binder.bind(pod, node);
            }
            case Decision.Unplaceable(Diagnosis diagnosis) -> {
                queue.rejected(pod, diagnosis, environment.nanoTime());
                reports.unschedulable(facts, diagnosis.message());
            }
        }
    }
}
