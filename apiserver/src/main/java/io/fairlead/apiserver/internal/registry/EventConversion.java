// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import java.util.List;
import java.util.Map;

/** Events of {@code events.k8s.io/v1} as those of {@code v1}, which say the same under other names. */
final class EventConversion implements Conversion {
    private static final Map<String, String> TO_CORE = Map.of(
            "regarding", "involvedObject",
            "note", "message",
            "reportingController", "reportingComponent",
            "deprecatedCount", "count",
            "deprecatedFirstTimestamp", "firstTimestamp",
            "deprecatedLastTimestamp", "lastTimestamp",
            "deprecatedSource", "source");
    private static final Map<String, String> FROM_CORE = Map.of(
            "involvedObject", "regarding",
            "message", "note",
            "reportingComponent", "reportingController",
            "count", "deprecatedCount",
            "firstTimestamp", "deprecatedFirstTimestamp",
            "lastTimestamp", "deprecatedLastTimestamp",
            "source", "deprecatedSource");

    /** The core type writes these always, the newer one leaves them out when empty; and the other way round. */
    private static final List<String> EMPTY_IN_CORE = List.of("reportingComponent", "reportingInstance");

    @Override
    public JsonObject toStorage(JsonObject object) {
        JsonObject core = renamed(object, TO_CORE);
        core.put("apiVersion", "v1");
        for (String name : EMPTY_IN_CORE) {
            core.putIfAbsent(name, JsonString.EMPTY);
        }
        core.putIfAbsent("involvedObject", new JsonObject());
        core.putIfAbsent("source", new JsonObject());
        nullIfAbsent(core, "firstTimestamp", "lastTimestamp", "eventTime");
        return core;
    }

    @Override
    public JsonObject fromStorage(JsonObject object) {
        JsonObject event = renamed(object, FROM_CORE);
        event.put("apiVersion", "events.k8s.io/v1");
        for (String name : List.of("reportingController", "reportingInstance")) {
            if (event.text(name).isEmpty()) {
                event.remove(name);
            }
        }
        if (event.objectOrEmpty("regarding").isEmpty()) {
            event.remove("regarding");
        }
        event.putIfAbsent("deprecatedSource", new JsonObject());
        nullIfAbsent(event, "deprecatedFirstTimestamp", "deprecatedLastTimestamp", "eventTime");
        return event;
    }

    private static JsonObject renamed(JsonObject object, Map<String, String> names) {
        JsonObject renamed = new JsonObject();
        for (int i = 0; i < object.size(); i++) {
            String name = object.nameAt(i);
            JsonValue value = object.valueAt(i);
            renamed.put(names.getOrDefault(name, name), value);
        }
        return renamed;
    }

    private static void nullIfAbsent(JsonObject object, String... names) {
        for (String name : names) {
            object.putIfAbsent(name, JsonNull.NULL);
        }
    }
}
