// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonNumber;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the registry itself reads and writes of {@code metadata}. Pure functions on trees. */
final class Metadata {
    /** The finalizer of a delete that waits for the dependents to be deleted. */
    static final String FOREGROUND = "foregroundDeletion";

    /** The finalizer of a delete that waits for the dependents to be set free. */
    static final String ORPHAN = "orphan";

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private Metadata() {}

    /** {@code stored} with the version where the original has it: behind the uid, if there is one. */
    static JsonObject inOrder(JsonObject stored) {
        JsonValue version = stored.get("resourceVersion");
        if (version == null || !stored.has("uid")) {
            return stored;
        }
        JsonObject ordered = new JsonObject();
        for (int i = 0; i < stored.size(); i++) {
            String name = stored.nameAt(i);
            if (!name.equals("resourceVersion")) {
                ordered.put(name, stored.valueAt(i));
            }
            if (name.equals("uid")) {
                ordered.put("resourceVersion", version);
            }
        }
        return ordered;
    }

    /** Whether both are the same object, whatever the order of members, their versions aside; takes these away. */
    static boolean same(JsonObject left, JsonObject right) {
        of(left).remove("resourceVersion");
        of(right).remove("resourceVersion");
        return left.equals(right);
    }

    /** Takes away what only the server sets, as it does with objects to be created. */
    static void wipe(JsonObject object) {
        JsonObject metadata = of(object);
        metadata.remove("uid");
        metadata.remove("creationTimestamp");
        metadata.remove("deletionTimestamp");
        metadata.remove("deletionGracePeriodSeconds");
        metadata.remove("selfLink");
    }

    static JsonObject of(JsonObject object) {
        return object.child("metadata");
    }

    static String name(JsonObject object) {
        return object.objectOrEmpty("metadata").text("name");
    }

    static String uid(JsonObject object) {
        return object.objectOrEmpty("metadata").text("uid");
    }

    static boolean isDeleting(JsonObject object) {
        return object.objectOrEmpty("metadata").get("deletionTimestamp") instanceof JsonString;
    }

    static List<String> finalizers(JsonObject object) {
        return object.objectOrEmpty("metadata").texts("finalizers");
    }

    /** The grace period of a deletion under way; null if it says none. */
    static @Nullable Long graceSeconds(JsonObject object) {
        return object.objectOrEmpty("metadata").get("deletionGracePeriodSeconds") instanceof JsonNumber number
                ? (Long) number.longValue()
                : null;
    }

    /** As times stand in objects: whole seconds. */
    static String time(Instant instant) {
        return SECONDS.format(instant.truncatedTo(ChronoUnit.SECONDS));
    }

    /** Takes out owners that are there twice; answers whether there were any. */
    static boolean dropRepeatedOwners(JsonObject object) {
        JsonArray owners = object.objectOrEmpty("metadata").array("ownerReferences");
        if (owners == null || owners.size() < 2) {
            return false;
        }
        Set<JsonValue> seen = new HashSet<>();
        return owners.removeIf(owner -> !seen.add(owner));
    }

    /** Sets the finalizers; none means that there is no such member. */
    static void putFinalizers(JsonObject object, Set<String> finalizers) {
        if (finalizers.isEmpty()) {
            of(object).remove("finalizers");
        } else {
            of(object).put("finalizers", JsonArray.ofStrings(finalizers));
        }
    }

    static Set<String> finalizerSet(JsonObject object) {
        return new LinkedHashSet<>(finalizers(object));
    }
}
