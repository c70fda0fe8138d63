// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.watch;

import static java.util.Objects.requireNonNull;

import io.fairlead.apiserver.internal.storage.Change;
import io.fairlead.apiserver.internal.storage.Stored;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One change as all watchers share it, with the frames that have been made of it. */
final class Event {
    private final long sequence;
    private final Change change;
    /** What a watcher sees of an object that is gone for it: the last state, at the revision of the change. */
    private volatile @Nullable Stored gone;

    private final AtomicReference<@Nullable Frame> frames = new AtomicReference<>();

    Event(long sequence, Change change) {
        this.sequence = sequence;
        this.change = change;
    }

    long sequence() {
        return sequence;
    }

    long revision() {
        return change.revision();
    }

    /** What keeping this costs. */
    int sizeBytes() {
        Stored current = change.current();
        return current == null ? 256 : current.body().length + 256;
    }

    /** What the change means to one who sees only what {@code selects} accepts; null if nothing. */
    @Nullable
    EventType typeFor(Predicate<Stored> selects) {
        Stored current = change.current();
        Stored previous = change.previous();
        boolean is = current != null && selects.test(current);
        boolean was = previous != null && selects.test(previous);
        if (is) {
            return was ? EventType.MODIFIED : EventType.ADDED;
        }
        return was ? EventType.DELETED : null;
    }

    /** The frame in {@code form}, made once. */
    List<byte[]> frame(EventType type, FrameForm form) {
        for (Frame each = frames.get(); each != null; each = each.next) {
            if (each.type == type && each.form.equals(form)) {
                return each.segments;
            }
        }
        // Two watchers may come here at once and make the same frame twice; both are right and one is dropped later.
        List<byte[]> segments = form.frame(type, object(type));
        frames.updateAndGet(rest -> new Frame(type, form, segments, rest));
        return segments;
    }

    private Stored object(EventType type) {
        if (type != EventType.DELETED) {
            return requireNonNull(change.current());
        }
        Stored object = gone;
        if (object == null) {
            object = requireNonNull(change.previous()).atRevision(change.revision());
            gone = object;
        }
        return object;
    }

    private record Frame(EventType type, FrameForm form, List<byte[]> segments, @Nullable Frame next) {}
}
