// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import io.fairlead.apiserver.internal.codec.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Keeps account in {@code managedFields} of who last set which field. Pure but for {@code next}. */
public interface FieldOwnership {
    /**
     * Brings the account of {@code next} up to date after a write that was not an apply.
     *
     * @param old as it is stored, or null for a creation
     * @param next with whatever the client sent as {@code managedFields}
     */
    void update(Write write, @Nullable JsonObject old, JsonObject next);

    /**
     * What is written.
     *
     * @param subresource empty for the object itself
     * @param manager who writes
     */
    record Write(Resource resource, String subresource, String manager, Instant now) {}
}
