// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.apply;

import io.fairlead.apiserver.internal.codec.GoText;
import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps {@code metadata.managedFields} for every write that is no apply: the writer takes what it changes.
 *
 * <p>Pure but for the object it is given; any thread may call it.
 */
public final class ManagedFields {
    /** What identifies an object, or is the server's own, is owned by nobody. */
    private static final FieldSet UNOWNED = FieldSet.ofPaths(List.of(
            "apiVersion",
            "kind",
            "metadata",
            "metadata.name",
            "metadata.namespace",
            "metadata.creationTimestamp",
            "metadata.selfLink",
            "metadata.uid",
            "metadata.clusterName",
            "metadata.generation",
            "metadata.managedFields",
            "metadata.resourceVersion"));

    /** The longest name of a manager, in bytes. */
    private static final int NAME_BYTES_MAX = 128;

    private ManagedFields() {}

    /**
     * Sets the managed fields of {@code next}, an object about to replace {@code old}.
     *
     * <p>To be called with the object as the client meant it, decoded and with defaults, before admission and before the
     * strategy takes away what the client may not set. Managed fields that {@code next} brings are believed, except through a
     * subresource; those that are empty ({@code []} or {@code [{}]}) reset the object to having none, after which none are
     * kept until somebody applies.
     *
     * @param old the stored object; for a create the kind's empty object as Go would write it
     * @param next changed in {@code metadata.managedFields} only
     */
    public static void update(FieldWrite write, JsonObject old, JsonObject next) {
        Managers managers = managers(write, old, next);
        next.child("metadata").remove("managedFields");
        boolean creates = old.objectOrEmpty("metadata").text("uid").isEmpty();
        if (managers.isEmpty() && !creates) {
            return;
        }
        try {
            attribute(write, old, next, managers);
        } catch (FieldTypeException e) {
            // Lists whose items cannot be told apart: without managed fields rather than with wrong ones.
            return;
        }
        managers.cap();
        managers.writeTo(next);
    }

    /** Gives what changed from {@code old} to {@code next} to the writer and takes it from everybody else. */
    static void attribute(FieldWrite write, JsonObject old, JsonObject next, Managers managers) {
        Managers.Changes changes = new Managers.Changes(write, old, next);
        managers.release(changes, null);
        FieldSet taken = changes.own().modified().union(changes.own().added()).difference(UNOWNED);
        if (!taken.isEmpty()) {
            ManagerEntry self = ManagerEntry.of(write, ManagerEntry.UPDATE, taken, Managers.time(write.now()));
            FieldSet before = managers.find(self).map(ManagerEntry::fields).orElse(FieldSet.EMPTY);
            managers.put(self.owning(taken.union(before)));
        }
    }

    /** {@code fields} without those that nobody owns. */
    static FieldSet withoutUnowned(FieldSet fields) {
        return fields.difference(UNOWNED);
    }

    /** The managed fields to go on from: the client's if it sent any that can be read, else the stored ones. */
    private static Managers managers(FieldWrite write, JsonObject old, JsonObject next) {
        if (write.subresource().isEmpty()) {
            JsonValue sent = next.objectOrEmpty("metadata").get("managedFields");
            if (resets(sent)) {
                return Managers.none();
            }
            JsonValue stored = old.objectOrEmpty("metadata").get("managedFields");
            if (sent != null && !(sent instanceof JsonNull) && !sent.equals(stored)) {
                try {
                    Managers managers = Managers.of(next);
                    if (!managers.isEmpty()) {
                        managers.reconcile(write, old);
                        return managers;
                    }
                } catch (MalformedFieldsException e) {
                    // As if the client had sent none.
                }
            }
        }
        return Managers.stored(old);
    }

    /** Whether a client that sends {@code managedFields} like this wants to be rid of them. */
    public static boolean resets(@Nullable JsonValue managedFields) {
        if (!(managedFields instanceof JsonArray array)) {
            return false;
        }
        return array.isEmpty() || (array.size() == 1 && array.get(0).equals(new JsonObject()));
    }

    /** Why the managed fields of {@code object} cannot be read, if they cannot. */
    public static Optional<String> problem(JsonObject object) {
        try {
            Managers.of(object);
            return Optional.empty();
        } catch (MalformedFieldsException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Takes back new times of managed fields if nothing else is new, so that writing the same again is no change. To be called
     * with the object as it would be stored.
     *
     * @param next changed in {@code metadata.managedFields} only
     */
    public static void keepTimes(JsonObject old, JsonObject next) {
        JsonArray before = old.objectOrEmpty("metadata").array("managedFields");
        JsonArray after = next.objectOrEmpty("metadata").array("managedFields");
        if (before == null || after == null || before.size() != after.size()) {
            return;
        }
        boolean newTimes = false;
        for (int i = 0; i < after.size(); i++) {
            JsonObject was = before.object(i);
            JsonObject is = after.object(i);
            newTimes |= !was.text("time").equals(is.text("time"));
            if (!equalExcept(was, is, "time")) {
                return;
            }
        }
        if (newTimes && sameButManagers(old, next)) {
            next.child("metadata").put("managedFields", before);
        }
    }

    private static boolean sameButManagers(JsonObject old, JsonObject next) {
        for (int i = 0; i < next.size(); i++) {
            String name = next.nameAt(i);
            if (!name.equals("metadata") && !next.valueAt(i).equals(old.get(name))) {
                return false;
            }
        }
        JsonObject before = old.objectOrEmpty("metadata");
        JsonObject after = next.objectOrEmpty("metadata");
        return old.size() == next.size() && equalExcept(before, after, "managedFields");
    }

    /** Whether both have the same members, {@code name} and the version of the object aside. */
    private static boolean equalExcept(JsonObject left, JsonObject right, String name) {
        return contains(left, right, name) && contains(right, left, name);
    }

    private static boolean contains(JsonObject left, JsonObject right, String except) {
        for (int i = 0; i < right.size(); i++) {
            String name = right.nameAt(i);
            boolean counts = !name.equals(except) && !name.equals("resourceVersion");
            if (counts && !right.valueAt(i).equals(left.get(name))) {
                return false;
            }
        }
        return true;
    }

    /**
     * The name of the manager that a request stands for: the parameter, or else the User-Agent up to the first slash, without
     * what cannot be printed and no longer than a name may be.
     */
    public static String manager(String fieldManager, String userAgent) {
        if (!fieldManager.isEmpty()) {
            return fieldManager;
        }
        int slash = userAgent.indexOf('/');
        String product = slash < 0 ? userAgent : userAgent.substring(0, slash);
        StringBuilder name = new StringBuilder();
        int bytes = 0;
        for (int c : product.codePoints().toArray()) {
            if (!GoText.isPrintable(c)) {
                continue;
            }
            String text = Character.toString(c);
            bytes += text.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > NAME_BYTES_MAX) {
                break;
            }
            name.append(text);
        }
        return name.toString();
    }
}
