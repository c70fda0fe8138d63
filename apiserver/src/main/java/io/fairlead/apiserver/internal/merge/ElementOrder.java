// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.merge;

import io.fairlead.apiserver.internal.codec.GoText;
import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.merge.PatchMeta.Member;
import io.fairlead.apiserver.internal.merge.PatchMeta.Strategy;
import io.fairlead.apiserver.internal.merge.StrategicMerge.Misfit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The directive {@code $setElementOrder/x}: in which order the items of the list {@code x} are to stand. */
final class ElementOrder {
    private ElementOrder() {}

    /** Merges the lists of {@code patch} that come with an order, and takes them and their orders out of it. */
    static void apply(JsonObject original, JsonObject patch, PatchMeta meta) {
        for (String written : patch.names()) {
            if (!written.startsWith(StrategicMerge.ELEMENT_ORDER)) {
                continue;
            }
            JsonValue directive = patch.remove(written);
            if (!(directive instanceof JsonArray order)) {
                throw Misfit.wrongType("[]interface {}", directive == null ? new JsonObject() : directive);
            }
            String name = StrategicMerge.bareName(written, StrategicMerge.ELEMENT_ORDER);
            JsonArray live = list(original, name);
            JsonArray changes = list(patch, name);
            Member member = StrategicMerge.listMember(meta, name);
            requireFit(changes, order, member.mergeKey());
            JsonArray merged = merged(live, changes, member);
            if (merged != null) {
                original.put(name, arranged(merged, order, live, member.mergeKey()));
                patch.remove(name);
            }
        }
    }

    private static @Nullable JsonArray list(JsonObject object, String name) {
        JsonValue value = object.get(name);
        if (value == null || value instanceof JsonArray) {
            return (JsonArray) value;
        }
        throw Misfit.wrongType("[]interface {}", value);
    }

    private static @Nullable JsonArray merged(@Nullable JsonArray live, @Nullable JsonArray changes, Member member) {
        if (changes == null) {
            return live;
        }
        if (live == null) {
            return (JsonArray) StrategicMerge.withoutDirectives(changes);
        }
        return member.strategy() == Strategy.MERGE ? StrategicLists.merge(live, changes, member) : changes;
    }

    private static JsonArray arranged(JsonArray merged, JsonArray order, @Nullable JsonArray live, String mergeKey) {
        if (merged.isEmpty()) {
            throw Misfit.unexpected("no elements in any of the given slices");
        }
        List<JsonValue> items = new ArrayList<>();
        merged.forEach(items::add);
        return StrategicLists.arranged(items, order, live == null ? new JsonArray() : live, mergeKey);
    }

    /** The items of the patch must all be in the order, and stand in it as they stand in the patch. */
    private static void requireFit(@Nullable JsonArray changes, JsonArray order, String mergeKey) {
        if (changes == null || changes.isEmpty() || order.isEmpty()) {
            return;
        }
        int at = 0;
        for (JsonValue item : changes) {
            if (item instanceof JsonObject object && object.has(StrategicMerge.DIRECTIVE)) {
                continue;
            }
            while (at < order.size() && !same(item, order.get(at), mergeKey)) {
                at++;
            }
            if (at == order.size()) {
                throw Misfit.unexpected("The order in patch list:\n" + GoText.plain(changes) + "\n doesn't match "
                        + StrategicMerge.ELEMENT_ORDER + " list:\n" + GoText.plain(order) + "\n");
            }
            at++;
        }
    }

    private static boolean same(JsonValue item, JsonValue ordered, String mergeKey) {
        if (mergeKey.isEmpty()) {
            return item.equals(ordered);
        }
        return key(item, mergeKey).equals(key(ordered, mergeKey));
    }

    private static JsonValue key(JsonValue item, String mergeKey) {
        if (!(item instanceof JsonObject object)) {
            throw Misfit.wrongType("map[string]interface {}", item);
        }
        JsonValue key = object.get(mergeKey);
        if (key == null) {
            throw Misfit.noMergeKey(object, mergeKey);
        }
        return key;
    }
}
