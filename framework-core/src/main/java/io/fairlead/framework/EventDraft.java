// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * What a component had to say, before it is an Event object.
 *
 * @param component who says it
 * @param nanos when, in nanoseconds since the epoch: no two drafts have the same, so that names made of it are unique
 */
record EventDraft(
        String component,
        ObjectReference regarding,
        EventRecorder.Type type,
        String reason,
        String action,
        String message,
        Instant time,
        long nanos) {
    /** Objects of the cluster have their events here. */
    private static final String CLUSTER_EVENTS_NAMESPACE = "default";

    /** Where the Event object lives. */
    String namespace() {
        return regarding.namespace().isEmpty() ? CLUSTER_EVENTS_NAMESPACE : regarding.namespace();
    }

    /** The name of the Event object. */
    String objectName() {
        return regarding.name() + "." + Long.toHexString(nanos);
    }

    EventDraft withMessage(String newMessage) {
        return new EventDraft(component, regarding, type, reason, action, newMessage, time, nanos);
    }

    /** The object's own key, for writes. */
    ObjectKey key(String name) {
        return new ObjectKey(namespace(), name);
    }

    /** As a {@code v1} Event that was seen {@code count} times, first at {@code first}. */
    ObjectNode toCoreEvent(String name, Instant first, int count) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("kind", "Event").put("apiVersion", "v1");
        event.putObject("metadata").put("name", name).put("namespace", namespace());
        putReference(event.putObject("involvedObject"), regarding);
        event.put("reason", reason).put("message", message);
        event.putObject("source").put("component", component);
        event.put("firstTimestamp", Timestamps.format(first));
        event.put("lastTimestamp", Timestamps.format(time));
        event.put("count", count);
        event.put("type", type.apiName());
        event.putNull("eventTime");
        event.put("reportingComponent", component).put("reportingInstance", "");
        return event;
    }

    /** As an {@code events.k8s.io/v1} Event. */
    ObjectNode toSeriesEvent(String reportingInstance) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("kind", "Event").put("apiVersion", "events.k8s.io/v1");
        event.putObject("metadata").put("name", objectName()).put("namespace", namespace());
        event.put("eventTime", Timestamps.formatMicros(time));
        event.put("reportingController", component).put("reportingInstance", reportingInstance);
        event.put("action", action).put("reason", reason);
        putReference(event.putObject("regarding"), regarding);
        event.put("note", message).put("type", type.apiName());
        return event;
    }

    private static void putReference(ObjectNode node, ObjectReference reference) {
        putIfKnown(node, "kind", reference.kind());
        putIfKnown(node, "namespace", reference.namespace());
        putIfKnown(node, "name", reference.name());
        putIfKnown(node, "uid", reference.uid());
        putIfKnown(node, "apiVersion", reference.apiVersion());
        putIfKnown(node, "resourceVersion", reference.resourceVersion());
        putIfKnown(node, "fieldPath", reference.fieldPath());
    }

    private static void putIfKnown(ObjectNode node, String field, String value) {
        if (!value.isEmpty()) {
            node.put(field, value);
        }
    }
}
