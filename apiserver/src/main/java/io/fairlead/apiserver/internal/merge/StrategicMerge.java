// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.merge;

import io.fairlead.apiserver.internal.codec.GoText;
import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.codec.MalformedJsonException;
import io.fairlead.apiserver.internal.merge.PatchMeta.Member;
import io.fairlead.apiserver.internal.merge.PatchMeta.Strategy;
import io.fairlead.apiserver.internal.merge.PatchResult.Patched;
import io.fairlead.apiserver.internal.merge.PatchResult.Refused;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Strategic merge patch: like a merge patch, but lists merge by the keys that their types declare, and directives inside the
 * patch say what cannot be said otherwise.
 *
 * <ul>
 *   <li>{@code $patch: replace} in an object, or in an item of a list: what is there goes.
 *   <li>{@code $patch: delete} in an object or an item: it goes.
 *   <li>{@code $retainKeys: [a, b]}: members that are not named go.
 *   <li>{@code $deleteFromPrimitiveList/x: [..]}: these items of the list {@code x} go.
 *   <li>{@code $setElementOrder/x: [..]}: the order in which the items of {@code x} are to stand.
 * </ul>
 *
 * <p>The patch is consumed; its directives are taken out as they are obeyed, which shows in what error messages quote.
 */
final class StrategicMerge {
    static final String DIRECTIVE = "$patch";
    static final String DELETE = "delete";
    static final String REPLACE = "replace";
    static final String MERGE = "merge";
    private static final String RETAIN_KEYS = "$retainKeys";
    private static final String DELETE_FROM_LIST = "$deleteFromPrimitiveList";
    static final String ELEMENT_ORDER = "$setElementOrder";

    private static final String BAD_RETAIN_KEYS = "invalid patch format of retainKeys";
    private static final String BAD_PRIMITIVE_LIST = "invalid patch format of primitive list";
    private static final String BAD_ELEMENT_ORDER = "invalid patch format of setElementOrder list";

    private StrategicMerge() {}

    /** Carries a problem out of the recursion; never leaves this package. */
    static final class Misfit extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient PatchProblem problem;

        Misfit(PatchProblem problem) {
            super(problem.message(), null, false, false);
            this.problem = problem;
        }

        static Misfit unexpected(String message) {
            return new Misfit(PatchProblem.unexpected(message));
        }

        static Misfit noMergeKey(JsonObject item, String mergeKey) {
            return unexpected("map: " + GoText.plain(item) + " does not contain declared merge key: " + mergeKey);
        }

        static Misfit wrongType(String expected, JsonValue actual) {
            return unexpected("expected a " + expected + ", but received a " + GoText.type(actual));
        }

