// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

import io.fairlead.environment.Environment;
import io.fairlead.environment.Signal;
import io.fairlead.framework.Answer;
import io.fairlead.framework.ApiUnreachableException;
import io.fairlead.framework.Call;
import io.fairlead.framework.ResourceClient;
import io.fairlead.framework.Write;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Tells the server on which nodes pods were placed, many at a time: the scheduler goes on with the next pod meanwhile.
 *
 * <p>The scheduler's task hands pods in; a task of its own waits for the answers, in order.
 */
final class Binder implements Environment.Job {
    /** Bindings under way at once: enough to hide the way to a distant server, few enough not to flood it. */
    static final int UNDER_WAY_MAX = 256;

    private final ResourceClient pods;
    private final SchedulerReports reports;
    private final Inbox inbox;
    private final Signal handedIn;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Binding> underWay = new ArrayDeque<>();

    /** A binding that was sent. */
    private record Binding(QueuedPod pod, String node, Call<Answer> call) {}

    /** How a binding ended. */
    sealed interface Outcome {
        QueuedPod pod();
    }

    /** The server has put the pod on the node. */
    record Bound(QueuedPod pod) implements Outcome {}

    /** It has not, or has not answered. */
    record NotBound(QueuedPod pod, String message, boolean podGone) implements Outcome {}

    Binder(ResourceClient pods, SchedulerReports reports, Inbox inbox, Signal handedIn) {
        this.pods = pods;
        this.reports = reports;
        this.inbox = inbox;
        this.handedIn = handedIn;
    }

    /** Whether another binding may be handed in. */
    boolean hasRoom() {
        lock.lock();
        try {
            return underWay.size() < UNDER_WAY_MAX;
        } finally {
            lock.unlock();
        }
    }

    /** Sends the binding; how it ended comes into the inbox. */
    void bind(QueuedPod pod, String node) {
        PodFacts facts = pod.facts();
        Call<Answer> call = pods.start(Write.bind(facts.key(), facts.uid(), node));
        lock.lock();
        try {
            underWay.add(new Binding(pod, node, call));
        } finally {
            lock.unlock();
        }
        handedIn.raise();
    }

    /** Waits for answers until interrupted. */
    @Override
    public void run() throws InterruptedException {
        while (true) {
            Binding binding = first();
            if (binding == null) {
                handedIn.await();
                continue;
            }
            Outcome outcome = await(binding);
            if (outcome instanceof Bound) {
                reports.scheduled(binding.pod.facts(), binding.node);
            }
            lock.lock();
            try {
                underWay.poll();
            } finally {
                lock.unlock();
            }
            inbox.bindingEnded(outcome);
        }
    }

    private @Nullable Binding first() {
        lock.lock();
        try {
            return underWay.peek();
        } finally {
            lock.unlock();
        }
    }

    private static Outcome await(Binding binding) throws InterruptedException {
        try {
            return switch (binding.call.await()) {
                case Answer.Done ignored -> new Bound(binding.pod);
                case Answer.NotFound missing ->
                    new NotBound(binding.pod, missing.status().message(), true);
                case Answer.Refused refused ->
                    new NotBound(binding.pod, refused.status().message(), false);
            };
        } catch (ApiUnreachableException e) {
            return new NotBound(binding.pod, String.valueOf(e.getMessage()), false);
        }
    }
}
