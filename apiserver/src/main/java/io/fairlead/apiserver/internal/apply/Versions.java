// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.apply;

import io.fairlead.apiserver.internal.codec.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The other versions in which the objects of a resource are served: managers own fields in the version that they wrote.
 *
 * <p>Any thread may call it.
 */
@FunctionalInterface
public interface Versions {
    /** There are no other versions; what somebody owns in one is forgotten. */
    Versions NONE = (object, apiVersion) -> null;

    /**
     * {@code object}, whose {@code apiVersion} says what it is written in, in the version {@code apiVersion}; null if the
     * resource does not have it. Leaves {@code object} as it is.
     */
    @Nullable
    Versioned convert(JsonObject object, String apiVersion);

    /** An object, and the type of objects of its version. */
    record Versioned(FieldType type, JsonObject object) {}
}
