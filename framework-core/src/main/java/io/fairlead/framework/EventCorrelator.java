// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Keeps {@code v1} Events few, by the rules and with the numbers of client-go's correlator.
 *
 * <ul>
 *   <li>From the tenth different message of one kind (same object, type, reason, component) within ten minutes on, they are one event
 *       "(combined from similar events)".
 *   <li>An event like one before is not another object, but one more in the count of that one.
 *   <li>About one object a component may speak 25 times at once, and then once in five minutes; the rest is left out.
 * </ul>
 *
 * <p>No clock and no effects: times come with the drafts. One thread at a time.
 */
final class EventCorrelator {
    static final int SIMILAR_MAX = 10;
    static final Duration SIMILAR_WITHIN = Duration.ofMinutes(10);
    static final int SPAM_BURST = 25;
    static final Duration SPAM_INTERVAL = Duration.ofMinutes(5);
    /** How many kinds of events are remembered; beyond that the one not seen for the longest time is forgotten. */
    static final int REMEMBERED_MAX = 4096;

    private final Map<Kind, Similar> similar = bounded();
    private final Map<Same, Sighting> seen = bounded();
    private final Map<Speaker, Bucket> buckets = bounded();

    /** What makes events similar. */
    private record Kind(String component, ObjectReference regarding, EventRecorder.Type type, String reason) {}

    /** What makes events the same. Combined ones have no message of their own. */
    private record Same(Kind kind, String fieldPath, String message) {}

    private record Speaker(String component, ObjectReference regarding) {}

    private static final class Similar {
        private final Set<String> messages = new LinkedHashSet<>();
        private Instant last = Instant.MIN;
    }

    private record Sighting(int count, Instant first, String name) {}

    private static final class Bucket {
        private double tokens = SPAM_BURST;
        private Instant last = Instant.MIN;

        private boolean take(Instant now) {
            if (!last.equals(Instant.MIN)) {
                double seconds = Math.max(0, Duration.between(last, now).toMillis() / 1000.0);
                tokens = Math.min(SPAM_BURST, tokens + seconds / SPAM_INTERVAL.toSeconds());
            }
            last = now;
            if (tokens < 1) {
                return false;
            }
            tokens -= 1;
            return true;
        }
    }

    /** What to do about a draft. */
    sealed interface Decision {
        /** Create this Event object. */
        record Create(ObjectKey key, ObjectNode event) implements Decision {}

        /** Count the Event object up; create {@code event} if it is gone. */
        record Count(ObjectKey key, ObjectNode patch, ObjectNode event) implements Decision {}

        /** Leave it out. */
        record Skip() implements Decision {}
    }

    Decision decide(EventDraft draft) {
        Kind kind = new Kind(draft.component(), anonymous(draft.regarding()), draft.type(), draft.reason());
        EventDraft told = draft;
        Same same = new Same(kind, draft.regarding().fieldPath(), draft.message());
        if (isOneOfMany(kind, draft)) {
            told = draft.withMessage("(combined from similar events): " + draft.message());
            same = new Same(kind, "", "");
        }
        Sighting before = seen.get(same);
        Sighting now = before == null
                ? new Sighting(1, draft.time(), draft.objectName())
                : new Sighting(before.count + 1, before.first, before.name);
        seen.put(same, now);
        Speaker speaker = new Speaker(draft.component(), kind.regarding);
        if (!buckets.computeIfAbsent(speaker, ignored -> new Bucket()).take(draft.time())) {
            return new Decision.Skip();
        }
        ObjectNode event = told.toCoreEvent(now.name, now.first, now.count);
        if (now.count == 1) {
            return new Decision.Create(draft.key(now.name), event);
        }
        ObjectNode patch = JsonNodeFactory.instance
                .objectNode()
                .put("count", now.count)
                .put("lastTimestamp", Timestamps.format(draft.time()))
                .put("message", told.message());
        return new Decision.Count(draft.key(now.name), patch, event);
    }

    private boolean isOneOfMany(Kind kind, EventDraft draft) {
        Similar group = similar.computeIfAbsent(kind, ignored -> new Similar());
        if (!group.last.equals(Instant.MIN) && group.last.plus(SIMILAR_WITHIN).isBefore(draft.time())) {
            group.messages.clear();
        }
        group.last = draft.time();
        group.messages.add(draft.message());
        if (group.messages.size() < SIMILAR_MAX) {
            return false;
        }
        // One less than the limit stays, so that the next different message is combined as well.
        String oldest = group.messages.iterator().next();
        group.messages.remove(oldest);
        return true;
    }

    /** The object whatever its version, and without the part of it. */
    private static ObjectReference anonymous(ObjectReference reference) {
        return new ObjectReference(
                reference.apiVersion(),
                reference.kind(),
                reference.namespace(),
                reference.name(),
                reference.uid(),
                "",
                "");
    }

    private static <K, V> Map<K, V> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > REMEMBERED_MAX;
            }
        };
    }
}
