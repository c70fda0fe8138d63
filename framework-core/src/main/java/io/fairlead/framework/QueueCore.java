// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a {@link WorkQueue}, without clock, threads or locks: whoever calls says what time it is. What it does depends on its
 * calls alone.
 *
 * <p>A key is in one of these states; {@code dirty} says that it was added meanwhile:
 *
 * <pre>
 * (unknown) --add--&gt; READY --take--&gt; WORKING --done--&gt; (unknown), or READY if dirty
 *                                       |
 *                                       +--done with writes not yet seen--&gt; HELD --release or timeout--&gt; (unknown), or READY if dirty
 * </pre>
 *
 * <p>Beside that, a key may have one time at which it is to be added. An add does not replace it: whoever asked for a look at a
 * certain time counts on it, and a look too many does no harm.
 */
final class QueueCore<K> {
    private final RetryLimits limits;
    private final long holdNanosMax;
    private final Map<K, Item<K>> items = new HashMap<>();
    private final Map<Priority, Deque<Place<K>>> ready = new EnumMap<>(Priority.class);
    private final PriorityQueue<Due<K>> delayed = new PriorityQueue<>();
    private final PriorityQueue<Due<K>> held = new PriorityQueue<>();
    private int readyCount;
    private long sequence;
    private boolean bucketUsed;
    /** When the common rate has its next free place, as if places were handed out one by one. */
    private long nextFreeNanos;

    private int holdTimeouts;

    QueueCore(RetryLimits limits, long holdNanosMax) {
        this.limits = limits;
        this.holdNanosMax = holdNanosMax;
        for (Priority priority : Priority.values()) {
            ready.put(priority, new ArrayDeque<>());
        }
    }

    private enum State {
        IDLE,
        READY,
        WORKING,
        HELD
    }

    private static final class Item<K> {
        private final K key;
        private State state = State.IDLE;
        private boolean dirty;
        private Priority priority = Priority.LOW;
        private int failures;
        private long addedNanos;
        /** The place in a ready line, or the hold, that counts; older ones are void. */
        private long ticket;
        /** The delay that counts; 0 if there is none. */
        private long delayTicket;

        private long delayAtNanos;

        private Item(K key) {
            this.key = key;
        }
    }

    private record Place<K>(Item<K> item, long ticket, long addedNanos) {}

    private record Due<K>(long atNanos, long ticket, Item<K> item, Priority priority) implements Comparable<Due<K>> {
        @Override
        public int compareTo(Due<K> other) {
            // By difference: nanosecond clocks may wrap.
            long difference = atNanos - other.atNanos;
            return difference != 0 ? Long.signum(difference) : Long.compare(ticket, other.ticket);
        }
    }

    /** A key that was taken, and when it had been added. */
    record Taken<K>(K key, long addedNanos) {}

    void add(K key, Priority priority, long nowNanos) {
        add(items.computeIfAbsent(key, Item::new), priority, nowNanos);
    }

    private void add(Item<K> item, Priority priority, long nowNanos) {
        switch (item.state) {
            case IDLE -> {
                item.priority = priority;
                item.addedNanos = nowNanos;
                line(item);
            }
            case READY -> {
                if (priority.compareTo(item.priority) < 0) {
                    item.priority = priority;
                    readyCount--;
                    line(item);
                }
            }
            case WORKING, HELD -> {
                if (!item.dirty) {
                    item.dirty = true;
                    item.priority = priority;
                    item.addedNanos = nowNanos;
                } else if (priority.compareTo(item.priority) < 0) {
                    item.priority = priority;
                }
            }
        }
    }

    private void line(Item<K> item) {
        item.state = State.READY;
        item.ticket = ++sequence;
        readyCount++;
        ready.computeIfAbsent(item.priority, priority -> new ArrayDeque<>())
                .add(new Place<>(item, item.ticket, item.addedNanos));
    }

    void addAfter(K key, long delayNanos, Priority priority, long nowNanos) {
        Item<K> item = items.computeIfAbsent(key, Item::new);
        if (delayNanos <= 0) {
            add(item, priority, nowNanos);
            return;
        }
        long at = nowNanos + delayNanos;
        if (item.delayTicket != 0 && item.delayAtNanos - at <= 0) {
            return;
        }
        item.delayTicket = ++sequence;
        item.delayAtNanos = at;
        delayed.add(new Due<>(at, item.delayTicket, item, priority));
    }

    void retry(K key, Priority priority, long nowNanos) {
        Item<K> item = items.computeIfAbsent(key, Item::new);
        long own = limits.first().toNanos();
        long longest = limits.longest().toNanos();
        for (int i = 0; i < item.failures && own < longest; i++) {
            own = own > longest / 2 ? longest : own * 2;
        }
        item.failures++;
        addAfter(key, Math.max(own, reserve(nowNanos)), priority, nowNanos);
    }

