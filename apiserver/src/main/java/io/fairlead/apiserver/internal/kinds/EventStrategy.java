// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.MetadataValidation;
import io.fairlead.apiserver.internal.validation.NameRule;
import io.fairlead.apiserver.internal.validation.Names;
import java.util.Map;

/** Events of both APIs. The newer one is strict, and complains in the words of the older one's fields. */
final class EventStrategy extends GenericStrategy {
    private static final int WORD_MAX = 128;
    private static final int MESSAGE_MAX = 1024;

    /** Fields of the newer API that cannot change, and what the complaint calls them. */
    private static final Map<String, String> FIXED = Map.ofEntries(
            Map.entry("regarding", "involvedObject"),
            Map.entry("note", "message"),
            Map.entry("deprecatedSource", "source"),
            Map.entry("deprecatedFirstTimestamp", "firstTimestamp"),
            Map.entry("deprecatedLastTimestamp", "lastTimestamp"),
            Map.entry("deprecatedCount", "count"),
            Map.entry("type", "type"),
            Map.entry("eventTime", "eventTime"),
            Map.entry("action", "action"),
            Map.entry("related", "related"),
            Map.entry("reportingController", "reportingController"),
            Map.entry("reportingInstance", "reportingInstance"),
            Map.entry("reason", "reason"));

    private final boolean strict;

    EventStrategy(ResourceDefinition resource) {
        super(resource);
        this.strict = resource.group().equals("events.k8s.io");
    }

    @Override
    NameRule nameRule() {
        return strict ? NameRule.SUBDOMAIN : NameRule.PATH_SEGMENT;
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        validateNamespace(object, errors);
        if (!Defaults.absent(object, "eventTime")) {
            validateNewStyle(object, errors);
        }
    }

    private void validateNamespace(JsonObject event, FieldErrors errors) {
        String own = event.objectOrEmpty("metadata").text("namespace");
        String other =
                event.objectOrEmpty(strict ? "regarding" : "involvedObject").text("namespace");
        boolean matches = other.isEmpty() ? own.isEmpty() || own.equals("default") : other.equals(own);
        if (!matches) {
            errors.invalid(FieldPath.of("involvedObject").child("namespace"), other, "does not match event.namespace");
        }
    }

    private void validateNewStyle(JsonObject event, FieldErrors errors) {
        FieldPath path = FieldPath.of(strict ? "reportingController" : "reportingComponent");
        String controller = event.text(strict ? "reportingController" : "reportingComponent");
        if (controller.isEmpty()) {
            errors.required(path, "");
        }
        errors.invalid(path, controller, Names.qualified(controller));
        validateWord(event, "reportingInstance", errors);
        validateWord(event, "action", errors);
        validateWord(event, "reason", errors);
        validateLength(event.text(strict ? "note" : "message"), "message", MESSAGE_MAX, errors);
    }

    private static void validateWord(JsonObject event, String field, FieldErrors errors) {
        if (event.text(field).isEmpty()) {
            errors.required(FieldPath.of(field), "");
        }
        validateLength(event.text(field), field, WORD_MAX, errors);
    }

    private static void validateLength(String text, String field, int most, FieldErrors errors) {
        if (text.length() > most) {
            errors.invalid(FieldPath.of(field), "", "can have at most " + most + " characters");
        }
    }

    @Override
    public java.util.List<io.fairlead.apiserver.internal.validation.FieldError> validate(
            Context context, JsonObject object) {
        FieldErrors errors = new FieldErrors();
        errors.addAll(super.validate(context, object));
        if (strict) {
            validateStrict(object, errors);
        }
        return errors.toList();
    }

    private static void validateStrict(JsonObject event, FieldErrors errors) {
        validateSeries(event, errors);
        if (Defaults.absent(event, "eventTime")) {
            errors.required(FieldPath.of("eventTime"), "");
        }
        String type = event.text("type");
        if (!type.equals("Normal") && !type.equals("Warning")) {
            errors.invalid(FieldPath.of("type"), "", "has invalid value: " + type);
        }
        unset(!Defaults.absent(event, "deprecatedFirstTimestamp"), "firstTimestamp", errors);
        unset(!Defaults.absent(event, "deprecatedLastTimestamp"), "lastTimestamp", errors);
        unset(event.number("deprecatedCount", 0) != 0, "count", errors);
        unset(!event.objectOrEmpty("deprecatedSource").isEmpty(), "source", errors);
    }

    private static void unset(boolean set, String field, FieldErrors errors) {
        if (set) {
            errors.invalid(FieldPath.of(field), "", "needs to be unset");
        }
    }

    private static void validateSeries(JsonObject event, FieldErrors errors) {
        JsonObject series = event.object("series");
        if (series == null) {
            return;
        }
        FieldPath path = FieldPath.of("series");
        if (series.number("count", 0) < 2) {
            errors.invalid(path.child("count"), "", "should be at least 2");
        }
        if (Defaults.absent(series, "lastObservedTime")) {
            errors.required(path.child("lastObservedTime"), "");
        }
    }

    @Override
    void validateChange(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        if (!strict) {
            return;
        }
        FIXED.forEach((field, name) ->
                MetadataValidation.immutable(next.get(field), old.get(field), FieldPath.of(name), errors));
        // The original checks this one twice.
        MetadataValidation.immutable(next.get("reason"), old.get("reason"), FieldPath.of("reason"), errors);
        validateSeries(next, errors);
    }
}
