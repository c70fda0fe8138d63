// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.apply;

import io.fairlead.apiserver.internal.apply.Versions.Versioned;
import io.fairlead.apiserver.internal.codec.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of a merged object what its manager applied the last time and does not apply any more.
 *
 * <p>First everything that it applied the last time goes. Then comes back what somebody owns, itself included, each in the
 * version in which they own it, and then what it never owned but stood inside what went.
 */
final class ApplyPrune {
    private final FieldWrite write;
    private final Managers managers;

    /**
     * A pruning for {@code write}.
     *
     * @param managers with what is applied now
     */
    ApplyPrune(FieldWrite write, Managers managers) {
        this.write = write;
        this.managers = managers;
    }

    /** {@code merged} without what only {@code last} stood for. */
    JsonObject prune(JsonObject merged, ManagerEntry last) {
        Versioned whole = in(merged, last.apiVersion());
        if (whole == null) {
            return merged;
        }
        FieldSet applied = OwnedFields.withNamedParents(last.fields(), whole.type());
        JsonObject bare = TreePrune.without(whole.type(), whole.object(), applied);
        JsonObject owned = withOwned(whole, bare, last.apiVersion());
        JsonObject pruned = withDangling(whole, owned, last);
        Versioned result = in(pruned, write.apiVersion());
        return result == null ? merged : result.object();
    }

    private @Nullable Versioned in(JsonObject object, String apiVersion) {
        if (apiVersion.equals(write.apiVersion()) && object.text("apiVersion").equals(apiVersion)) {
            return new Versioned(write.type(), object);
        }
        return write.versions().convert(object, apiVersion);
    }

    /** {@code pruned} and what anybody owns; what comes out may be in any version. */
    private JsonObject withOwned(Versioned whole, JsonObject pruned, String version) {
        Map<String, FieldSet> owned = new LinkedHashMap<>();
        // The version that was pruned comes first: what went may be needed to convert at all.
        owned.put(version, FieldSet.EMPTY);
        for (ManagerEntry entry : managers.entries()) {
            owned.merge(entry.apiVersion(), entry.fields(), FieldSet::union);
        }
        JsonObject all = whole.object();
        JsonObject kept = pruned;
        for (Map.Entry<String, FieldSet> each : owned.entrySet()) {
            Versioned everything = in(all, each.getKey());
            Versioned rest = in(kept, each.getKey());
            if (everything == null || rest == null) {
                continue;
            }
            FieldType type = everything.type();
            FieldSet stays = named(type, rest.object()).union(OwnedFields.withNamedParents(each.getValue(), type));
            all = everything.object();
            kept = TreePrune.without(type, all, named(type, all).difference(stays));
        }
        return kept;
    }

    /** {@code pruned} and what the manager had not applied but lost with what it had. */
    private JsonObject withDangling(Versioned whole, JsonObject pruned, ManagerEntry last) {
        Versioned rest = in(pruned, last.apiVersion());
        if (rest == null) {
            return whole.object();
        }
        FieldType type = whole.type();
        FieldSet gone = named(type, whole.object()).difference(named(type, rest.object()));
        FieldSet applied = OwnedFields.withNamedParents(last.fields(), type);
        return TreePrune.without(type, whole.object(), gone.intersection(applied));
    }

    private static FieldSet named(FieldType type, JsonObject object) {
        return OwnedFields.withNamedParents(OwnedFields.of(type, object), type);
    }
}
