// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.watch;

import io.fairlead.apiserver.internal.storage.Change;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The recent events of one resource, numbered from 0.
 *
 * <p>Only the hub appends and drops, one call at a time; watchers read without a lock: they look at {@code end} first, then at
 * the slots, and know by an event's own number whether its slot was given to a later one meanwhile.
 */
final class EventRing {
    private static final int SLOTS_MIN = 64;

    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Event[] slots = new Event[SLOTS_MIN];
    private volatile long first;
    private volatile long end;
    private volatile long forgotten;

    /** A ring that knows all changes after {@code revision}. */
    EventRing(long revision) {
        forgotten = revision;
    }

    Event append(Change change) {
        if (end - first == slots.length) {
            grow();
        }
        Event event = new Event(end, change);
        slots[slot(event.sequence(), slots)] = event;
        end = event.sequence() + 1;
        return event;
    }

    private void grow() {
        @Nullable Event[] wider = new Event[slots.length * 2];
        for (long i = first; i < end; i++) {
            wider[slot(i, wider)] = slots[slot(i, slots)];
        }
        slots = wider;
    }

    /** Forgets {@code event}, which must be the first one. */
    void drop(Event event) {
        forgotten = event.revision();
        first = event.sequence() + 1;
        slots[slot(event.sequence(), slots)] = null;
    }

    /** The number that the next event will get. */
    long end() {
        return end;
    }

    /** The last change that is forgotten: a watch may begin after it or later. */
    long forgotten() {
        return forgotten;
    }

    /** The event with that number, or null if it is forgotten. There must be one: see {@link #end}. */
    @Nullable
    Event at(long sequence) {
        @Nullable Event[] now = slots;
        Event event = now[slot(sequence, now)];
        return event == null || event.sequence() != sequence ? null : event;
    }

    /** The number of the first event after {@code revision}, as far as they are known. */
    long sequenceAfter(long revision) {
        long low = first;
        long high = end;
        while (low < high) {
            long middle = (low + high) >>> 1;
            Event event = at(middle);
            if (event == null || event.revision() <= revision) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    void add(Watcher watcher) {
        watchers.add(watcher);
    }

    void remove(Watcher watcher) {
        watchers.remove(watcher);
    }

    int watcherCount() {
        return watchers.size();
    }

    /** Wakes those who wait and whom the newest events concern. */
    void wake() {
        for (Watcher watcher : watchers) {
            watcher.eventsAdded();
        }
    }

    void endAll() {
        for (Watcher watcher : watchers) {
            watcher.end();
        }
    }

    private static int slot(long sequence, @Nullable Event[] slots) {
        return (int) (sequence & (slots.length - 1));
    }
}