    /** Takes a place of the common rate and answers how long to wait for it. */
    private long reserve(long nowNanos) {
        if (Double.isInfinite(limits.perSecond())) {
            return 0;
        }
        long interval = (long) (1e9 / limits.perSecond());
        long reach = interval * (limits.burst() - 1L);
        // A quiet time leaves at most the burst's worth of places unused.
        if (!bucketUsed || nextFreeNanos - (nowNanos - reach) < 0) {
            bucketUsed = true;
            nextFreeNanos = nowNanos - reach;
        }
        long wait = Math.max(0, nextFreeNanos - nowNanos);
        nextFreeNanos += interval;
        return wait;
    }

    int failures(K key) {
        Item<K> item = items.get(key);
        return item == null ? 0 : item.failures;
    }

    void forget(K key) {
        Item<K> item = items.get(key);
        if (item != null) {
            item.failures = 0;
            dropIfIdle(item);
        }
    }

    /** The next key, if one is ready. */
    @Nullable
    Taken<K> take(long nowNanos) {
        moveDue(nowNanos);
        Deque<Place<K>> best = null;
        long bestNanos = 0;
        for (Map.Entry<Priority, Deque<Place<K>>> line : ready.entrySet()) {
            Place<K> first = firstValid(line.getValue());
            if (first == null) {
                continue;
            }
            long rank = first.addedNanos + handicapNanos(line.getKey());
            if (best == null || rank - bestNanos < 0) {
                best = line.getValue();
                bestNanos = rank;
            }
        }
        if (best == null) {
            return null;
        }
        Item<K> item = best.remove().item;
        item.state = State.WORKING;
        item.ticket = 0;
        readyCount--;
        return new Taken<>(item.key, item.addedNanos);
    }

    /**
     * How much later a key of a lower priority is taken than one of a higher priority that was added at the same time. As it is a
     * head start and not a class of its own, every key has its turn.
     */
    private static long handicapNanos(Priority priority) {
        return switch (priority) {
            case HIGH -> 0;
            case NORMAL -> 2_000_000_000L;
            case LOW -> 6_000_000_000L;
        };
    }

    private @Nullable Place<K> firstValid(Deque<Place<K>> line) {
        Place<K> first = line.peek();
        while (first != null && first.ticket != first.item.ticket) {
            line.remove();
            first = line.peek();
        }
        return first;
    }

    /** Moves keys whose time has come into line. */
    void moveDue(long nowNanos) {
        Due<K> due = delayed.peek();
        while (due != null && (due.ticket != due.item.delayTicket || due.atNanos - nowNanos <= 0)) {
            delayed.remove();
            if (due.ticket == due.item.delayTicket) {
                due.item.delayTicket = 0;
                add(due.item, due.priority, nowNanos);
            }
            due = delayed.peek();
        }
        Due<K> hold = held.peek();
        while (hold != null && (!holds(hold) || hold.atNanos - nowNanos <= 0)) {
            held.remove();
            if (holds(hold)) {
                holdTimeouts++;
                open(hold.item);
            }
            hold = held.peek();
        }
    }

    private static <K> boolean holds(Due<K> hold) {
        return hold.item.state == State.HELD && hold.ticket == hold.item.ticket;
    }

    /** How long until a key that waits for its time may be ready; {@link Long#MAX_VALUE} if none waits. */
    long nanosUntilDue(long nowNanos) {
        long next = Long.MAX_VALUE;
        if (!delayed.isEmpty()) {
            next = Math.max(0, delayed.peek().atNanos - nowNanos);
        }
        if (!held.isEmpty()) {
            next = Math.min(next, Math.max(0, held.peek().atNanos - nowNanos));
        }
        return next;
    }

    /** The worker is done with {@code key}; {@code hold} says that the key's writes are yet to be seen. */
    void done(K key, boolean hold, long nowNanos) {
        Item<K> item = items.get(key);
        if (item == null || item.state != State.WORKING) {
            throw new IllegalStateException(key + " is done, but nobody had taken it");
        }
        if (hold) {
            item.state = State.HELD;
            item.ticket = ++sequence;
            held.add(new Due<>(nowNanos + holdNanosMax, item.ticket, item, item.priority));
        } else {
            open(item);
        }
    }

    /** The writes of {@code key} have been seen. */
    void release(K key) {
        Item<K> item = items.get(key);
        if (item != null && item.state == State.HELD) {
            open(item);
        }
    }

    private void open(Item<K> item) {
        item.state = State.IDLE;
        item.ticket = 0;
        if (item.dirty) {
            item.dirty = false;
            line(item);
        } else {
            dropIfIdle(item);
        }
    }

    private void dropIfIdle(Item<K> item) {
        if (item.state == State.IDLE && item.failures == 0 && item.delayTicket == 0) {
            items.remove(item.key, item);
        }
    }

    int depth() {
        return readyCount;
    }

    /** How many keys are known for any reason. */
    int size() {
        return items.size();
    }

    /** How many keys went ahead although not all their writes had been seen. */
    int holdTimeouts() {
        return holdTimeouts;
    }
}
