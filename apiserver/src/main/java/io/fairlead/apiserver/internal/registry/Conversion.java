// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.GroupVersionKind;

/**
 * How objects of a served version become objects of the version in which they are stored, and back.
 *
 * <p>Pure; may take the tree it is given apart.
 */
interface Conversion {
    /** Of versions that are the same. */
    Conversion IDENTITY = new Conversion() {
        @Override
        public JsonObject toStorage(JsonObject object) {
            return object;
        }

        @Override
        public JsonObject fromStorage(JsonObject object) {
            return object;
        }

        @Override
        public boolean isIdentity() {
            return true;
        }
    };

    JsonObject toStorage(JsonObject object);

    JsonObject fromStorage(JsonObject object);

    default boolean isIdentity() {
        return false;
    }

    /** The conversion between {@code served} and {@code stored}. */
    static Conversion between(GroupVersionKind served, GroupVersionKind stored) {
        if (served.equals(stored)) {
            return IDENTITY;
        }
        if (served.kind().equals("Event")) {
            return new EventConversion();
        }
        if (served.kind().equals("HorizontalPodAutoscaler")) {
            return served.version().equals("v1") ? new AutoscalerConversion() : new AutoscalerConversion().reversed();
        }
        throw new IllegalStateException("no conversion from " + served + " to " + stored);
    }

    /** The same two versions the other way round. */
    default Conversion reversed() {
        Conversion forward = this;
        return new Conversion() {
            @Override
            public JsonObject toStorage(JsonObject object) {
                return forward.fromStorage(object);
            }

            @Override
            public JsonObject fromStorage(JsonObject object) {
                return forward.toStorage(object);
            }
        };
    }
}
