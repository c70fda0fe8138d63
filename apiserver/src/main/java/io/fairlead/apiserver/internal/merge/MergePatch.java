// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.merge;

import io.fairlead.apiserver.internal.codec.GoText;
import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.codec.MalformedJsonException;
import io.fairlead.apiserver.internal.merge.PatchResult.Patched;
import io.fairlead.apiserver.internal.merge.PatchResult.Refused;
import java.util.ArrayList;
import java.util.List;

/**
 * An object that is laid over another one, RFC 7396: null removes, objects merge, everything else replaces.
 *
 * <p>Objects that are merged get their members sorted by name, since the original writes them anew; it shows in what error
 * messages quote.
 */
final class MergePatch {
    private static final String NO_PATCH = "Invalid JSON Patch";

    private MergePatch() {}

    /**
     * Applies {@code patch} to {@code current}, which it consumes.
     *
     * @param strict whether to look for repeated members
     */
    static PatchResult apply(byte[] patch, JsonObject current, boolean strict) {
        List<String> problems = new ArrayList<>();
        JsonValue parsed;
        try {
            parsed = Bodies.read(patch, duplicate -> problems.add("duplicate field \"" + duplicate + "\""));
        } catch (MalformedJsonException e) {
            return new Refused(PatchProblem.badRequest(strict ? "error decoding patch: " + e.getMessage() : NO_PATCH));
        }
        if (parsed instanceof JsonObject changes) {
            merge(current, changes);
            return new Patched(current, strict ? problems : List.of(), () -> GoText.json(current));
        }
        if (parsed instanceof JsonNull) {
            return new Refused(PatchProblem.badRequest(NO_PATCH));
        }
        if (strict) {
            return new Refused(PatchProblem.badRequest("error decoding patch: json: cannot unmarshal "
                    + GoText.jsonKind(parsed) + " into Go value of type map[string]interface {}"));
        }
        if (parsed instanceof JsonArray list) {
            return new Patched(list, List.of(), () -> GoText.json(list));
        }
        return new Refused(PatchProblem.badRequest(NO_PATCH));
    }

    private static void merge(JsonObject target, JsonObject changes) {
        for (int i = 0; i < changes.size(); i++) {
            String name = changes.nameAt(i);
            JsonValue change = changes.valueAt(i);
            JsonValue present = target.get(name);
            if (change instanceof JsonNull) {
                target.remove(name);
            } else if (present instanceof JsonObject object && change instanceof JsonObject inner) {
                merge(object, inner);
            } else {
                if (!(present instanceof JsonObject)) {
                    // What replaces an object keeps its nulls: a quirk of the library that the original uses.
                    withoutNulls(change);
                }
                target.put(name, change);
            }
        }
        target.sortNames();
    }

    /** What is new takes no nulls with it, except as items of lists. */
    private static void withoutNulls(JsonValue value) {
        if (value instanceof JsonObject object) {
            for (String name : object.names()) {
                JsonValue member = object.get(name);
                if (member == null || member instanceof JsonNull) {
                    object.remove(name);
                } else {
                    withoutNulls(member);
                }
            }
            object.sortNames();
        } else if (value instanceof JsonArray array) {
            array.forEach(MergePatch::withoutNulls);
        }
    }
}
