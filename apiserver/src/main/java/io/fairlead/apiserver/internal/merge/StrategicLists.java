// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.merge;

import io.fairlead.apiserver.internal.codec.GoText;
import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.merge.PatchMeta.Member;
import io.fairlead.apiserver.internal.merge.StrategicMerge.Misfit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How lists merge: scalars as sets, objects by their key.
 *
 * <p>Where items stand afterwards: those of the patch in the patch's order, the others in the order they had, and each of the
 * others before the first item of the patch that stood behind it.
 */
final class StrategicLists {
    private StrategicLists() {}

    /** {@code list} with {@code patch} merged into it. */
    static JsonArray merge(JsonArray list, JsonArray patch, Member member) {
        if (list.isEmpty() && patch.isEmpty()) {
            return list;
        }
        if (!objects(list, patch)) {
            LinkedHashSet<JsonValue> both = new LinkedHashSet<>();
            list.forEach(both::add);
            patch.forEach(both::add);
            return arranged(List.copyOf(both), patch, list, "");
        }
        String mergeKey = member.mergeKey();
        if (mergeKey.isEmpty()) {
            throw Misfit.unexpected("cannot merge lists without merge key for "
                    + (member.type().struct() ? "struct" : member.type().name()));
        }
        List<JsonObject> live = new ArrayList<>(list.objects());
        List<JsonObject> changes = new ArrayList<>();
        boolean replaces = obeyDirectives(live, patch.objects(), mergeKey, changes);
        if (replaces) {
            live = changes;
            changes = List.of();
        }
        List<JsonValue> merged = mergeByKey(live, changes, member);
        return arranged(merged, JsonArray.of(changes), JsonArray.of(live), mergeKey);
    }

    /** {@code list} without the scalars in {@code gone}. */
    static JsonArray without(JsonArray list, JsonArray gone, Member member) {
        if (objects(list, gone)) {
            return merge(list, gone, member);
        }
        JsonArray kept = new JsonArray();
        for (JsonValue item : list) {
            if (position(gone, item, "") < 0) {
                kept.add(item);
            }
        }
        return kept;
    }

    /** Whether the items of both lists are objects; refuses mixtures and lists of lists. */
    private static boolean objects(JsonArray list, JsonArray patch) {
        JsonValue first = null;
        for (JsonArray each : List.of(list, patch)) {
            for (JsonValue item : each) {
                if (first == null) {
                    first = item;
                    if (item instanceof JsonArray) {
                        throw new Misfit(PatchProblem.rejected());
                    }
                } else if (!GoText.type(first).equals(GoText.type(item))) {
                    throw Misfit.unexpected("list element types are not identical: [" + GoText.plain(list) + " "
                            + GoText.plain(patch) + "]");
                }
            }
        }
        return first instanceof JsonObject;
    }

    /** Obeys the items of the patch that are directives; the others go to {@code rest}. Returns whether all else goes. */
    private static boolean obeyDirectives(
            List<JsonObject> live, List<JsonObject> patch, String mergeKey, List<JsonObject> rest) {
        boolean replaces = false;
        for (JsonObject item : patch) {
            JsonValue directive = item.get(StrategicMerge.DIRECTIVE);
            if (directive == null) {
                rest.add(item);
                continue;
            }
            switch (item.text(StrategicMerge.DIRECTIVE)) {
                case StrategicMerge.DELETE -> {
                    JsonValue key = item.get(mergeKey);
                    if (key == null) {
                        throw Misfit.noMergeKey(item, mergeKey);
                    }
                    live.removeIf(each -> key.equals(each.get(mergeKey)));
                }
                case StrategicMerge.REPLACE -> replaces = true;
                case StrategicMerge.MERGE ->
                    throw Misfit.unexpected("merging lists cannot yet be specified in the patch");
                default -> throw Misfit.unknownDirective(directive, item);
            }
        }
        return replaces;
    }

    private static List<JsonValue> mergeByKey(List<JsonObject> live, List<JsonObject> changes, Member member) {
        List<JsonValue> merged = new ArrayList<>(live);
        for (JsonObject change : changes) {
            JsonValue key = change.get(member.mergeKey());
            if (key == null) {
                throw Misfit.noMergeKey(change, member.mergeKey());
            }
            int at = position(JsonArray.of(merged), change, member.mergeKey());
            if (at < 0) {
                merged.add(change);
            } else {
                merged.set(at, StrategicMerge.merge((JsonObject) merged.get(at), change, member.type()));
            }
        }
        return merged;
    }

    /**
     * {@code items} in order.
     *
     * @param first items that are in this list stand as in this list
     * @param live the others stand as in this list
     * @param mergeKey empty for scalars
     */
    static JsonArray arranged(List<JsonValue> items, JsonArray first, JsonArray live, String mergeKey) {
        List<JsonValue> patched = new ArrayList<>();
        List<JsonValue> others = new ArrayList<>();
        for (JsonValue item : items) {
            requireKey(item, mergeKey);
            (position(first, item, mergeKey) < 0 ? others : patched).add(item);
        }
        patched.sort(Comparator.comparingInt(item -> position(first, item, mergeKey)));
        others.sort(Comparator.comparingInt(item -> position(live, item, mergeKey)));

        JsonArray arranged = new JsonArray();
        int nextOther = 0;
        for (JsonValue item : patched) {
            int place = position(live, item, mergeKey);
            while (place >= 0
                    && nextOther < others.size()
                    && position(live, others.get(nextOther), mergeKey) >= 0
                    && position(live, others.get(nextOther), mergeKey) < place) {
                arranged.add(others.get(nextOther++));
            }
            arranged.add(item);
        }
        others.subList(nextOther, others.size()).forEach(arranged::add);
        return arranged;
    }

    private static void requireKey(JsonValue item, String mergeKey) {
        if (!mergeKey.isEmpty() && item instanceof JsonObject object && !object.has(mergeKey)) {
            throw Misfit.noMergeKey(object, mergeKey);
        }
    }

    /** Where the item that is the same as {@code item} stands in {@code list}, or -1. */
    static int position(JsonArray list, JsonValue item, String mergeKey) {
        JsonValue wanted = identity(item, mergeKey);
        for (int i = 0; i < list.size(); i++) {
            if (wanted != null && wanted.equals(identity(list.get(i), mergeKey))) {
                return i;
            }
        }
        return -1;
    }

    private static @Nullable JsonValue identity(JsonValue item, String mergeKey) {
        if (mergeKey.isEmpty()) {
            return item;
        }
        return item instanceof JsonObject object ? object.get(mergeKey) : null;
    }
}
