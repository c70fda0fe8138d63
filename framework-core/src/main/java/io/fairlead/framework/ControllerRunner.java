// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fairlead.environment.Environment;
import io.fairlead.environment.Task;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one controller: its queue, its workers, and the handlers that wake its keys. */
final class ControllerRunner<T> {
    private static final Logger LOG = LoggerFactory.getLogger(ControllerRunner.class);

    private final ControllerSpec<T> spec;
    private final Surroundings surroundings;
    private final SignalQueue<ObjectKey> queue;
    private final WriteFence fence;
    private final StreamInformer<T> primary;
    private final Measures measures;
    private final List<Task> workers = new ArrayList<>();

    /** What a controller gets from its host. */
    record Surroundings(
            Environment environment,
            KubernetesClient kubernetes,
            Function<ResourceType, ResourceClient> resources,
            EventRecorder events,
            MeterRegistry metrics,
            Duration fenceTimeout) {}

    /** Finds the shared informer of a source. */
    interface Informers {
        <S> StreamInformer<S> of(Source<S> source);
    }

    private record Measures(
            Timer time, Counter settled, Counter recheck, Counter retry, Counter failed, Counter threw) {
        private static Measures of(MeterRegistry registry, String name) {
            Tags tags = Tags.of("controller", name);
            return new Measures(
                    registry.timer("fairlead.reconcile.time", tags),
                    registry.counter("fairlead.reconcile", tags.and("outcome", "settled")),
                    registry.counter("fairlead.reconcile", tags.and("outcome", "recheck")),
                    registry.counter("fairlead.reconcile", tags.and("outcome", "retry")),
                    registry.counter("fairlead.reconcile", tags.and("outcome", "failed")),
                    registry.counter("fairlead.reconcile", tags.and("outcome", "threw")));
        }
    }

    ControllerRunner(ControllerSpec<T> spec, Surroundings surroundings, Informers informers) {
        this.spec = spec;
        this.surroundings = surroundings;
        this.queue = new SignalQueue<>(
                surroundings.environment(),
                spec.retryLimits(),
                surroundings.fenceTimeout(),
                QueueMetrics.of(surroundings.metrics(), spec.name()));
        this.fence = new WriteFence(queue::release);
        this.measures = Measures.of(surroundings.metrics(), spec.name());
        this.primary = informers.of(spec.primary());
        surroundings.metrics().gauge("fairlead.queue.depth", Tags.of("name", spec.name()), queue, SignalQueue::depth);
        Set<StreamInformer<?>> read = new LinkedHashSet<>();
        read.add(primary);
        for (ControllerSpec.Watch<?> watch : spec.watches()) {
            read.add(informers.of(watch.source()));
        }
        for (Source<?> source : spec.reads()) {
            read.add(informers.of(source));
        }
        read.forEach(fence::watch);
        connect(new ControllerSpec.Watch<>(spec.primary(), spec.filter(), spec.primaryMapper()), informers);
        for (ControllerSpec.Watch<?> watch : spec.watches()) {
            connect(watch, informers);
        }
    }

    private <S> void connect(ControllerSpec.Watch<S> watch, Informers informers) {
        Trigger normal = new QueueTrigger(queue, Priority.NORMAL);
        Trigger low = new QueueTrigger(queue, Priority.LOW);
        informers.of(watch.source()).onChange(change -> {
            if (watch.filter().test(change)) {
                boolean initial = change instanceof Change.Added<S> added && added.initial();
                watch.mapper().map(change, initial ? low : normal);
            }
        });
    }

    Trigger trigger() {
        return new QueueTrigger(queue, Priority.NORMAL);
    }

    /** Starts the workers; once. */
    void start() {
        for (int i = 0; i < spec.workers(); i++) {
            workers.add(surroundings.environment().start(spec.name() + " worker " + i, this::work));
        }
    }

    void shutDown() {
        queue.shutDown();
    }

    /** Waits until the workers have ended; interrupts those that have not at the deadline. Answers whether all ended by then. */
    boolean join(long deadlineNanos) throws InterruptedException {
        boolean ended = true;
        for (Task worker : workers) {
            long left = deadlineNanos - surroundings.environment().nanoTime();
            if (!worker.join(Duration.ofNanos(Math.max(0, left)))) {
                ended = false;
                worker.interrupt();
            }
        }
        return ended;
    }

    private void work() throws InterruptedException {
        Optional<ObjectKey> taken = queue.take();
        while (taken.isPresent()) {
            ObjectKey key = taken.get();
            try {
                reconcile(key);
            } finally {
                boolean hold = fence.holds(key);
                queue.done(key, hold);
                if (hold && !fence.holds(key)) {
                    // The last write was seen in between.
                    queue.release(key);
                }
            }
            taken = queue.take();
        }
    }

    private void reconcile(ObjectKey key) throws InterruptedException {
        Environment environment = surroundings.environment();
        long start = environment.nanoTime();
        int failures = queue.failures(key);
        Context context = new ReconcileContext(surroundings, fence, key, failures);
        try {
            Optional<T> object = primary.lister().get(key);
            Outcome outcome = object.isPresent()
                    ? spec.reconciler().reconcile(object.get(), context)
                    : spec.reconciler().removed(key, context);
            conclude(key, outcome, failures);
        } catch (RuntimeException e) {
            measures.threw().increment();
            if (retry(key, failures)) {
                LOG.warn("{} {}: failed and is tried again: {}", spec.name(), key, e.toString(), e);
            } else {
                LOG.error("{} {}: failed too often and is given up: {}", spec.name(), key, e.toString(), e);
            }
        } finally {
            measures.time().record(Duration.ofNanos(environment.nanoTime() - start));
        }
    }

    private void conclude(ObjectKey key, Outcome outcome, int failures) {
        switch (outcome) {
            case Outcome.Settled() -> {
                measures.settled().increment();
                queue.forget(key);
            }
            case Outcome.Recheck(Duration after, String reason) -> {
                measures.recheck().increment();
                LOG.debug("{} {}: looked at again in {}: {}", spec.name(), key, after, reason);
                queue.forget(key);
                queue.addAfter(key, after, Priority.NORMAL);
            }
            case Outcome.Retry(String reason) -> {
                measures.retry().increment();
                if (retry(key, failures)) {
                    LOG.debug("{} {}: tried again: {}", spec.name(), key, reason);
                } else {
                    LOG.warn("{} {}: tried too often and given up: {}", spec.name(), key, reason);
                }
            }
            case Outcome.Failed(String reason) -> {
                measures.failed().increment();
                LOG.warn("{} {}: {}", spec.name(), key, reason);
                queue.forget(key);
            }
        }
    }

    /** Whether the key is tried again. */
    private boolean retry(ObjectKey key, int failures) {
        if (failures >= spec.retriesMax()) {
            queue.forget(key);
            return false;
        }
        queue.retry(key, Priority.NORMAL);
        return true;
    }
}
