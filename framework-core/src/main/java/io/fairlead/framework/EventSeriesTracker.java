// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes series of {@code events.k8s.io/v1} Events: the first of its kind is an object, the second turns that into a series, the others
 * only count, until the count is written every half hour and when the series has ended. Numbers as in client-go.
 *
 * <p>No clock and no effects. One thread at a time.
 */
final class EventSeriesTracker {
    /** A kind of event that was not seen for so long is over; the next one is a new object. */
    static final Duration FINISHED_AFTER = Duration.ofMinutes(6);
    /** How often the count of a lasting series is written. */
    static final Duration REFRESH_INTERVAL = Duration.ofMinutes(30);
    /** How many kinds are remembered; the oldest is forgotten, and its next event is then a new object. */
    static final int REMEMBERED_MAX = 4096;

    private final String instance;
    private final Map<Kind, Series> remembered = new LinkedHashMap<>();
    private Instant refreshed = Instant.MIN;

    /** What makes events isomorphic; the version of the object is part of it. */
    private record Kind(String component, String action, String reason, ObjectReference regarding) {}

    private static final class Series {
        private final ObjectKey key;
        private final ObjectNode event;
        private Instant last;
        /** 0 as long as it is a single event. */
        private int count;

        private Series(ObjectKey key, ObjectNode event, Instant last) {
            this.key = key;
            this.event = event;
            this.last = last;
        }

        private EventCorrelator.Decision write() {
            ObjectNode patch = JsonNodeFactory.instance.objectNode();
            putSeries(patch);
            ObjectNode whole = event.deepCopy();
            putSeries(whole);
            return new EventCorrelator.Decision.Count(key, patch, whole);
        }

        private void putSeries(ObjectNode node) {
            node.putObject("series").put("count", count).put("lastObservedTime", Timestamps.formatMicros(last));
        }
    }

    /** @param instance told behind the controller's name; empty for none */
    EventSeriesTracker(String instance) {
        this.instance = instance;
    }

    EventCorrelator.Decision decide(EventDraft draft) {
        Kind kind = new Kind(draft.component(), draft.action(), draft.reason(), draft.regarding());
        Series series = remembered.get(kind);
        if (series == null) {
            String reporting = instance.isEmpty() ? draft.component() : draft.component() + "-" + instance;
            ObjectNode event = draft.toSeriesEvent(reporting);
            remembered.put(kind, new Series(draft.key(draft.objectName()), event, draft.time()));
            if (remembered.size() > REMEMBERED_MAX) {
                remembered.remove(remembered.keySet().iterator().next());
            }
            return new EventCorrelator.Decision.Create(draft.key(draft.objectName()), event);
        }
        series.last = draft.time();
        if (series.count == 0) {
            // The second of its kind.
            series.count = 2;
            return series.write();
        }
        series.count++;
        return new EventCorrelator.Decision.Skip();
    }

    /** Forgets what is over, and answers the counts that are to be written. */
    List<EventCorrelator.Decision> settle(Instant now) {
        boolean refresh = refreshed.equals(Instant.MIN)
                || !refreshed.plus(REFRESH_INTERVAL).isAfter(now);
        if (refresh) {
            refreshed = now;
        }
        List<EventCorrelator.Decision> writes = new ArrayList<>();
        Iterator<Series> all = remembered.values().iterator();
        while (all.hasNext()) {
            Series series = all.next();
            boolean over = series.last.plus(FINISHED_AFTER).isBefore(now);
            if (over) {
                all.remove();
            }
            if (series.count > 0 && (over || refresh)) {
                writes.add(series.write());
            }
        }
        return writes;
    }

    /** How many events of this kind the series has; for tests. */
    Optional<Integer> count(EventDraft draft) {
        Series series = remembered.get(new Kind(draft.component(), draft.action(), draft.reason(), draft.regarding()));
        return series == null ? Optional.empty() : Optional.of(Math.max(1, series.count));
    }
}
