// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.framework.JsonCursor;
import io.fairlead.framework.Timestamps;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An entry of {@code status.conditions}.
 *
 * @param status {@code True}, {@code False} or {@code Unknown}
 * @param lastUpdateTime empty in kinds whose conditions have none
 */
public record Condition(
        String type,
        String status,
        String reason,
        String message,
        Optional<Instant> lastUpdateTime,
        Optional<Instant> lastTransitionTime) {
    public static final String TRUE = "True";
    public static final String FALSE = "False";
    public static final String UNKNOWN = "Unknown";

    public boolean isTrue() {
        return status.equals(TRUE);
    }

    /** The condition of {@code type}, of which there is at most one. */
    public static Optional<Condition> find(List<Condition> conditions, String type) {
        return conditions.stream().filter(each -> each.type().equals(type)).findFirst();
    }

    /** All conditions but that of {@code type}. */
    public static List<Condition> without(List<Condition> conditions, String type) {
        return conditions.stream().filter(each -> !each.type().equals(type)).toList();
    }

    /**
     * Conditions with {@code condition} in place of that of its type, at the end.
     *
     * <p>One that says the same by status and reason stays as it is; the time of the transition is kept while the status is.
     */
    public static List<Condition> with(List<Condition> conditions, Condition condition) {
        Condition old = find(conditions, condition.type()).orElse(condition);
        boolean sameStatus = old.status().equals(condition.status());
        if (conditions.contains(old) && sameStatus && old.reason().equals(condition.reason())) {
            return conditions;
        }
        List<Condition> result = new ArrayList<>(without(conditions, condition.type()));
        result.add(sameStatus ? condition.since(old.lastTransitionTime()) : condition);
        return List.copyOf(result);
    }

    /** The same with another time of the last transition. */
    public Condition since(Optional<Instant> newTransition) {
        return new Condition(type, status, reason, message, lastUpdateTime, newTransition);
    }

    /** Reads a list of conditions. */
    public static List<Condition> readAll(JsonCursor json) throws IOException {
        return json.list(Condition::read);
    }

    private static Condition read(JsonCursor json) throws IOException {
        String type = "";
        String status = "";
        String reason = "";
        String message = "";
        Optional<Instant> lastUpdateTime = Optional.empty();
        Optional<Instant> lastTransitionTime = Optional.empty();
        json.beginObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "type" -> type = json.shared();
                case "status" -> status = json.shared();
                case "reason" -> reason = json.shared();
                case "message" -> message = json.text();
                case "lastUpdateTime" -> lastUpdateTime = json.time();
                case "lastTransitionTime" -> lastTransitionTime = json.time();
                default -> json.skip();
            }
        }
        return new Condition(type, status, reason, message, lastUpdateTime, lastTransitionTime);
    }

    /** A list of conditions for a merge patch, which takes an empty one away. */
    public static JsonNode toPatch(List<Condition> conditions) {
        if (conditions.isEmpty()) {
            return NullNode.getInstance();
        }
        var array = JsonNodeFactory.instance.arrayNode();
        conditions.forEach(each -> array.add(each.toTree()));
        return array;
    }

    private ObjectNode toTree() {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("type", type).put("status", status);
        lastUpdateTime.ifPresent(time -> tree.put("lastUpdateTime", Timestamps.format(time)));
        lastTransitionTime.ifPresent(time -> tree.put("lastTransitionTime", Timestamps.format(time)));
        if (!reason.isEmpty()) {
            tree.put("reason", reason);
        }
        if (!message.isEmpty()) {
            tree.put("message", message);
        }
        return tree;
    }
}
