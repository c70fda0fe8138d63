// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.apply;

import static java.util.Objects.requireNonNull;

import io.fairlead.apiserver.internal.apply.FieldType.Keying;
import io.fairlead.apiserver.internal.apply.FieldType.ListShape;
import io.fairlead.apiserver.internal.apply.FieldType.MapShape;
import io.fairlead.apiserver.internal.apply.FieldType.Shape;
import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lays an applied object over the live one: nothing goes, what both have is as applied.
 *
 * <p>What comes out may share values with both; nobody may change any of the three afterwards.
 */
final class TreeMerge {
    private TreeMerge() {}

    /** {@code live} with {@code applied} over it. */
    static JsonObject merge(FieldType type, JsonObject live, JsonObject applied) {
        return mergeValues(type, live, applied) instanceof JsonObject object ? object : new JsonObject();
    }

    private static @Nullable JsonValue mergeValues(
            FieldType type, @Nullable JsonValue live, @Nullable JsonValue applied) {
        if (applied == null) {
            return live;
        }
        Shape shape = type.shapeOf(applied);
        return switch (shape) {
            case SCALAR -> applied;
            case LIST -> {
                ListShape list = requireNonNull(type.list);
                JsonArray mine = live instanceof JsonArray array ? array : new JsonArray();
                JsonArray theirs = applied instanceof JsonArray array ? array : new JsonArray();
                boolean leaf = list.keying == Keying.ATOMIC || (mine.isEmpty() && theirs.isEmpty());
                yield leaf ? applied : mergeLists(list, mine, theirs);
            }
            case MAP -> {
                MapShape map = requireNonNull(type.map);
                JsonObject mine = live instanceof JsonObject object ? object : new JsonObject();
                JsonObject theirs = applied instanceof JsonObject object ? object : new JsonObject();
                boolean leaf = map.atomic || (mine.isEmpty() && theirs.isEmpty());
                yield leaf ? applied : mergeMaps(map, mine, theirs);
            }
        };
    }

    private static JsonObject mergeMaps(MapShape map, JsonObject live, JsonObject applied) {
        JsonObject merged = new JsonObject();
        for (int i = 0; i < live.size(); i++) {
            String name = live.nameAt(i);
            put(merged, name, mergeValues(map.typeOf(name), live.valueAt(i), applied.get(name)));
        }
        for (int i = 0; i < applied.size(); i++) {
            String name = applied.nameAt(i);
            if (!live.has(name)) {
                put(merged, name, mergeValues(map.typeOf(name), null, applied.valueAt(i)));
            }
        }
        return merged;
    }

    private static void put(JsonObject object, String name, @Nullable JsonValue value) {
        if (value != null) {
            object.put(name, value);
        }
    }

    /**
     * The items of both lists. Those that were applied stand in the applied order; the others stay where they were among
     * their neighbours, as far as that order allows.
     */
    private static JsonArray mergeLists(ListShape list, JsonArray live, JsonArray applied) {
        PathElement[] mine = ListItems.elements(list, live);
        PathElement[] theirs = ListItems.elements(list, applied);
        Map<PathElement, JsonValue> liveItems = new HashMap<>();
        for (int i = 0; i < mine.length; i++) {
            // Items that repeat do not merge with anything.
            liveItems.merge(mine[i], live.get(i), (first, second) -> JsonNull.NULL);
        }
        Set<PathElement> appliedElements = new HashSet<>(List.of(theirs));
        Deque<PathElement> shared = new ArrayDeque<>();
        for (PathElement element : theirs) {
            if (liveItems.containsKey(element)) {
                shared.add(element);
            }
        }

        List<JsonValue> merged = new ArrayList<>();
        Set<PathElement> done = new HashSet<>();
        int left = 0;
        int right = 0;
        while (left < mine.length || right < theirs.length) {
            if (left < mine.length && right < theirs.length) {
                boolean meet = mine[left].equals(theirs[right]);
                boolean comesLater = !meet
                        && appliedElements.contains(mine[left])
                        && !shared.isEmpty()
                        && !shared.getFirst().equals(mine[left]);
                if (comesLater) {
                    left++;
                    continue;
                }
                if (meet) {
                    done.add(theirs[right]);
                    add(merged, mergeValues(list.item(), liveItems.get(mine[left]), applied.get(right)));
                    left++;
                    right++;
                    shared.pollFirst();
                    continue;
                }
            }
            if (left < mine.length && !appliedElements.contains(mine[left])) {
                merged.add(live.get(left));
                left++;
                continue;
            }
            if (left < mine.length && done.contains(mine[left])) {
                left++;
            }
            if (right < theirs.length) {
                PathElement element = theirs[right];
                done.add(element);
                add(merged, mergeValues(list.item(), liveItems.get(element), applied.get(right)));
                right++;
                if (element.equals(shared.peekFirst())) {
                    shared.removeFirst();
                }
            }
        }
        return JsonArray.of(merged);
    }

    private static void add(List<JsonValue> items, @Nullable JsonValue item) {
        if (item != null) {
            items.add(item);
        }
    }
}
