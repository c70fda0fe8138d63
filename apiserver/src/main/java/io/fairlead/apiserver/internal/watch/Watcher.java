// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.watch;

import io.fairlead.apiserver.ApiResponse.Chunks;
import io.fairlead.apiserver.ApiResponse.Next;
import io.fairlead.apiserver.internal.status.ApiStatus;
import io.fairlead.environment.Environment;
import io.fairlead.environment.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A position in a ring, read by the one who sends.
 *
 * <p>{@link #take} is called by one thread at a time and owns the position. {@code idle} is how it and the hub agree on a
 * wake-up: {@link #take} raises it before it says that there is nothing and then looks once more; whoever lowers it wakes.
 */
final class Watcher implements Chunks {
    /** How often a watcher learns how far it has come; as the original. */
    private static final Duration BOOKMARK_EVERY = Duration.ofMinutes(1);

    /** A last bookmark comes this long before the end, so that the next watch can begin there; as the original. */
    private static final Duration BOOKMARK_BEFORE_END = Duration.ofSeconds(2);

    /** A sleeping watcher whom no event concerns is woken after this many to move on, lest the ring overtake it. */
    private static final int SKIPPED_MAX = 256;

    private final Environment environment;
    private final EventHub hub;
    private final EventRing ring;
    private final WatchRequest request;
    private final long deadlineNanos;

    private final AtomicBoolean idle = new AtomicBoolean();
    private volatile Runnable wake = () -> {};
    private volatile boolean ended;
    private volatile boolean bookmarkDue;
    private volatile @Nullable Timer timer;
    /** Written by the taker only; the hub reads it to see how far a sleeper is behind. */
    private volatile long position;
    /** Up to here the hub has looked for events that concern a sleeper. */
    private volatile long scanned;

    // The rest belongs to the taker.
    private FrameForm form;
    private int initialSent;
    private boolean initialEndSent;
    private boolean finished;

    Watcher(Environment environment, EventHub hub, EventRing ring, WatchRequest request) {
        this.environment = environment;
        this.hub = hub;
        this.ring = ring;
        this.request = request;
        this.form = request.form();
        this.deadlineNanos = environment.nanoTime() + request.timeout().toNanos();
        this.position = ring.sequenceAfter(request.after());
        this.initialEndSent = !request.marksInitialEnd();
    }

    void start() {
        scheduleNext();
    }

    @Override
    public Next take() {
        if (finished) {
            return new Next.End();
        }
        while (true) {
            List<byte[]> segments = next();
            if (segments != null) {
                return new Next.Chunk(segments);
            }
            if (finished || ended) {
                finish();
                return new Next.End();
            }
            idle.set(true);
            // What was added between the look and the raise woke nobody.
            if (position >= ring.end() && !bookmarkDue && !ended) {
                return new Next.Nothing();
            }
            idle.set(false);
        }
    }

    /** The next frame, or null if there is none now. */
    private @Nullable List<byte[]> next() {
        while (initialSent < request.initial().size()) {
            List<byte[]> segments =
                    shown(form.frame(EventType.ADDED, request.initial().get(initialSent++)));
            if (segments != null) {
                return segments;
            }
        }
        if (!initialEndSent) {
            initialEndSent = true;
            return form.bookmark(request.after(), true);
        }
        // Read before the ring: everything up to here is in it.
        long reached = hub.revision();
        List<byte[]> segments = nextEvent();
        if (segments != null || finished) {
            return segments;
        }
        if (bookmarkDue) {
            bookmarkDue = false;
            scheduleNext();
            return form.bookmark(Math.max(reached, request.after()), false);
        }
        return null;
    }

    private @Nullable List<byte[]> nextEvent() {
        while (position < ring.end()) {
            Event event = ring.at(position);
            if (event == null) {
                List<byte[]> expired = form.error(ApiStatus.tooOld(request.after(), ring.forgotten()));
                finish();
                return expired;
            }
            position = event.sequence() + 1;
            EventType type = event.revision() <= request.after() ? null : event.typeFor(request.selects());
            if (type != null) {
                List<byte[]> segments = shown(event.frame(type, form));
                if (segments != null) {
                    return segments;
                }
            }
        }
        return null;
    }

    private @Nullable List<byte[]> shown(List<byte[]> segments) {
        if (segments.isEmpty()) {
            return null;
        }
        form = form.afterFirst();
        return segments;
    }

    @Override
    public void onReady(Runnable action) {
        wake = action;
        // What came between the last look and this call woke whoever was there before, or nobody.
        if (!idle.get() && (position < ring.end() || bookmarkDue || ended)) {
            action.run();
        }
    }

    @Override
    public void close() {
        ended = true;
        detach();
    }

    /** Lets the stream end after what it still has to show. */
    void end() {
        ended = true;
        wakeIfIdle();
    }

    /** Called after events were added: wakes the taker if it waits and one of them may concern it. */
    void eventsAdded() {
        if (!idle.get()) {
            return;
        }
        long end = ring.end();
        boolean concerned = end - position > SKIPPED_MAX;
        for (long i = Math.max(position, scanned); i < end && !concerned; i++) {
            Event event = ring.at(i);
            concerned = event == null || event.typeFor(request.selects()) != null;
        }
        if (concerned) {
            wakeIfIdle();
        } else {
            scanned = end;
        }
    }

    private void wakeIfIdle() {
        if (idle.compareAndSet(true, false)) {
            wake.run();
        }
    }

    private void finish() {
        finished = true;
        ended = true;
        detach();
    }

    private void detach() {
        ring.remove(this);
        Timer running = timer;
        if (running != null) {
            running.cancel();
        }
    }

    /** One timer at a time: for the next bookmark, or for the end. */
    private void scheduleNext() {
        Duration left = Duration.ofNanos(deadlineNanos - environment.nanoTime());
        Duration delay = left;
        boolean bookmark = false;
        if (request.bookmarks()) {
            Duration beforeEnd = left.minus(BOOKMARK_BEFORE_END);
            Duration first =
                    beforeEnd.isPositive() && beforeEnd.compareTo(BOOKMARK_EVERY) < 0 ? beforeEnd : BOOKMARK_EVERY;
            bookmark = first.compareTo(left) < 0;
            delay = bookmark ? first : left;
        }
        boolean isBookmark = bookmark;
        timer = environment.schedule(delay, () -> timeIsUp(isBookmark));
        if (ended) {
            detach();
        }
    }

    private void timeIsUp(boolean isBookmark) {
        if (isBookmark) {
            bookmarkDue = true;
        } else {
            ended = true;
        }
        wakeIfIdle();
    }
}
