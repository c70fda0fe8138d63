// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.apply;

import io.fairlead.apiserver.internal.codec.GoText;
import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonReader;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.codec.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The annotation in which {@code kubectl apply} remembers what it applied when it computes the patch itself.
 *
 * <p>Who goes over to server-side apply, as manager {@code kubectl}, may change what the annotation says it has applied; and
 * the annotation is kept up to date, so that one can go back.
 */
final class LastApplied {
    private static final String MANAGER = "kubectl";
    private static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";

    /** All annotations of an object together; with more, the annotation is left out. */
    private static final int ANNOTATIONS_BYTES_MAX = 256 * 1024;

    private LastApplied() {}

    /** {@code conflicts} without those over fields that the annotation stands for. */
    static List<ManagerEntry> remaining(List<ManagerEntry> conflicts, FieldWrite write, JsonObject live) {
        if (conflicts.isEmpty() || !write.manager().equals(MANAGER)) {
            return conflicts;
        }
        Optional<FieldSet> allowed = applied(write, live);
        if (allowed.isEmpty()) {
            return conflicts;
        }
        List<ManagerEntry> remaining = new ArrayList<>();
        for (ManagerEntry conflict : conflicts) {
            FieldSet fields = conflict.fields().difference(allowed.get());
            if (!fields.isEmpty()) {
                remaining.add(conflict.owning(fields));
            }
        }
        return remaining;
    }

    /** The fields of the annotation that are in {@code live} as it says. */
    private static Optional<FieldSet> applied(FieldWrite write, JsonObject live) {
        String text = annotations(live).text(ANNOTATION);
        JsonValue parsed;
        try {
            parsed = text.isEmpty() ? JsonString.EMPTY : JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJsonException e) {
            return Optional.empty();
        }
        boolean usable = parsed instanceof JsonObject object
                && object.text("apiVersion").equals(write.apiVersion())
                && TypeCheck.problem(write.type(), object).isEmpty()
                && TypeCheck.problem(write.type(), live).isEmpty();
        if (!usable) {
            return Optional.empty();
        }
        FieldDiff diff = FieldDiff.between(write.type(), (JsonObject) parsed, live);
        return Optional.of(OwnedFields.of(write.type(), parsed)
                .difference(diff.modified())
                .difference(diff.added())
                .difference(diff.removed()));
    }

    /** Makes the annotation of {@code result}, if it has one, say {@code applied}. */
    static void refresh(JsonObject result, JsonObject applied, String manager) {
        JsonObject annotations = annotations(result);
        if (!manager.equals(MANAGER) || annotations.text(ANNOTATION).isEmpty()) {
            return;
        }
        JsonObject remembered = sorted(applied) instanceof JsonObject object ? object : new JsonObject();
        annotations(remembered).remove(ANNOTATION);
        annotations.put(ANNOTATION, GoText.json(remembered) + "\n");
        if (bytes(annotations) > ANNOTATIONS_BYTES_MAX) {
            annotations.remove(ANNOTATION);
        }
    }

    private static JsonObject annotations(JsonObject object) {
        return object.objectOrEmpty("metadata").objectOrEmpty("annotations");
    }

    private static long bytes(JsonObject annotations) {
        long bytes = 0;
        for (int i = 0; i < annotations.size(); i++) {
            String name = annotations.nameAt(i);
            bytes += name.getBytes(StandardCharsets.UTF_8).length;
            bytes += annotations.text(name).getBytes(StandardCharsets.UTF_8).length;
        }
        return bytes;
    }

    /** A copy of {@code value} with all members sorted. */
    private static JsonValue sorted(JsonValue value) {
        if (value instanceof JsonObject object) {
            JsonObject copy = new JsonObject();
            object.names().stream().sorted().forEach(name -> {
                JsonValue member = object.get(name);
                if (member != null) {
                    copy.put(name, sorted(member));
                }
            });
            return copy;
        }
        if (value instanceof JsonArray array) {
            JsonArray copy = new JsonArray();
            array.forEach(item -> copy.add(sorted(item)));
            return copy;
        }
        return value;
    }
}
