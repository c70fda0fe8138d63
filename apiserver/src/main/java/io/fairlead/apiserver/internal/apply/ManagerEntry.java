// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.apply;

import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.merge.GoText;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What one manager owns: an entry of {@code metadata.managedFields}.
 *
 * @param time in RFC 3339 without fractions; empty if the entry has none
 * @param written the entry as it was read, if writing it would give the same
 */
record ManagerEntry(
        String manager,
        String operation,
        String apiVersion,
        String subresource,
        String time,
        FieldSet fields,
        @Nullable JsonObject written) {
    static final String APPLY = "Apply";
    static final String UPDATE = "Update";
    private static final String FIELDS_TYPE = "FieldsV1";

    /** Those that apply first, then the older first; canonical times sort as text. */
    static final Comparator<ManagerEntry> ORDER = Comparator.comparing(ManagerEntry::operation)
            .thenComparing(ManagerEntry::time)
            .thenComparing(ManagerEntry::manager)
            .thenComparing(ManagerEntry::apiVersion)
            .thenComparing(ManagerEntry::subresource);

    /** An entry that was not read. */
    static ManagerEntry of(FieldWrite write, String operation, FieldSet fields, String time) {
        String manager = write.manager().isEmpty() ? "unknown" : write.manager();
        return new ManagerEntry(manager, operation, write.apiVersion(), write.subresource(), time, fields, null);
    }

    /** Reads entry number {@code index}. */
    static ManagerEntry parse(JsonObject entry, int index) throws MalformedFieldsException {
        String operation = entry.text("operation");
        if (!operation.equals(APPLY) && !operation.equals(UPDATE)) {
            throw new MalformedFieldsException("operation must be `Apply` or `Update`");
        }
        String apiVersion = entry.text("apiVersion");
        if (apiVersion.isEmpty()) {
            throw new MalformedFieldsException("apiVersion must not be empty");
        }
        String fieldsType = entry.text("fieldsType");
        if (fieldsType.isEmpty()) {
            throw new MalformedFieldsException("missing fieldsType in managed fields entry " + index);
        }
        if (!fieldsType.equals(FIELDS_TYPE)) {
            throw new MalformedFieldsException(
                    "invalid fieldsType " + GoText.quoted(fieldsType) + " in managed fields entry " + index);
        }
        JsonValue fields = entry.get("fieldsV1");
        FieldSet set;
        try {
            set = fields == null || fields instanceof JsonNull ? FieldSet.EMPTY : FieldSet.parse(fields);
        } catch (MalformedFieldsException e) {
            throw new MalformedFieldsException("error decoding versioned set from " + GoText.plain(entry)
                    + ": error decoding set: " + e.getMessage());
        }
        return new ManagerEntry(
                entry.text("manager"),
                operation,
                apiVersion,
                entry.text("subresource"),
                entry.text("time"),
                set,
                entry);
    }

    boolean applied() {
        return operation.equals(APPLY);
    }

    /** Whether both are entries of one manager. Appliers have one for all versions. */
    boolean sameManager(ManagerEntry other) {
        return manager.equals(other.manager)
                && operation.equals(other.operation)
                && subresource.equals(other.subresource)
                && (applied() || apiVersion.equals(other.apiVersion));
    }

    /** This entry with other fields. */
    @SuppressWarnings("ReferenceEquality") // Sets that did not change are the same object.
    ManagerEntry owning(FieldSet next) {
        return next == fields ? this : new ManagerEntry(manager, operation, apiVersion, subresource, time, next, null);
    }

    /** This entry, written at {@code when}. */
    ManagerEntry at(String when) {
        return new ManagerEntry(manager, operation, apiVersion, subresource, when, fields, null);
    }

    JsonObject toJson() {
        if (written != null) {
            return written;
        }
        JsonObject entry = new JsonObject();
        putText(entry, "manager", manager);
        entry.put("operation", operation);
        entry.put("apiVersion", apiVersion);
        putText(entry, "time", time);
        entry.put("fieldsType", FIELDS_TYPE);
        entry.put("fieldsV1", fields.toJson());
        putText(entry, "subresource", subresource);
        return entry;
    }

    /** The text by which the original sorts managers in conflicts. */
    String identity() {
        JsonObject identity = new JsonObject();
        putText(identity, "manager", manager);
        identity.put("operation", operation);
        if (!applied()) {
            identity.put("apiVersion", apiVersion);
        }
        putText(identity, "subresource", subresource);
        return GoText.json(identity);
    }

    /** As messages name it. */
    String title() {
        String title = GoText.quoted(manager);
        if (!subresource.isEmpty()) {
            title += " with subresource " + GoText.quoted(subresource);
        }
        return applied() ? title : title + " using " + apiVersion;
    }

    private static void putText(JsonObject object, String name, String text) {
        if (!text.isEmpty()) {
            object.put(name, text);
        }
    }
}
