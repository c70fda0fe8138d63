// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.apply;

import io.fairlead.apiserver.internal.apply.Versions.Versioned;
import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All who own fields of one object. Mutable, for one thread. */
final class Managers {
    /**
     * As many managers that update may have an entry of their own: each costs space in every object. The original's number.
     */
    static final int UPDATERS_MAX = 10;

    /** Whose entry those of the oldest updaters become. */
    private static final String ANCIENT = "ancient-changes";

    private List<ManagerEntry> entries;

    private Managers(List<ManagerEntry> entries) {
        this.entries = entries;
    }

    static Managers none() {
        return new Managers(new ArrayList<>());
    }

    /** Reads {@code metadata.managedFields} of {@code object}. */
    static Managers of(JsonObject object) throws MalformedFieldsException {
        JsonArray array = object.objectOrEmpty("metadata").array("managedFields");
        Managers managers = none();
        for (int i = 0; array != null && i < array.size(); i++) {
            managers.put(ManagerEntry.parse(array.object(i), i));
        }
        return managers;
    }

    /** Those of an object as it was stored: they are read when they are needed. */
    static Managers stored(JsonObject object) {
        JsonArray array = object.objectOrEmpty("metadata").array("managedFields");
        Managers managers = none();
        for (int i = 0; array != null && i < array.size(); i++) {
            managers.entries.add(ManagerEntry.stored(array.object(i)));
        }
        return managers;
    }

    /** Sets {@code metadata.managedFields} of {@code object} to these, or takes it away if there are none. */
    void writeTo(JsonObject object) {
        JsonObject metadata = object.child("metadata");
        metadata.remove("managedFields");
        if (!entries.isEmpty()) {
            JsonArray array = new JsonArray();
            entries.sort(ManagerEntry.ORDER);
            entries.forEach(entry -> array.add(entry.toJson()));
            metadata.put("managedFields", array);
        }
    }

    static String time(Instant now) {
        return DateTimeFormatter.ISO_INSTANT.format(now.truncatedTo(ChronoUnit.SECONDS));
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    List<ManagerEntry> entries() {
        return entries;
    }

    Optional<ManagerEntry> find(ManagerEntry like) {
        return entries.stream().filter(each -> each.sameManager(like)).findFirst();
    }

    /** Adds {@code entry} in place of that of the same manager. */
    void put(ManagerEntry entry) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).sameManager(entry)) {
                entries.set(i, entry);
                return;
            }
        }
        entries.add(entry);
    }

    void remove(ManagerEntry like) {
        entries.removeIf(each -> each.sameManager(like));
    }

    /** Drops entries of versions that are no more, and fits the others to what is owned as a whole today. */
    void reconcile(FieldWrite write, JsonObject live) {
        Map<String, Optional<FieldType>> types = new HashMap<>(4);
        List<ManagerEntry> kept = new ArrayList<>(entries.size());
        for (ManagerEntry entry : entries) {
            FieldType type = write.type();
            if (!entry.apiVersion().equals(write.apiVersion())) {
                type = types.computeIfAbsent(entry.apiVersion(), version -> Optional.ofNullable(
                                        write.versions().convert(live, version))
                                .map(Versioned::type))
                        .orElse(null);
            }
            if (type != null) {
                kept.add(entry.owning(OwnedFields.reconciled(entry.fields(), type)));
            }
        }
        entries = kept;
    }

    /** The difference between two objects in each version in which somebody owns fields. */
    static final class Changes {
        private final FieldWrite write;
        private final JsonObject before;
        private final JsonObject after;
        private final FieldDiff own;
        private final Map<String, Optional<FieldDiff>> others = new HashMap<>(4);

        Changes(FieldWrite write, JsonObject before, JsonObject after) {
            this.write = write;
            this.before = before;
            this.after = after;
            this.own = FieldDiff.between(write.type(), before, after).without(write.resetFields());
        }

        /** In the version of the write. */
        FieldDiff own() {
            return own;
        }

        /** In {@code version}; null if the resource does not have it. */
        @Nullable
        FieldDiff in(String version) {
            return version.equals(write.apiVersion())
                    ? own
                    : others.computeIfAbsent(version, this::compare).orElse(null);
        }

        private Optional<FieldDiff> compare(String version) {
            Versioned old = write.versions().convert(before, version);
            Versioned next = write.versions().convert(after, version);
            return old == null || next == null
                    ? Optional.empty()
                    : Optional.of(FieldDiff.between(next.type(), old.object(), next.object())
                            .without(write.resetFields()));
        }
    }

    /** What of {@code changes} others own, by entry. An entry that owns nothing of it has none. */
    List<ManagerEntry> conflicts(Changes changes, @Nullable ManagerEntry self) {
        List<ManagerEntry> conflicts = new ArrayList<>();
        for (ManagerEntry entry : entries) {
            FieldDiff diff = isSelf(entry, self) ? null : changes.in(entry.apiVersion());
            if (diff == null) {
                continue;
            }
            FieldSet set = diff.modified().union(diff.added());
            if (entry.owns(set)) {
                conflicts.add(entry.owning(entry.fields().intersection(set)));
            }
        }
        conflicts.sort(Comparator.comparing(ManagerEntry::identity));
        return conflicts;
    }

    /** Takes what {@code changes} set or removed from all but {@code self}; drops entries that own nothing then. */
    void release(Changes changes, @Nullable ManagerEntry self) {
        List<ManagerEntry> kept = new ArrayList<>(entries.size() + 1);
        for (ManagerEntry entry : entries) {
            FieldDiff diff = isSelf(entry, self) ? FieldDiff.NONE : changes.in(entry.apiVersion());
            ManagerEntry left = diff == null ? entry.owning(FieldSet.EMPTY) : entry;
            if (diff != null && entry.owns(diff.all())) {
                left = entry.owning(entry.fields().difference(diff.all()));
            }
            if (!left.isEmpty()) {
                kept.add(left);
            }
        }
        entries = kept;
    }

    private static boolean isSelf(ManagerEntry entry, @Nullable ManagerEntry self) {
        return self != null && entry.sameManager(self);
    }

    /** Merges the oldest entries of those that update, version by version, until they are few enough. */
    void cap() {
        List<ManagerEntry> updaters = new ArrayList<>(entries);
        updaters.removeIf(ManagerEntry::applied);
        int count = updaters.size();
        if (count <= UPDATERS_MAX) {
            return;
        }
        updaters.sort(Comparator.comparing(ManagerEntry::time).thenComparing(ManagerEntry::identity));
        Map<String, ManagerEntry> firstOfVersion = new HashMap<>();
        for (ManagerEntry updater : updaters) {
            if (count <= UPDATERS_MAX) {
                return;
            }
            ManagerEntry first = firstOfVersion.putIfAbsent(updater.apiVersion(), updater);
            if (first != null) {
                ManagerEntry bucket =
                        ManagerEntry.updater(ANCIENT, updater.apiVersion()).at(updater.time());
                FieldSet collected = find(bucket).orElse(first).fields();
                if (find(bucket).isEmpty()) {
                    remove(first);
                }
                remove(updater);
                put(bucket.owning(updater.fields().union(collected)));
                count--;
            }
        }
    }
}
