// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.apply;

import io.fairlead.apiserver.internal.codec.GoText;
import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What one manager owns: an entry of {@code metadata.managedFields}.
 *
 * <p>An entry of a stored object is read only when somebody asks for its fields: most writes touch what one or two managers
 * own. For one thread.
 */
final class ManagerEntry {
    static final String APPLY = "Apply";
    static final String UPDATE = "Update";
    private static final String FIELDS_TYPE = "FieldsV1";

    /** Those that apply first, then the older first; canonical times sort as text. */
    static final Comparator<ManagerEntry> ORDER = Comparator.comparing(ManagerEntry::operation)
            .thenComparing(ManagerEntry::time)
            .thenComparing(ManagerEntry::manager)
            .thenComparing(ManagerEntry::apiVersion)
            .thenComparing(ManagerEntry::subresource);

    private final String manager;
    private final String operation;
    private final String apiVersion;
    private final String subresource;

    /** In RFC 3339 without fractions; empty if the entry has none. */
    private final String time;

    /** The entry as it was read, if writing it would give the same; null for one that is new. */
    private final @Nullable JsonObject written;

    /** Null until {@link #written} is read. */
    private @Nullable FieldSet fields;

    private ManagerEntry(ManagerEntry like, String time, @Nullable FieldSet fields, @Nullable JsonObject written) {
        this(like.manager, like.operation, like.apiVersion, like.subresource, time, fields, written);
    }

    @SuppressWarnings("checkstyle:ParameterNumber") // What an entry has; those who make one use the factories.
    private ManagerEntry(
            String manager,
            String operation,
            String apiVersion,
            String subresource,
            String time,
            @Nullable FieldSet fields,
            @Nullable JsonObject written) {
        this.manager = manager;
        this.operation = operation;
        this.apiVersion = apiVersion;
        this.subresource = subresource;
        this.time = time;
        this.fields = fields;
        this.written = written;
    }

    /** An entry of somebody who updates; it owns nothing and has no time. */
    static ManagerEntry updater(String manager, String apiVersion) {
        return new ManagerEntry(manager, UPDATE, apiVersion, "", "", FieldSet.EMPTY, null);
    }

    /** The same manager in another version. */
    ManagerEntry in(String version) {
        return new ManagerEntry(manager, operation, version, subresource, time, fields(), null);
    }

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
                    "invalid fieldsType " + GoText.quote(fieldsType) + " in managed fields entry " + index);
        }
        try {
            return new ManagerEntry(entry, read(entry), null);
        } catch (MalformedFieldsException e) {
            throw new MalformedFieldsException("error decoding versioned set from " + GoText.plain(entry)
                    + ": error decoding set: " + e.getMessage());
        }
    }

    /** The entry {@code entry} of a stored object, which was checked when it was stored. */
    static ManagerEntry stored(JsonObject entry) {
        return new ManagerEntry(entry, null, entry);
    }

    private ManagerEntry(JsonObject entry, @Nullable FieldSet fields, @Nullable JsonObject written) {
        this(
                entry.text("manager"),
                entry.text("operation"),
                entry.text("apiVersion"),
                entry.text("subresource"),
                entry.text("time"),
                fields,
                written);
    }

    private static FieldSet read(JsonObject entry) throws MalformedFieldsException {
        JsonValue fields = entry.get("fieldsV1");
        return fields == null || fields instanceof JsonNull ? FieldSet.EMPTY : FieldSet.parse(fields);
    }

    String manager() {
        return manager;
    }

    String operation() {
        return operation;
    }

    String apiVersion() {
        return apiVersion;
    }

    String subresource() {
        return subresource;
    }

    String time() {
        return time;
    }

    FieldSet fields() {
        FieldSet known = fields;
        if (known == null) {
            known = FieldSet.EMPTY;
            if (written != null) {
                try {
                    known = read(written);
                } catch (MalformedFieldsException e) {
                    // Not written by this server: owns nothing that could be told.
                    known = FieldSet.EMPTY;
                }
            }
            fields = known;
        }
        return known;
    }

    /** Whether it owns nothing. */
    boolean isEmpty() {
        if (fields == null && written != null) {
            return written.objectOrEmpty("fieldsV1").isEmpty();
        }
        return fields().isEmpty();
    }

    /** Whether it owns any of {@code changed}; reads no more of the entry than that needs. */
    boolean owns(FieldSet changed) {
        if (fields == null && written != null) {
            return changed.isTouchedBy(written.objectOrEmpty("fieldsV1"));
        }
        return fields().intersects(changed);
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
        return next == fields() ? this : new ManagerEntry(this, time, next, null);
    }

    /** This entry, written at {@code when}. */
    ManagerEntry at(String when) {
        return new ManagerEntry(this, when, fields(), null);
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
        entry.put("fieldsV1", fields().toJson());
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
        String title = GoText.quote(manager);
        if (!subresource.isEmpty()) {
            title += " with subresource " + GoText.quote(subresource);
        }
        return applied() ? title : title + " using " + apiVersion;
    }

    private static void putText(JsonObject object, String name, String text) {
        if (!text.isEmpty()) {
            object.put(name, text);
        }
    }
}
