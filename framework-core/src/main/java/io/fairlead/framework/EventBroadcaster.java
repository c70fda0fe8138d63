// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import io.fairlead.environment.Environment;
import io.fairlead.environment.Signal;
import io.fairlead.environment.Task;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes events from any thread into a bounded buffer, and writes them on one task. */
final class EventBroadcaster {
    /** As client-go. An event is a courtesy: when the server does not keep up, news is dropped rather than work held up. */
    static final int BUFFERED_MAX = 1000;
    /** As client-go: while the server cannot be reached, an event is tried so often... */
    static final int TRIES_MAX = 12;
    /** ...with such pauses. */
    static final Duration TRY_PAUSE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(EventBroadcaster.class);

    private final Environment environment;
    private final ResourceClient coreEvents;
    private final ResourceClient seriesEvents;
    private final Counter recorded;
    private final Counter dropped;
    private final Signal signal;
    private final ReentrantLock lock = new ReentrantLock();
    // Below: guarded by the lock.
    private final Deque<Item> buffer = new ArrayDeque<>();
    private long lastNanos;
    private boolean stopping;
    private @Nullable Task task;

    // Below: of the task alone.
    private final EventCorrelator correlator = new EventCorrelator();
    private final EventSeriesTracker series;

    private record Item(EventDraft draft, boolean isSeries) {}

    EventBroadcaster(
            Environment environment,
            MeterRegistry metrics,
            ResourceClient coreEvents,
            ResourceClient seriesEvents,
            String instance) {
        this.environment = environment;
        this.coreEvents = coreEvents;
        this.seriesEvents = seriesEvents;
        this.recorded = metrics.counter("fairlead.events.recorded");
        this.dropped = metrics.counter("fairlead.events.dropped");
        this.signal = environment.newSignal();
        this.series = new EventSeriesTracker(instance);
    }

    EventRecorder recorder(String component) {
        return (regarding, type, reason, action, message) ->
                put(component, false, new Words(regarding, type, reason, action, message));
    }

    EventRecorder seriesRecorder(String component) {
        return (regarding, type, reason, action, message) ->
                put(component, true, new Words(regarding, type, reason, action, message));
    }

    private record Words(
            ObjectReference regarding, EventRecorder.Type type, String reason, String action, String message) {}

    private void put(String component, boolean isSeries, Words words) {
        Instant now = environment.now();
        lock.lock();
        try {
            if (buffer.size() >= BUFFERED_MAX || stopping) {
                dropped.increment();
                return;
            }
            lastNanos = Math.max(lastNanos + 1, now.getEpochSecond() * 1_000_000_000L + now.getNano());
            EventDraft draft = new EventDraft(
                    component, words.regarding, words.type, words.reason, words.action, words.message, now, lastNanos);
            buffer.add(new Item(draft, isSeries));
        } finally {
            lock.unlock();
        }
        signal.raise();
    }

    void start() {
        lock.lock();
        try {
            task = environment.start("events", this::run);
        } finally {
            lock.unlock();
        }
    }

    /** Writes what is buffered and ends, at the latest when {@code patience} is over. Answers whether all was written. */
    boolean stop(Duration patience) throws InterruptedException {
        Task running;
        lock.lock();
        try {
            stopping = true;
            running = task;
        } finally {
            lock.unlock();
        }
        signal.raise();
        if (running == null || running.join(patience)) {
            return true;
        }
        running.interrupt();
        return false;
    }

    private void run() throws InterruptedException {
        Instant settleAt = environment.now().plus(EventSeriesTracker.FINISHED_AFTER);
        while (true) {
            Item item;
            boolean last;
            lock.lock();
            try {
                item = buffer.poll();
                last = stopping;
            } finally {
                lock.unlock();
            }
            if (item != null) {
                write(item);
                continue;
            }
            if (last) {
                return;
            }
            Instant now = environment.now();
            if (now.isBefore(settleAt)) {
                signal.await(Duration.between(now, settleAt));
            } else {
                settleAt = now.plus(EventSeriesTracker.FINISHED_AFTER);
                for (EventCorrelator.Decision decision : series.settle(now)) {
                    write(seriesEvents, decision);
                }
            }
        }
    }

    private void write(Item item) throws InterruptedException {
        if (item.isSeries) {
            write(seriesEvents, series.decide(item.draft));
        } else {
            write(coreEvents, correlator.decide(item.draft));
        }
    }

    private void write(ResourceClient events, EventCorrelator.Decision decision) throws InterruptedException {
        for (int attempt = 1; attempt <= TRIES_MAX; attempt++) {
            try {
                writeOnce(events, decision);
                return;
            } catch (ApiUnreachableException e) {
                LOG.debug("an event could not be written (attempt {}): {}", attempt, e.getMessage());
            }
            long jitter = environment.random().nextLong(TRY_PAUSE.toMillis() / 4 + 1);
            environment.sleep(TRY_PAUSE.plusMillis(jitter));
        }
        dropped.increment();
    }

    private void writeOnce(ResourceClient events, EventCorrelator.Decision decision) throws InterruptedException {
        switch (decision) {
            case EventCorrelator.Decision.Create create ->
                conclude(events.send(Write.create(create.key().namespace(), create.event())));
            case EventCorrelator.Decision.Count count -> {
                Answer answer = events.send(Write.patch(Write.Verb.PATCH_STRATEGIC, count.key(), count.patch()));
                if (answer instanceof Answer.NotFound) {
                    // Events live for an hour; this one has been forgotten.
                    answer = events.send(Write.create(count.key().namespace(), count.event()));
                }
                conclude(answer);
            }
            case EventCorrelator.Decision.Skip() -> {}
        }
    }

    private void conclude(Answer answer) {
        switch (answer) {
            case Answer.Done ignored -> recorded.increment();
            case Answer.Refused refused -> {
                dropped.increment();
                LOG.debug("the server refused an event: {}", refused.status().message());
            }
        }
    }
}