        static Misfit unknownDirective(JsonValue directive, JsonObject patch) {
            return unexpected(
                    "unknown patch type: " + GoText.verbString(directive) + " in map: " + GoText.plain(patch));
        }
    }

    /**
     * Applies {@code patch} to {@code current}, which it consumes.
     *
     * @param strict whether to look for repeated members
     */
    static PatchResult apply(byte[] patch, JsonObject current, PatchMeta meta, boolean strict) {
        List<String> problems = new ArrayList<>();
        JsonValue parsed;
        try {
            parsed = Bodies.read(patch, duplicate -> problems.add("duplicate field \"" + duplicate + "\""));
        } catch (MalformedJsonException e) {
            return new Refused(PatchProblem.badRequest(String.valueOf(e.getMessage())));
        }
        if (!(parsed instanceof JsonObject) && !(parsed instanceof JsonNull)) {
            return new Refused(PatchProblem.badRequest("json: cannot unmarshal " + GoText.jsonKind(parsed)
                    + " into Go value of type map[string]interface {}"));
        }
        JsonObject changes = parsed instanceof JsonObject object ? object : new JsonObject();
        try {
            JsonObject merged = merge(current, changes, meta);
            Optional<String> problem = meta.problem(merged);
            if (problem.isPresent()) {
                return new Refused(PatchProblem.undecodable(GoText.plain(changes), problem.get()));
            }
            return new Patched(merged, strict ? problems : List.of(), () -> GoText.plain(changes));
        } catch (Misfit e) {
            return new Refused(e.problem);
        }
    }

    /** Lays {@code patch} over {@code original}; what comes out may be either. */
    static JsonObject merge(JsonObject original, JsonObject patch, PatchMeta meta) {
        JsonValue directive = patch.get(DIRECTIVE);
        if (directive != null) {
            return obey(directive, patch);
        }
        retainKeys(original, patch);
        ElementOrder.apply(original, patch, meta);
        for (String name : patch.names()) {
            JsonValue change = patch.get(name);
            if (change != null) {
                mergeMember(original, name, change, meta);
            }
        }
        return original;
    }

    private static JsonObject obey(JsonValue directive, JsonObject patch) {
        String word = patch.text(DIRECTIVE);
        if (word.equals(REPLACE)) {
            patch.remove(DIRECTIVE);
            return patch;
        }
        if (word.equals(DELETE)) {
            return new JsonObject();
        }
        throw Misfit.unknownDirective(directive, patch);
    }

    private static void retainKeys(JsonObject original, JsonObject patch) {
        JsonValue directive = patch.remove(RETAIN_KEYS);
        if (directive == null) {
            return;
        }
        if (!(directive instanceof JsonArray list)) {
            throw new Misfit(PatchProblem.badRequest(BAD_RETAIN_KEYS));
        }
        Set<String> retained = new HashSet<>(list.texts());
        for (int i = 0; i < patch.size(); i++) {
            String name = patch.nameAt(i);
            boolean counts = !(patch.valueAt(i) instanceof JsonNull)
                    && !name.startsWith(DELETE_FROM_LIST)
                    && !name.startsWith(ELEMENT_ORDER);
            if (counts && !retained.contains(name)) {
                throw new Misfit(PatchProblem.badRequest(BAD_RETAIN_KEYS));
            }
        }
        for (String name : original.names()) {
            if (!retained.contains(name)) {
                original.remove(name);
            }
        }
    }

    private static void mergeMember(JsonObject original, String written, JsonValue change, PatchMeta meta) {
        boolean deletes = written.startsWith(DELETE_FROM_LIST);
        String name = deletes ? bareName(written, DELETE_FROM_LIST) : written;
        if (change instanceof JsonNull) {
            original.remove(name);
            return;
        }
        JsonValue present = original.get(name);
        if (present instanceof JsonObject object && change instanceof JsonObject inner) {
            Member member = member(meta, name);
            boolean replaces = member.strategy() == Strategy.REPLACE;
            original.put(name, replaces ? inner : merge(object, inner, member.type()));
        } else if (present instanceof JsonArray list && change instanceof JsonArray items) {
            Member member = listMember(meta, name);
            if (deletes) {
                original.put(name, StrategicLists.without(list, items, member));
            } else {
                boolean merges = member.strategy() == Strategy.MERGE;
                original.put(name, merges ? StrategicLists.merge(list, items, member) : items);
            }
        } else if (!deletes) {
            discardNulls(change);
            JsonValue taken = withoutDirectives(change);
            if (taken == null) {
                original.remove(name);
            } else {
                original.put(name, taken);
            }
        }
    }

    private static void discardNulls(JsonValue value) {
        if (value instanceof JsonObject object) {
            for (String name : object.names()) {
                JsonValue member = object.get(name);
                if (member == null || member instanceof JsonNull) {
                    object.remove(name);
                } else {
                    discardNulls(member);
                }
            }
        } else if (value instanceof JsonArray array) {
            array.forEach(StrategicMerge::discardNulls);
        }
    }

    /** {@code value} without the objects that carry a directive; null if it is one itself. */
    static @Nullable JsonValue withoutDirectives(JsonValue value) {
        if (value instanceof JsonObject object) {
            if (object.has(DIRECTIVE)) {
                return null;
            }
            for (String name : object.names()) {
                JsonValue member = object.get(name);
                JsonValue kept = member == null ? null : withoutDirectives(member);
                if (kept == null) {
                    object.remove(name);
                } else {
                    object.put(name, kept);
                }
            }
        } else if (value instanceof JsonArray array) {
            JsonArray kept = new JsonArray();
            for (JsonValue item : array) {
                JsonValue bare = withoutDirectives(item);
                if (bare != null) {
                    kept.add(bare);
                }
            }
            return kept;
        }
        return value;
    }

    static Member member(PatchMeta meta, String name) {
        if (!meta.struct()) {
            throw Misfit.unexpected(
                    "merging an object in json but data type is not struct, instead is: " + meta.name());
        }
        Member member = meta.member(name);
        if (member == null) {
            throw Misfit.unexpected(
                    "unable to find api field in struct " + meta.name() + " for the json field \"" + name + "\"");
        }
        return member;
    }

    static Member listMember(PatchMeta meta, String name) {
        Member member = member(meta, name);
        if (!member.list()) {
            throw Misfit.unexpected("expected slice or array type, but got: struct");
        }
        return member;
    }

    /** {@code x} of {@code $setElementOrder/x}. */
    static String bareName(String written, String prefix) {
        if (written.startsWith(prefix + "/")) {
            return written.substring(prefix.length() + 1);
        }
        throw new Misfit(
                PatchProblem.badRequest(prefix.equals(ELEMENT_ORDER) ? BAD_ELEMENT_ORDER : BAD_PRIMITIVE_LIST));
    }
}
